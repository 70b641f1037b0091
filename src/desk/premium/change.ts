import type { Day, Instant } from '../../base/time.ts'
import { type ChangeRule, type ChangeStep, type ChangeTables, stepOf } from './change-step.ts'
import type { PremiumInput } from './premium.ts'
import { asYen, checkInput, named, type TableNamed } from './quote.ts'

/** What a change of the sum or the term costs or gives back. */
export interface ChangeQuote extends TableNamed {
  for: 'change'
  inputs: { was: PremiumInput; becomes: PremiumInput; on: Day }
  steps: ChangeStep[]
  /** With a 訂正. */
  correction?: true
  /** What had been charged, less what had been given back, before this change. */
  chargedYen: number
  type: 'charge' | 'refund' | 'none'
  /** Yen to pay or to give back; 0 with `none`. */
  yen: number
  computedAt: Instant
}

export interface Change {
  was: PremiumInput
  becomes: PremiumInput
  /** The day of the change. */
  on: Day
  chargedYen: number
  /**
   * A mistake is put right (訂正): the whole difference of the totals is due or given back, however
   * small, whatever the table says of changes that were agreed upon.
   */
  correction?: true
}

/**
 * The premium of a change, by the rules of the table under which the guarantee was made. Where both
 * change, the term is taken first with the old sum, then the sum over the new term, so that with
 * differences of totals the two add up to the difference of the whole. What is below zero is given
 * back as the rule of decreases says, never more than was charged.
 * @throws Fault as {@link quote}
 */
export function quoteChange(tables: ChangeTables, change: Change, at: Instant): ChangeQuote {
  const { was, becomes, on, chargedYen, correction } = change
  checkInput(was)
  checkInput(becomes)
  const { minChargeYen, minRefundYen, keepMinimum, refund: givesBack } = rulesOf(tables, change)
  const parts = stepsOf(change)
  const steps = parts.map((part, i) =>
    stepOf(tables, {
      ...part,
      on,
      last: i === parts.length - 1,
      ...(correction && { correction }),
    }),
  )
  const net = steps.reduce((all, { yen }) => all + yen, 0)
  const least = keepMinimum ? tables.atIssue.minimumYen : 0
  const refund = givesBack ? Math.min(-net, Math.max(0, chargedYen - least)) : 0
  const charged = net > 0 && net >= minChargeYen
  const refunded = refund > 0 && refund >= minRefundYen
  const type = charged ? 'charge' : refunded ? 'refund' : 'none'
  const yen = charged ? net : refunded ? refund : 0
  const table = steps.some(({ rateTableId }) => rateTableId === tables.atChange.id)
    ? tables.atChange
    : tables.atIssue
  return {
    for: 'change',
    ...named(table),
    inputs: { was, becomes, on },
    steps,
    ...(correction && { correction }),
    chargedYen,
    type,
    yen: asYen(BigInt(yen)),
    computedAt: at,
  }
}

function rulesOf({ atIssue: { change } }: ChangeTables, { correction }: Change) {
  if (correction) return { minChargeYen: 0, minRefundYen: 0, keepMinimum: true, refund: true }
  const { increase, decrease, keepMinimum } = change
  return { ...increase, ...decrease, keepMinimum }
}

function stepsOf({
  was,
  becomes,
}: Change): { rule: ChangeRule; from: PremiumInput; to: PremiumInput }[] {
  const termed = { ...becomes, guaranteedAmount: was.guaranteedAmount }
  const sameTerm =
    was.coverage.start === becomes.coverage.start && was.coverage.end === becomes.coverage.end
  const sums = becomes.guaranteedAmount - was.guaranteedAmount
  const rule = sums > 0 ? 'increase' : 'decrease'
  return [
    ...(sameTerm ? [] : [{ rule: 'expiryOnly' as const, from: was, to: termed }]),
    ...(sums === 0 ? [] : [{ rule, from: termed, to: becomes } as const]),
  ]
}
