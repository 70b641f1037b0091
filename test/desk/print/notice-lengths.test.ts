import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { printKeyNotice } from '../../../src/desk/print/notice.pdf.ts'
import { flatTextOf, infoOf, press, textOf, wordsOf } from './reading.ts'
import { KANJI, longest, notice } from './samples.ts'

describe('lengths', () => {
  test.each([
    ['kanji', KANJI],
    ['wide letters', 'Ｗ'],
    ['marks that may not begin a line', '。'],
    ['letters without a break', 'W'],
  ])('the longest texts still stand on one sheet: %s', async (_, letters) => {
    const longestNotice = longest(letters)
    const { pdf } = await printKeyNotice(press, longestNotice)
    expect(infoOf(pdf)).toMatch(/Pages: +1\n/)
    const flat = flatTextOf(pdf)
    expect(flat).toContain(longestNotice.worksName)
    expect(flat).toContain(longestNotice.jvName)
    expect(flat).toContain('第三者に知らせないでください')
    const words = wordsOf(pdf)
    expect(Math.max(...words.map(({ right }) => right))).toBeLessThan(595)
    expect(Math.max(...words.map(({ bottom }) => bottom))).toBeLessThan(842 - 20)
    expect(Math.min(...words.map(({ left }) => left))).toBeGreaterThan(50)
  })

  test('whatever is written, it is one sheet', async () => {
    const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 200 })
    await fc.assert(
      fc.asyncProperty(text, text, text, async (worksName, contractorName, ownerTitle) => {
        const odd = { ...notice, worksName, contractorName, ownerTitle }
        const { pdf } = await printKeyNotice(press, odd)
        expect(infoOf(pdf)).toMatch(/Pages: +1\n/)
        expect(textOf(pdf).split('\n')).toContain(notice.authKey)
      }),
      { seed: 4, numRuns: 12 },
    )
  })

  test('the shortest texts too', async () => {
    const { handoverTo: _, mailSubject: __, ...rest } = notice
    const short = { ...rest, ownerTitle: '町', contractorName: '甲', worksName: '乙' }
    const { pdf } = await printKeyNotice(press, { ...short, office: { company: '丙' } })
    expect(infoOf(pdf)).toMatch(/Pages: +1\n/)
    expect(flatTextOf(pdf)).not.toMatch(/提出先|件名|電話|undefined/)
  })
})
