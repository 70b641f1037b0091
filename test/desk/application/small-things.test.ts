import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { readBoxes } from '../../../src/desk/application/form/boxes.ts'
import { yenEcho } from '../../../src/desk/application/form/echo.ts'
import { FIELDS, formOf } from '../../../src/desk/application/form/fields.ts'
import { label } from '../../../src/desk/application/form/labels.ts'
import { mergeForms } from '../../../src/desk/application/form/merge.ts'
import { ratioText } from '../../../src/desk/application/form/ratio.ts'
import {
  bankText,
  readEmail,
  readPhone,
  readPostal,
  toFullWidth,
} from '../../../src/desk/application/form/wide.ts'

test('the share has one decimal, rounded half up; 0.0% without a base', () => {
  expect(ratioText(20_000_000, 50_000_000)).toBe('40.0%')
  expect(ratioText(5_000_000, 50_000_000)).toBe('10.0%')
  expect(ratioText(1, 2000)).toBe('0.1%')
  expect(ratioText(1, 2001)).toBe('0.0%')
  expect(ratioText(999_999_999_999, 999_999_999_999)).toBe('100.0%')
  expect(ratioText(20_000_000, undefined)).toBe('0.0%')
})

test('the share is that of exact arithmetic', () => {
  const yen = fc.integer({ min: 1, max: 999_999_999_999 })
  fc.assert(
    fc.property(yen, yen, (amount, base) => {
      const permille = (2n * BigInt(amount) * 1000n + BigInt(base)) / (2n * BigInt(base))
      expect(ratioText(amount, base)).toBe(`${permille / 10n}.${permille % 10n}%`)
    }),
    { seed: 4 },
  )
})

test.each([
  [20_000_000, '20,000,000円（2,000万円）'],
  [250_000_000, '250,000,000円（2億5,000万円）'],
  [100_000_000, '100,000,000円（1億円）'],
  [12_345, '12,345円'],
  [9_999, '9,999円'],
])('%i is echoed as %s', (yen, text) => {
  expect(yenEcho(yen)).toBe(text)
})

test.each([
  [['2025', '11', '14'], '2025-11-14'],
  [['令和7', '11', '14'], '2025-11-14'],
  [['R7', '11', '14'], '2025-11-14'],
  [['２０２５年', '１１月', '１４日'], '2025-11-14'],
  [['令和7年11月14日', '', ''], '2025-11-14'],
  [['2025', '2', '29'], undefined],
  [['2025', '', '14'], undefined],
  [['25', '11', '14'], undefined],
] as const)('the boxes %j are %s', (boxes, day) => {
  expect(readBoxes(boxes)).toBe(day)
})

test('a bank is written full-width, and nothing else of it changes', () => {
  expect(bankText('ﾐﾎﾝ銀行', 'ABC 2支店')).toBe('ミホン銀行　ＡＢＣ　２支店')
  expect(toFullWidth('ｶﾞｷﾞ㈱髙﨑神①')).toBe('ガギ㈱髙﨑神①')
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      expect(toFullWidth(text)).not.toMatch(/[ -~\uFF61-\uFF9F]/)
      expect(toFullWidth(toFullWidth(text))).toBe(toFullWidth(text))
    }),
    { seed: 4 },
  )
})

test.each([
  ['0545-55-0123', '0545-55-0123'],
  ['０５４５―５５―０１２３', '0545-55-0123'],
  ['(0545)55-0123', '0545-55-0123'],
  ['09012345678', '09012345678'],
  ['0545-55-0123（内線 12）', '0545-55-0123 内線12'],
  ['1545-55-0123', undefined],
  ['0545-55-01234567', undefined],
  ['電話なし', undefined],
])('the telephone number %s is read as %s', (text, phone) => {
  expect(readPhone(text)).toBe(phone)
})

test.each([
  ['417-8601', '417-8601'],
  ['〒４１７８６０１', '417-8601'],
  ['417-860', undefined],
])('the postal code %s is read as %s', (text, code) => {
  expect(readPostal(text)).toBe(code)
})

test.each([
  ['ｓｏｕｍｕ@EJCS.example.JP', 'soumu@ejcs.example.jp'],
  ['Soumu@ejcs.jp', 'Soumu@ejcs.jp'],
  ['soumu@ejcs', undefined],
  ['a@b@c.jp', undefined],
  ['a@example.jp,b@example.jp', undefined],
  [`${'a'.repeat(64)}@${'b'.repeat(190)}.jp`, undefined],
])('the address %s is read as %s', (text, address) => {
  expect(readEmail(text)).toBe(address)
})

test('every field has a label of its own', () => {
  for (const field of FIELDS) expect(label(field)).not.toBe(field)
})

test('two forms come together; where both changed one field, what was typed stays and is told', () => {
  const base = formOf({ worksName: 'あ', worksPlace: 'い', periodEnd: '2026', 'periodEnd-m': '3' })
  const mine = formOf({ ...base, worksName: '私', 'periodEnd-m': '4' })
  const theirs = formOf({ ...base, worksName: '彼', worksPlace: '別' })
  const { form, taken, clashes } = mergeForms(base, mine, theirs)
  expect(clashes).toEqual([{ field: 'worksName', mine: '私', theirs: '彼' }])
  expect(taken).toEqual(['worksPlace'])
  expect(form).toEqual(formOf({ ...mine, worksPlace: '別' }))
})

test('the boxes of one day stay together', () => {
  const base = formOf({ periodEnd: '2026', 'periodEnd-m': '3', 'periodEnd-d': '31' })
  const theirs = formOf({ ...base, 'periodEnd-m': '4', 'periodEnd-d': '30' })
  expect(mergeForms(base, base, theirs).form).toEqual(theirs)
  const mine = formOf({ ...base, 'periodEnd-d': '30' })
  const { form, clashes } = mergeForms(base, mine, theirs)
  expect(form).toEqual(mine)
  expect(clashes).toEqual([{ field: 'periodEnd', mine: '2026/3/30', theirs: '2026/4/30' }])
})

test('the pages send nothing to the side: the script has no address in it', () => {
  const script = readFileSync(
    join(import.meta.dirname, '../../../public/js/application.js'),
    'utf8',
  )
  expect(script).not.toMatch(/fetch\(|XMLHttpRequest|innerHTML|https?:/)
})
