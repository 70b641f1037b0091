import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { base64url } from '../../src/base/bytes.ts'
import { locatorUrl, readShareLink, shareUrl } from '../../src/guarantee/link.ts'

const ORIGIN = 'https://akashi.example.jp'
const TOKEN = 'AAECAwQFBgcICQoLDA0ODw'

test('the locator carries the number alone, in the fragment', () => {
  expect(locatorUrl(ORIGIN, '12345-678901')).toBe('https://akashi.example.jp/#n=12345-678901')
  expect(locatorUrl(ORIGIN, 'A#1 2')).toBe('https://akashi.example.jp/#n=A%231%202')
})

describe('a share link', () => {
  test('comes back as its token, whatever the token', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), (bytes) => {
        const token = base64url(bytes)
        expect(readShareLink(shareUrl(ORIGIN, token))).toBe(token)
        expect(readShareLink(`こちら：${shareUrl(ORIGIN, token)}　をご覧ください。`)).toBe(token)
        expect(readShareLink(token)).toBe(token)
      }),
      { seed: 1 },
    )
  })

  test.each([
    `<${ORIGIN}/v#${TOKEN}>`,
    `${ORIGIN}/v%23${TOKEN}`,
    `${ORIGIN}/v#AAECAwQF\r\nBgcICQoLDA0ODw`,
    ` ${TOKEN}\n`,
  ])('is found in %j', (text) => expect(readShareLink(text)).toBe(TOKEN))

  test.each([
    '',
    `${ORIGIN}/v#`,
    `${ORIGIN}/#n=12345-678901`,
    `${ORIGIN}/v#${TOKEN}A`,
    `${ORIGIN}/v#${TOKEN.slice(1)}`,
    `${ORIGIN}/v#${TOKEN.slice(0, -1)}x`,
    `${ORIGIN}/w#${TOKEN}`,
  ])('is not found in %j', (text) => expect(readShareLink(text)).toBeUndefined())
})
