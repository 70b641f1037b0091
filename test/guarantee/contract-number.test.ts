import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readPasted as readInBrowser } from '../../public/js/notice.js'
import {
  DEFAULT_PATTERN,
  foldContractNumber,
  numberKey,
  readPasted,
} from '../../src/guarantee/contract-number.ts'

const digits = (length: number) =>
  fc
    .array(fc.constantFrom(...'0123456789'), { minLength: length, maxLength: length })
    .map((d) => d.join(''))
const numbers = fc.tuple(digits(5), digits(6)).map(([a, b]) => `${a}-${b}`)
const wide = (text: string) =>
  text.replace(/[0-9A-Z]/g, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0))

describe('a contract number as people type it', () => {
  test.each([
    ['12345-678901', 'as printed'],
    ['12345678901', 'without hyphen'],
    ['１２３４５－６７８９０１', 'full-width'],
    ['　12345 - 678901\u200b', 'with spaces and invisible characters'],
    ['12345一678901', 'with the kanji for one as hyphen'],
    ...[...'‐‑‒–—―−ー─━⁃ｰ﹣－'].map((hyphen) => [`12345${hyphen}678901`, `with ${hyphen}`]),
  ])('%s (%s) is 12345-678901', (input) => {
    expect(foldContractNumber(input)).toBe('12345-678901')
  })

  test('what is no default number stays as folded', () => {
    expect(foldContractNumber('1234567890')).toBe('1234567890')
    expect(foldContractNumber('123456789012')).toBe('123456789012')
    expect(foldContractNumber('ｗ－00 1')).toBe('w-001')
    expect(foldContractNumber('第一号')).toBe('第一号')
    expect(foldContractNumber('か゛-1')).toBe('が-1')
  })

  test('folding a default number in any width changes nothing, twice is once', () => {
    fc.assert(
      fc.property(numbers, (number) => {
        expect(number).toMatch(new RegExp(DEFAULT_PATTERN))
        expect(foldContractNumber(number)).toBe(number)
        expect(foldContractNumber(wide(number))).toBe(number)
        expect(foldContractNumber(number.replace('-', ''))).toBe(number)
      }),
      { seed: 1 },
    )
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'019aZ－ー一 　-') }), (text) => {
        expect(foldContractNumber(foldContractNumber(text))).toBe(foldContractNumber(text))
      }),
      { seed: 2 },
    )
  })
})

describe('the number key', () => {
  test('is one for all spellings of one number', () => {
    expect(numberKey('12345-678901')).toBe('12345678901')
    expect(numberKey('ab-12')).toBe('AB12')
    fc.assert(
      fc.property(numbers, (number) => {
        expect(numberKey(wide(number))).toBe(numberKey(number))
        expect(numberKey(numberKey(number))).toBe(numberKey(number))
      }),
      { seed: 3 },
    )
  })

  test('tells other numbers apart', () => {
    expect(numberKey('12345-678901')).not.toBe(numberKey('12345-678902'))
    expect(numberKey('AB-12')).not.toBe(numberKey('AB-13'))
  })

  test('raises a–z only', () => {
    expect(numberKey('ß-1')).toBe('ß1')
  })
})

describe.each([
  ['on the server', readPasted],
  ['in the browser', readInBrowser],
])('a pasted text, %s', (_, readPasted) => {
  const notice = `電子保証にかかる「認証キー」のお知らせ
保証契約番号　１２３４５－６７８９０１
認証キー　　　Ｚ２８ＹＵＥ４Ｊ３Ｂｕｘ
お問い合わせ 03-1234-5678 https://registration.example.jp/Abcdefghij12`

  test('gives number and key of the whole key notice', () => {
    expect(readPasted(notice)).toEqual({ contractNumber: '12345-678901', authKey: 'Z28YUE4J3Bux' })
  })

  test.each([
    ['12345-678901 Z28YUE4J3Bux', 'one line'],
    ['12345678901\tZ28Y UE4J 3Bux', 'the key in groups'],
    ['Z28Y-UE4J-3Bux\n12345‐678901', 'the key first, with hyphens'],
    ['保証契約番号 認証キー\n12345-678901 Z28YUE4J3Bux', 'a table'],
    ['Auth key: Z28Y UE4J 3Bux, number 12345 - 678901, verification', 'English'],
  ])('%s (%s)', (text) => {
    expect(readPasted(text)).toEqual({ contractNumber: '12345-678901', authKey: 'Z28YUE4J3Bux' })
  })

  test('a key of letters only is taken after its label', () => {
    expect(readPasted('認証キー：abcdefghjkmn')).toEqual({ authKey: 'abcdefghjkmn' })
    expect(readPasted('abcdefghjkmn')).toEqual({})
  })

  test('words, telephone numbers, longer numbers and addresses are neither', () => {
    expect(readPasted('registration NOTIFICATION 031234567890')).toEqual({})
    expect(readPasted('123456-678901 12345-6789012 9-12345-678901')).toEqual({})
    expect(readPasted('https://host.example.jp/Z28YUE4J3Bux')).toEqual({})
  })

  test('two candidates are no key, since a guess may be wrong', () => {
    expect(readPasted('12345-678901 Z28YUE4J3Bux Y28YUE4J3Bux')).toEqual({
      contractNumber: '12345-678901',
    })
    expect(readPasted('Z28YUE4J3Bux Z28YUE4J3Bux')).toEqual({ authKey: 'Z28YUE4J3Bux' })
  })
  test('is read to its end in no time, whatever stands between the digits', () => {
    for (const filler of [' ', '\t', ' -', '-', '—', '１', '12345 ', 'a ', '認証キー', 'http://']) {
      const text = `12345${filler.repeat(60_000 / filler.length)}!`
      const start = performance.now()
      readPasted(text)
      expect([filler, performance.now() - start < 500]).toEqual([filler, true])
    }
  })
})
