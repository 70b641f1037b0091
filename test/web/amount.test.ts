import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { readDay, readYen } from '../../src/web/amount.ts'
import { showYen } from '../../src/web/show.ts'

test.each([
  ['20,000,000円', 20_000_000],
  ['２０，０００，０００円', 20_000_000],
  ['￥20,000,000', 20_000_000],
  ['金 20,000,000円也', 20_000_000],
  ['1', 1],
  ['999999999999', 999_999_999_999],
])('%s is taken as yen', (text, yen) => {
  expect(readYen(text)).toBe(yen)
})

test.each(['', '0', '-1', '1.5', '二千万円', '20 million', '1000000000000', '1e6', '円'])(
  '%j is no amount',
  (text) => {
    expect(readYen(text)).toBeUndefined()
  },
)

test('what is shown is read back', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 999_999_999_999 }), (yen) => {
      expect(readYen(showYen('ja', yen))).toBe(yen)
      expect(readYen(showYen('en', yen))).toBe(yen)
    }),
    { seed: 7 },
  )
})

test.each([
  '令和7年11月14日',
  '令和７年１１月１４日',
  'R7.11.14',
  'r7/11/14',
  '2025/11/14',
  '2025-11-14',
  '2025年11月14日',
  '20251114',
])('%s is 14 November 2025', (text) => {
  expect(readDay(text)).toBe('2025-11-14')
})

test('the first year of an era may be written 元', () => {
  expect(readDay('令和元年5月1日')).toBe('2019-05-01')
  expect(readDay('平成31年4月30日')).toBe('2019-04-30')
})

test.each(['', '2025/02/29', '令和0年1月1日', '2025/13/01', '11/14', '明日', '20251'])(
  '%j is no day',
  (text) => {
    expect(readDay(text)).toBeUndefined()
  },
)
