import { addDays, type Day } from '../../base/time.ts'
import { rounded, times, whole } from './fraction.ts'
import { daysIn, type Term } from './period.ts'
import { type BandReached, bandReached, type PremiumInput, premiumOf } from './premium.ts'
import { asYen } from './quote.ts'
import type { RateTable } from './rate-table.ts'

export type ChangeRule = 'increase' | 'decrease' | 'expiryOnly'

/** One of the two things that a change may change, by the table's rule for it. */
export interface ChangeStep {
  rule: ChangeRule
  method: RateTable['change'][ChangeRule]['method']
  rateTableId: string
  /** Totals in yen, before and after this step, with the minimum where it holds. */
  before: number
  after: number
  /** What the step brings; below zero is given back. */
  yen: number
  /** Where all of the sum goes by one band, and by another one than before. */
  bands?: { before: BandReached; after: BandReached }
}

/** The table under which the guarantee was made, and that of the day of its change. */
export interface ChangeTables {
  atIssue: RateTable
  atChange: RateTable
}

export interface ChangePart {
  rule: ChangeRule
  from: PremiumInput
  to: PremiumInput
  on: Day
  /** Whether the guarantee is left as it is after this part. */
  last: boolean
  correction?: true
}

/** One part of a change, by the rule that the table of the issue has for it. */
export function stepOf({ atIssue, atChange }: ChangeTables, part: ChangePart): ChangeStep {
  const { rule, from, to, last, correction } = part
  const { method, table: which = 'at_issue' } = correction ? WHOLE : atIssue.change[rule]
  const table = which === 'at_change' ? atChange : atIssue
  const keepMinimum = correction || atIssue.change.keepMinimum
  const before = total(table, from, true)
  const lowered = total(table, to, false) < total(table, from, false)
  const after = total(table, to, keepMinimum || !last || !lowered)
  const yen = BY_METHOD[method]({ ...part, table, before, after })
  return {
    rule,
    method,
    rateTableId: table.id,
    before: asYen(before),
    after: asYen(after),
    yen: yen < 0n ? -asYen(-yen) : asYen(yen),
    ...(method === 'difference_of_totals' && bandsOf(table, part)),
  }
}

function bandsOf(table: RateTable, { from, to }: ChangePart): Pick<ChangeStep, 'bands'> {
  const [before, after] = [bandReached(table, from), bandReached(table, to)]
  return before && after && before.above !== after.above ? { bands: { before, after } } : {}
}

/** How a mistake is put right. */
const WHOLE: RateTable['change'][ChangeRule] = { method: 'difference_of_totals' }

interface Reckoning extends ChangePart {
  table: RateTable
  before: bigint
  after: bigint
}

const BY_METHOD: Record<ChangeStep['method'], (step: Reckoning) => bigint> = {
  difference_of_totals: ({ before, after }) => after - before,
  delta_as_new: ({ table, rule, from, to, on }) =>
    rule === 'expiryOnly' ? addedTerm(table, from, to) : addedSum(table, from, to, on),
  prorata_remaining: ({ table, rule, from, to, on, before, after }) => {
    const share =
      rule === 'expiryOnly'
        ? times(whole(before), daysIn(to.coverage) - daysIn(from.coverage), days(from.coverage))
        : times(whole(after - before), daysIn(rest(to.coverage, on)), days(to.coverage))
    return rounded(share, table.rounding)
  },
}

function days(term: Term): bigint {
  return BigInt(Math.max(1, daysIn(term)))
}

/** What is left of a term on a day, that day counted. */
function rest({ start, end }: Term, on: Day): Term {
  return { start: on > start ? on : start, end }
}

/** The difference of the sums as a guarantee of its own, for what is left of the term. */
function addedSum(table: RateTable, from: PremiumInput, to: PremiumInput, on: Day): bigint {
  const difference = to.guaranteedAmount - from.guaranteedAmount
  const left = rest(to.coverage, on)
  if (left.end < left.start) return 0n
  const alone = { ...to, guaranteedAmount: Math.abs(difference), coverage: left }
  return difference > 0 ? total(table, alone, true) : -total(table, alone, false)
}

/** The days added or taken away as a guarantee of their own. */
function addedTerm(table: RateTable, from: PremiumInput, to: PremiumInput): bigint {
  const [earlier, later] = [from.coverage.end, to.coverage.end].sort() as [Day, Day]
  if (earlier === later) return 0n
  const alone = { ...to, coverage: { start: addDays(earlier, 1), end: later } }
  return to.coverage.end === later ? total(table, alone, true) : -total(table, alone, false)
}

function total(table: RateTable, input: PremiumInput, withMinimum: boolean): bigint {
  const { beforeMinimum } = premiumOf(table, input)
  const least = withMinimum ? BigInt(table.minimumYen) : 0n
  return beforeMinimum > least ? beforeMinimum : least
}
