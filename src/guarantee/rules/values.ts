import * as z from 'zod'
import type { Day } from '../../base/time.ts'

const yenFrom0 = z.int().min(0)
const days = z.int().min(0).max(3650)

/** A share in parts per million, so that money is reckoned in integers: 400000 is 40 %. */
const ppm = z.int().min(0).max(10_000_000)

/** The rates and thresholds that a by-law sets, closed; the file of `akashi owner rules` is a part of it. */
export const ruleValuesSchema = z.strictObject({
  /** V02, V03: advance payment for works, and for design, survey and measurement. */
  rateAdvanceWorks: ppm,
  rateAdvanceConsulting: ppm,
  /** V04: interim advance, and both advances together. */
  rateInterim: ppm,
  rateTotal: ppm,
  /** V05: whether rates count from 今年度対象額, where given, or always from the contract price. */
  base: z.enum(['fiscalYear', 'contract']),
  /** V06: unit of yen to which advances are rounded down; 0 for none. */
  roundDownTo: yenFrom0,
  /** V07: least contract price, and least days of the works period (0 for none), for an advance. */
  minAdvancePrice: yenFrom0,
  minAdvanceDays: days,
  /** V08: most yen of all advances together; 0 for none. */
  capTotal: yenFrom0,
  /** V09: share of the decreased price that an advance paid before may reach. */
  rateAfterDecrease: ppm,
  /** V10, V11: contract guarantee, the same for low-bid works, advance for low-bid works. */
  rateContract: ppm,
  rateLowBidContract: ppm,
  rateLowBidAdvance: ppm,
  /** V12: contract price from which a contract guarantee is required. */
  minContractGuaranteeWorks: yenFrom0,
  minContractGuaranteeConsulting: yenFrom0,
  /** V14: days by which the guarantee may end before the works do. */
  graceDays: days,
  /** V15: present to first contract price from which the guarantee has to rise too. */
  changeRatio: ppm,
})

export type RuleValues = z.infer<typeof ruleValuesSchema>

/** What most by-laws say (domain.md §9). */
export const DEFAULT_RULE_VALUES: RuleValues = {
  rateAdvanceWorks: 400_000,
  rateAdvanceConsulting: 300_000,
  rateInterim: 200_000,
  rateTotal: 600_000,
  base: 'fiscalYear',
  roundDownTo: 100_000,
  minAdvancePrice: 1_000_000,
  minAdvanceDays: 0,
  capTotal: 0,
  rateAfterDecrease: 500_000,
  rateContract: 100_000,
  rateLowBidContract: 300_000,
  rateLowBidAdvance: 200_000,
  minContractGuaranteeWorks: 5_000_000,
  minContractGuaranteeConsulting: 1_000_000,
  graceDays: 0,
  changeRatio: 1_250_000,
}

/**
 * The values in force on a day: the defaults, then each amendment of the by-law up to that day in
 * the order of its date, which changes only what it names.
 */
export function valuesOn(
  rules: readonly { from: Day; values: Partial<RuleValues> }[],
  day: Day,
): RuleValues {
  const inForce = rules
    .filter(({ from }) => from <= day)
    .sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0))
  return Object.assign({}, DEFAULT_RULE_VALUES, ...inForce.map(({ values }) => values))
}

/** A share of a sum in whole yen, rounded down: the most that stays within a rate. */
export function shareDown(sum: number, ppm: number): number {
  return Number((BigInt(sum) * BigInt(ppm)) / 1_000_000n)
}

/** A share of a sum in whole yen, rounded up: the least that reaches a rate. */
export function shareUp(sum: number, ppm: number): number {
  return Number((BigInt(sum) * BigInt(ppm) + 999_999n) / 1_000_000n)
}
