import fc from 'fast-check'
import { expect, test } from 'vitest'
import { breakLines } from '../../../src/desk/print/lines.ts'

/** Every character one wide. */
function lines(text: string, width: number): string[] {
  return breakLines(
    [...text].map((one) => ({ text: one, width: 1 })),
    width,
  )
}

test('a line that fits is left whole, the empty one too', () => {
  expect(lines('保証契約', 4)).toEqual(['保証契約'])
  expect(lines('保証契約', 3)).toEqual(['保証契', '約'])
  expect(lines('', 3)).toEqual([''])
})

test('no line begins with a mark that closes, nor ends with one that opens', () => {
  expect(lines('認証キー。次', 4)).toEqual(['認証', 'キー。次'])
  expect(lines('これは「鍵」です', 4)).toEqual(['これは', '「鍵」で', 'す'])
  expect(lines('これは鍵です。次', 6)).toEqual(['これは鍵で', 'す。次'])
})

test('words of letters and digits stay whole, and one too long is broken where the line is full', () => {
  expect(lines('工事 Road No12 区', 8)).toEqual(['工事 Road ', 'No12 区'])
  expect(lines('ABCDEFGHIJ', 4)).toEqual(['ABCD', 'EFGH', 'IJ'])
})

test('a space at the end of a line takes no room, and stays', () => {
  expect(lines('工事 区', 2)).toEqual(['工事 ', '区'])
})

test('whatever the text, its lines put together are the text, and none is too wide', () => {
  const text = fc.string({
    unit: fc.constantFrom('保', '。', '「', 'ー', 'a', '1', ' ', '）'),
    maxLength: 60,
  })
  fc.assert(
    fc.property(text, fc.integer({ min: 1, max: 9 }), (whole, width) => {
      const found = lines(whole, width)
      expect(found.join('')).toBe(whole)
      for (const line of found) expect(line.replace(/ +/g, '').length).toBeLessThanOrEqual(width)
    }),
    { seed: 7, numRuns: 500 },
  )
})
