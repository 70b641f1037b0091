import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  DEFAULT_RULE_VALUES,
  ruleValuesSchema,
  shareDown,
  shareUp,
  valuesOn,
} from '../../../src/guarantee/rules/values.ts'

describe('the by-law in force', () => {
  const rules = [
    { from: '2025-04-01', values: { rateAdvanceWorks: 450_000 } },
    { from: '2023-04-01', values: { rateAdvanceWorks: 300_000, roundDownTo: 0 } },
  ]

  test('is the defaults before the first day', () => {
    expect(valuesOn(rules, '2023-03-31')).toEqual(DEFAULT_RULE_VALUES)
    expect(valuesOn([], '2025-01-01')).toEqual(DEFAULT_RULE_VALUES)
  })

  test('changes only what an amendment names, from its day on', () => {
    expect(valuesOn(rules, '2023-04-01')).toEqual({
      ...DEFAULT_RULE_VALUES,
      rateAdvanceWorks: 300_000,
      roundDownTo: 0,
    })
    expect(valuesOn(rules, '2025-04-01')).toEqual({
      ...DEFAULT_RULE_VALUES,
      rateAdvanceWorks: 450_000,
      roundDownTo: 0,
    })
  })

  test('has values of its closed form only', () => {
    expect(ruleValuesSchema.parse(DEFAULT_RULE_VALUES)).toEqual(DEFAULT_RULE_VALUES)
    const part = ruleValuesSchema.partial()
    expect(part.safeParse({ capTotal: 200_000_000 }).success).toBe(true)
    for (const wrong of [{ rate: 1 }, { rateTotal: 0.6 }, { capTotal: -1 }, { base: 'price' }]) {
      expect(part.safeParse(wrong).success).toBe(false)
    }
  })
})

describe('a share of a sum', () => {
  const sums = fc.integer({ min: 1, max: 999_999_999_999 })
  const ppm = fc.integer({ min: 0, max: 2_000_000 })

  test('is exact where floating point is not', () => {
    expect(shareDown(50_000_000, 400_000)).toBe(20_000_000)
    expect(shareDown(999_999_999_999, 999_999)).toBe(999_998_999_999)
    expect(shareUp(12_345_678, 100_000)).toBe(1_234_568)
    expect(shareUp(12_345_670, 100_000)).toBe(1_234_567)
  })

  test('rounded down and up encloses the true share', () => {
    fc.assert(
      fc.property(sums, ppm, (sum, rate) => {
        const exact = BigInt(sum) * BigInt(rate)
        const [down, up] = [BigInt(shareDown(sum, rate)), BigInt(shareUp(sum, rate))]
        expect(down * 1_000_000n <= exact && exact < (down + 1n) * 1_000_000n).toBe(true)
        expect(up * 1_000_000n >= exact && exact > (up - 1n) * 1_000_000n).toBe(true)
      }),
      { seed: 1 },
    )
  })
})
