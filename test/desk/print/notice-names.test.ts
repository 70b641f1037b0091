import { describe, expect, test } from 'vitest'
import { printKeyNotice } from '../../../src/desk/print/notice.pdf.ts'
import {
  type Bitmap,
  difference,
  faxOf,
  flatTextOf,
  patternOf,
  press,
  textOf,
  wordsOf,
} from './reading.ts'
import { notice } from './samples.ts'

/** The same outline a fraction of a dot elsewhere, and another one. */
const [ALIKE, UNLIKE] = [0.25, 0.5]

describe('names on the key notice', () => {
  test('characters of names are drawn and copied out exactly', async () => {
    const worksName = '髙﨑𠮷野 濵邉 神塚①㈱ ｶﾅ か\u3099 é 葛\u{E0100}飾 辻\u{E0100}　堂'
    const { pdf, missing } = await printKeyNotice(press, { ...notice, worksName })
    expect(flatTextOf(pdf)).toContain(worksName.replace(/\s+/g, ''))
    expect(missing).toEqual([])
  })

  test('a variation sequence is drawn in its own form, not as the usual one', async () => {
    const [usual, variant] = [await firstSignOf('辻市長'), await firstSignOf('辻\u{E0100}市長')]
    expect(difference(usual, await firstSignOf('辻市長'))).toBe(0)
    expect(difference(usual, variant)).toBeGreaterThan(0.02)
  })

  test.each([
    ['a private use character', '\uE000'],
    ['one beyond the fonts', '\u{2A6D6}'],
    ['one that turns the reading', '\u202E'],
  ])('%s stands as 〓, is noted and reported, and is copied out as it was', async (_, odd) => {
    const { pdf, missing } = await printKeyNotice(press, { ...notice, ownerTitle: `${odd}市長` })
    expect(missing).toEqual([odd])
    const flat = flatTextOf(pdf)
    expect(flat).toContain('外字（表示できない文字）')
    expect(flat).toContain(`U+${odd.codePointAt(0)?.toString(16).toUpperCase()}`)
    if (odd !== '\u202E') expect(flat).toContain(`${odd}市長`)
    const geta = await firstSignOf('〓市長')
    expect(difference(await firstSignOf(`${odd}市長`), geta)).toBeLessThan(ALIKE)
  })

  test('a character that the fonts have is not noted', async () => {
    const { pdf } = await printKeyNotice(press, { ...notice, ownerTitle: '𠮷市長' })
    expect(flatTextOf(pdf)).not.toContain('外字')
    const geta = await firstSignOf('〓市長')
    expect(difference(await firstSignOf('𠮷市長'), geta)).toBeGreaterThan(UNLIKE)
  })

  test('a variant that the fonts lack is drawn in the usual form and reported', async () => {
    const { missing } = await printKeyNotice(press, { ...notice, ownerTitle: '葛\u{E01EF}市長' })
    expect(missing).toEqual(['葛\u{E01EF}'])
    const usual = await firstSignOf('葛市長')
    expect(difference(await firstSignOf('葛\u{E01EF}市長'), usual)).toBeLessThan(ALIKE)
    expect(difference(await firstSignOf('門市長'), usual)).toBeGreaterThan(UNLIKE)
  })

  test('one document does not take the characters of another that shares its glyphs', async () => {
    await printKeyNotice(press, { ...notice, worksName: 'A\u00A0B\u2011C' })
    const { pdf } = await printKeyNotice(press, { ...notice, worksName: 'A B-C' })
    expect(textOf(pdf)).toContain('A B-C')
  })
})

/** The first symbol of the addressee as it is drawn. */
async function firstSignOf(ownerTitle: string): Promise<number[]> {
  const { pdf } = await printKeyNotice(press, { ...notice, ownerTitle })
  const at = { left: 56.7, right: 71.7, top: 0, bottom: 0 }
  const to = wordsOf(pdf).find(({ text }) => text.includes('市長'))
  if (!to) throw new Error('the addressee is not on the paper')
  return patternOf(faxOf(pdf)[0] as Bitmap, { ...at, top: to.top, bottom: to.bottom })
}
