import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as onNode from '../../src/base/utf8.node.ts'
import * as portable from '../../src/base/utf8.ts'

/** Long enough to be written another way. */
const PAGE = '<td>橋梁補修工事𠮷</td>'.repeat(200)

test('both implementations write the same bytes of any text, lone surrogates too', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 40 }), fc.nat(3), (text, cut) => {
      const words = [text, text.slice(cut), `𠮷${text}`.slice(1)]
      for (const one of [...words, ...words.map((word) => word + PAGE)]) {
        expect(Buffer.compare(onNode.utf8(one), portable.utf8(one))).toBe(0)
      }
    }),
    { seed: 3629, numRuns: 500 },
  )
})

test('so they do of a text that is longer than the room for one', () => {
  const long = '橋梁<補修>'.repeat(30_000)
  for (const text of [long, PAGE, `${long}\ud842`, PAGE]) {
    expect(onNode.utf8(text).length).toBe(portable.utf8(text).length)
    expect(Buffer.compare(onNode.utf8(text), portable.utf8(text))).toBe(0)
  }
})

test('bytes are one’s own: changing them changes no others', () => {
  const [one, other] = [onNode.utf8('aa'), onNode.utf8('bb')]
  one.fill(0)
  expect(other).toEqual(Uint8Array.of(98, 98))
  const [page, next] = [onNode.utf8(PAGE), onNode.utf8(`${PAGE}x`)]
  next.fill(0)
  expect(page).toEqual(portable.utf8(PAGE))
})
