import * as z from 'zod'
import { MOST_YEN } from '../../base/yen.ts'
import { count, day, text } from '../../guarantee/claims.ts'

/** The kinds for which a company has rates. */
export const RATED_KINDS = ['advance_payment', 'interim_advance_payment', 'contract'] as const

const yenError = `must be a whole number of yen, 0 to ${MOST_YEN}`
const yenFrom0 = z
  .int({ error: yenError })
  .min(0, { error: yenError })
  .max(MOST_YEN, { error: yenError })
const limit = yenFrom0.nullable()

const rateError = 'must be parts per million of the sum, 0 to 1000000 (0.065 % is 650)'
const ratePpm = z
  .int({ error: rateError })
  .min(0, { error: rateError })
  .max(1_000_000, { error: rateError })

const factorError = 'must be a factor in parts per million, 0 to 100000000 (0.9 is 900000)'
const factorPpm = z
  .int({ error: factorError })
  .min(0, { error: factorError })
  .max(100_000_000, { error: factorError })

const band = z.union(
  [z.strictObject({ upTo: limit, ratePpm }), z.strictObject({ upTo: limit, fixedYen: yenFrom0 })],
  { error: 'must be {upTo, ratePpm} or {upTo, fixedYen}, sums in yen, rates in parts per million' },
)
const bands = z.array(band).min(1, { error: 'must have one band at least' })

const oneOf = <const Choices extends readonly string[]>(choices: Choices) =>
  z.enum(choices, { error: `must be one of ${choices.join(', ')}` })

const unit = oneOf(['month', 'day'])

const period = z.discriminatedUnion(
  'mode',
  [
    z.strictObject({ mode: z.literal('none') }),
    z.strictObject({
      mode: z.literal('block'),
      unit,
      /** Whether the last day of the term counts. */
      count: oneOf(['inclusive', 'exclusive']),
      blockSize: count(1),
      minBlocks: count(0),
    }),
    /** Days of 365, or started months of 12; the last day counts. */
    z.strictObject({
      mode: z.literal('prorata'),
      base: z.literal([365, 12], { error: 'must be 365 (days) or 12 (months)' }),
    }),
    z.strictObject({
      mode: z.literal('bands'),
      unit,
      bands: z.array(z.strictObject({ upTo: count(1).nullable(), factorPpm })).min(1),
    }),
  ],
  { error: 'must have the mode none, block, prorata or bands' },
)

const classBase = {
  code: text(40),
  label: text(60),
  /** Of the classes of one group only the one with the lowest premium counts. */
  stackGroup: text(40),
  order: count(0),
  when: z.strictObject({ contractorClass: z.exactOptional(text(40)) }),
}

const rateClass = z.discriminatedUnion(
  'op',
  [
    z.strictObject({ ...classBase, op: z.literal('multiply'), factorPpm }),
    z.strictObject({ ...classBase, op: z.literal('subtractPpm'), ratePpm }),
    z.strictObject({ ...classBase, op: z.literal('replaceBands'), bands }),
  ],
  { error: 'must have the op multiply, subtractPpm or replaceBands' },
)

const method = oneOf(['difference_of_totals', 'delta_as_new', 'prorata_remaining'])
/** Both totals of a difference come from one table; without the member it is that of the issue. */
const table = z.exactOptional(oneOf(['at_issue', 'at_change']))

const change = z.strictObject({
  /** Sums below `minChargeYen` are not charged. */
  increase: z.strictObject({ method, table, minChargeYen: yenFrom0 }),
  /** Sums below `minRefundYen` are not given back. */
  decrease: z.strictObject({ method, table, refund: z.boolean(), minRefundYen: yenFrom0 }),
  expiryOnly: z.strictObject({ method, table }),
  /** Whether a premium that was lowered still reaches the minimum. */
  keepMinimum: z.boolean(),
})

const refund = z.strictObject({ refundPpm: ratePpm, retainYen: z.exactOptional(yenFrom0) })

/**
 * A dated table of premiums (保証料率表), one per company, kind and date: part of the approved terms,
 * so a premium follows from it alone (desk-domain.md §1.2). Sums are whole yen, rates parts per
 * million.
 */
export const rateTableSchema = z.strictObject({
  id: text(60),
  issuerId: text(32),
  kind: oneOf(RATED_KINDS),
  label: text(60),
  /** Made up for show: everything that is printed of it says 見本料率. */
  demo: z.boolean(),
  termsId: text(60),
  effectiveFrom: day,
  /** The last day, counted; null while none is known. */
  effectiveTo: day.nullable(),
  effectiveBasis: z.literal('guarantee_contract_date', {
    error: 'must be guarantee_contract_date',
  }),
  base: z.literal('guaranteedAmount', { error: 'must be guaranteedAmount' }),
  tiers: z.strictObject({ mode: oneOf(['marginal', 'whole', 'flat']), bands }),
  period,
  classes: z.array(rateClass),
  rounding: z.strictObject({
    unit: z.literal([1, 10, 100], { error: 'must be 1, 10 or 100 yen' }),
    mode: oneOf(['down', 'up', 'half_up']),
    stage: oneOf(['total', 'per_band']),
  }),
  minimumYen: yenFrom0,
  tax: z.literal('exempt', { error: 'must be exempt' }),
  change,
  cancel: z.strictObject({
    before_handover: refund,
    before_advance_paid: refund,
    after_advance_paid: refund,
  }),
})

export type RateTable = z.infer<typeof rateTableSchema>
export type Band = z.infer<typeof band>
export type RateClass = z.infer<typeof rateClass>
export type RatedKind = (typeof RATED_KINDS)[number]
