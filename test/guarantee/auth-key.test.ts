import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  foldAuthKey,
  holdsAuthKey,
  ISSUE_ALPHABET,
  isAuthKey,
  newAuthKey,
  readingRow,
} from '../../src/guarantee/auth-key.ts'

const alphanumeric = [...'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz']
const keys = fc
  .array(fc.constantFrom(...alphanumeric), { minLength: 12, maxLength: 12 })
  .map((symbols) => symbols.join(''))

/** A source that gives prepared bytes, then a counter. */
function source(...prepared: number[][]) {
  let drawn = 0
  return (n: number) => {
    const bytes = prepared[drawn++]
    return Uint8Array.from(
      { length: n },
      (_, i) => bytes?.[i % bytes.length] ?? (i * 7 + drawn) % 220,
    )
  }
}

const at = (symbol: string) => ISSUE_ALPHABET.indexOf(symbol)

describe('an auth key as people type it', () => {
  test.each([
    'Z28YUE4J3Bux',
    'Ｚ２８ＹＵＥ４Ｊ３Ｂｕｘ',
    ' Z28Y-UE4J‐3Bux ',
    'Z28Y UE4J\u200b　3Bux',
  ])('%s is Z28YUE4J3Bux', (input) => expect(foldAuthKey(input)).toBe('Z28YUE4J3Bux'))

  test('keeps its case', () => {
    expect(foldAuthKey('z28yue4j3bUX')).toBe('z28yue4j3bUX')
  })

  test('any key of any issuer survives folding', () => {
    fc.assert(
      fc.property(keys, (key) => {
        expect(foldAuthKey(key)).toBe(key)
        expect(isAuthKey(key)).toBe(true)
      }),
      { seed: 1 },
    )
  })

  test.each([
    '',
    'Z28YUE4J3Bu',
    'Z28YUE4J3Buxx',
    'Z28YUE4J3Bu-',
    'Ｚ28YUE4J3Bux',
    'Z28YUE4J3Bux\n',
  ])('%j is no key', (text) => expect(isAuthKey(text)).toBe(false))
})

describe('a new auth key', () => {
  test('has twelve of the 55 symbols that nobody confuses', () => {
    expect(ISSUE_ALPHABET).toHaveLength(55)
    expect(new Set(ISSUE_ALPHABET).size).toBe(55)
    expect(ISSUE_ALPHABET).not.toMatch(/[0Oo1lIi]/)
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 60, maxLength: 60 }), (bytes) => {
        let drawn = 0
        const key = newAuthKey((n) =>
          drawn++ === 0 ? bytes.slice(0, n) : source()(n).map((byte) => (byte + drawn) % 220),
        )
        expect(key).toMatch(/^[2-9A-HJ-NP-Za-hj-km-np-z]{12}$/)
      }),
      { seed: 2 },
    )
  })

  test('every symbol is as likely as the other: biased bytes are drawn again', () => {
    const counts = new Map<string, number>()
    for (let byte = 0; byte < 256; byte += 1) {
      const prepared = [byte, 0, 9, 18, 27, 36, 45, 54, 1, 10, 19, 28]
      const [symbol] = newAuthKey(source([...prepared, ...prepared.slice(1)]))
      if (byte < 220) counts.set(symbol as string, (counts.get(symbol as string) ?? 0) + 1)
      else expect(symbol).toBe(ISSUE_ALPHABET[0])
    }
    expect([...counts.values()]).toEqual(Array(55).fill(4))
  })

  test.each([
    ['digits only', [...'234567892345'].map(at)],
    ['digits around one e', [...'2345e6789234'].map(at)],
    ['digits around one E', [...'23456E789234'].map(at)],
    ['fewer than five distinct symbols', [...'ABCDABCDABCD'].map(at)],
    ['bytes that favour some symbols', [220, 255]],
  ])('is never one of %s: another is drawn', (_, bytes) => {
    const next = [...'ABCDEFABCDEF'].map(at)
    expect(newAuthKey(source(bytes, next))).toBe('ABCDEFABCDEF')
  })

  test('its near twin with five distinct symbols is issued', () => {
    expect(newAuthKey(source([...'ABCDABCDABCE'].map(at)))).toBe('ABCDABCDABCE')
  })

  test('a source that repeats itself is told, not waited for', () => {
    expect(() => newAuthKey((n) => new Uint8Array(n))).toThrow('source of randomness')
  })
})

test('the reading row names the kind of each symbol', () => {
  expect(readingRow('Z2u-')).toEqual([
    { symbol: 'Z', kind: 'upper' },
    { symbol: '2', kind: 'digit' },
    { symbol: 'u', kind: 'lower' },
    { symbol: '-', kind: 'other' },
  ])
  expect(readingRow('𠮷')).toEqual([{ symbol: '𠮷', kind: 'other' }])
})

describe('free text', () => {
  test.each([
    '鍵はZ28YUE4J3Buxです',
    'Z28Y UE4J 3Bux',
    'Z28Y-UE4J‐3Bux\n',
    'Ｚ２８ＹＵＥ４Ｊ３Ｂｕｘ',
    'ZaBcYdEeJfBu',
  ])('%j holds what may be a key', (text) => expect(holdsAuthKey(text)).toBe(true))

  test.each([
    '12345-678901',
    '1234 5678 9012',
    'Z28YUE4J3Bu',
    'Z28YUE4J3Buxx',
    'This That With',
    'お知らせを紛失した',
  ])('%j holds none', (text) => expect(holdsAuthKey(text)).toBe(false))
})
