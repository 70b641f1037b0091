import * as z from 'zod'
import { day, digest, isText, oneOf, text, yen } from './claims.ts'
import { leaf, refined } from './quick-claims.ts'

/**
 * 前払金保証, 中間前払金保証, 契約保証, 公共工事履行保証証券. In surety terms the owner is the obligee, the
 * contractor the principal, the issuer the surety, `guaranteedAmount` the penal sum.
 */
export const KINDS = [
  'advance_payment',
  'interim_advance_payment',
  'contract',
  'performance_bond',
] as const

export type Kind = (typeof KINDS)[number]

/**
 * Any text passes here: a kind that is not taken is `kind_not_accepted`, which comes after the
 * signature in the order of errors, so it is `findings` that lets the four kinds through, no other.
 */
const kind = text() as unknown as z.ZodType<Kind>

const yesOrNo = leaf(
  z.boolean({ error: 'must be true or false' }),
  (value) => typeof value === 'boolean',
)
const periodError = 'must not end before it starts'

const worksPeriod = refined(z.strictObject({ start: day, end: day }), isInOrder, periodError)

const coverage = refined(
  z.strictObject({ start: z.exactOptional(day), end: day }),
  isInOrder,
  periodError,
)

function isInOrder({ start, end }: { start?: string; end: string }): boolean {
  return start === undefined || start <= end
}

/** Nothing to name is written by leaving the member out: one spelling for one fact. */
const names = leaf(
  z.array(text(), { error: 'must be a list of texts' }).min(1, {
    error: 'must not be empty; leave it out instead',
  }),
  (value: unknown) => Array.isArray(value) && value.length > 0 && value.every((one) => isText(one)),
)

/**
 * The certificate (電子証書) as signed: the full snapshot after an event, closed (decisions.md "The
 * record"). Sums are whole yen, days are those of Asia/Tokyo, `coverage.end` is inclusive.
 */
export const certificateSchema = z.strictObject({
  kind,
  contractNumber: text(),
  owner: z.strictObject({
    name: text(),
    title: z.exactOptional(text()),
    code: z.exactOptional(text()),
  }),
  contractor: z.strictObject({
    name: text(),
    address: z.exactOptional(text()),
    representative: z.exactOptional(text()),
  }),
  jvName: z.exactOptional(text()),
  jvMembers: z.exactOptional(names),
  worksName: text(),
  worksNumber: z.exactOptional(text()),
  worksPlace: z.exactOptional(text()),
  worksCategory: z.exactOptional(
    oneOf(['works', 'consulting', 'other'], 'must be works, consulting or other'),
  ),
  worksContractDate: z.exactOptional(day),
  worksPeriod: z.exactOptional(worksPeriod),
  contractPrice: yen,
  fiscalYearAmount: z.exactOptional(yen),
  guaranteedAmount: yen,
  depositBank: z.exactOptional(text()),
  coverage,
  claimDeadline: z.exactOptional(day),
  documentDate: day,
  lowBid: z.exactOptional(yesOrNo),
  multiYear: z.exactOptional(yesOrNo),
  finalYear: z.exactOptional(yesOrNo),
  interimApprovalDate: z.exactOptional(day),
  relatedContractNumber: z.exactOptional(text()),
  terms: z.strictObject({ id: text(), title: text(), sha256: z.exactOptional(digest) }),
  specialClauses: z.exactOptional(names),
  issuerBranch: z.exactOptional(text()),
  issuerName: z.exactOptional(text()),
  issuerAddress: z.exactOptional(text()),
  issuerRepresentative: z.exactOptional(text()),
})

export type Certificate = z.infer<typeof certificateSchema>
