import * as z from 'zod'
import { Fault, type FieldFault } from '../base/fault.ts'
import { foldName } from '../base/text.ts'
import { KINDS, type Kind } from './certificate.ts'
import { day, text } from './claims.ts'
import { type MailTemplate, mailTemplateSchema } from './mail-template.ts'
import { type RuleValues, ruleValuesSchema } from './rules/values.ts'
import type { OwnerPolicy } from './sufficiency.ts'

export interface Department {
  /** What it takes: a kind, or everything. */
  kind?: Kind
  name: string
  email?: string
}

export interface Owner {
  code?: string
  /** The title under which certificates name it: 富士市長. */
  name: string
  aliases: string[]
  /** Guarantees of works whose `basis` date is this or later are taken electronically. */
  start: OwnerPolicy['start']
  kinds: Kind[]
  issuerClasses: string[]
  departments: Department[]
  /** The rule in the owner's own words. */
  basisText?: string
  /** How contractors shall word the mail with a guarantee; the usual words without it. */
  mailTemplate?: MailTemplate
}

/** The dates from which owners count their start. */
export const BASES: readonly Owner['start']['basis'][] = [
  'contract_date',
  'tender_notice_date',
  'planned_contract_notice_date',
]

// A spelling that folds to nothing would stand for every owner without a readable name.
const name = text().pipe(
  z.string().refine((value) => foldName(value) !== '', {
    error: 'must not be made of invisible characters alone',
  }),
)
const kind = z.enum(KINDS, { error: `must be one of ${KINDS.join(', ')}` })
const departments = z.array(
  z.strictObject({ name: text(), kind: kind.optional(), email: text().optional() }),
)
const ownerSchema = z.strictObject({
  name,
  aliases: z.array(name),
  code: text().optional(),
  start: z.strictObject({
    date: day,
    basis: z.enum(BASES, { error: `must be one of ${BASES.join(', ')}` }),
  }),
  kinds: z.array(kind).min(1, { error: `must be one or more of ${KINDS.join(', ')}` }),
  issuerClasses: z.array(text()),
  departments,
  basisText: text(400).optional(),
  mailTemplate: mailTemplateSchema.optional(),
})

/** @throws Fault body_invalid with one error for each wrong member */
export function checkOwner(owner: Owner): void {
  const errors = faultsOf(ownerSchema, owner)
  if (errors.length === 0) return
  const detail = errors.map((error) => `${error.field} ${error.detail}.`).join(' ')
  throw new Fault('body_invalid', detail, { errors })
}

/**
 * What an owner may change: rates and thresholds from a day on, who takes the guarantees, and the
 * mail that brings them; null goes back to the usual words.
 */
export interface OwnerRules extends Partial<RuleValues> {
  departments?: Department[]
  mailTemplate?: MailTemplate | null
}

const rulesSchema = ruleValuesSchema.partial().extend({
  departments: departments.optional(),
  mailTemplate: mailTemplateSchema.nullable().optional(),
})

/** Rules from parsed JSON. @throws Fault body_invalid with one error for each wrong member */
export function checkedRules(rules: unknown): OwnerRules {
  const errors = faultsOf(rulesSchema, rules)
  if (errors.length === 0) return rules as OwnerRules
  const known = Object.keys(rulesSchema.shape).join(', ')
  throw new Fault('body_invalid', `The rules are made of ${known}.`, { errors })
}

function faultsOf(schema: z.ZodType, value: unknown): FieldFault[] {
  const issues = schema.safeParse(value).error?.issues ?? []
  return issues.map(({ path, message }) => ({
    field: path.join('.'),
    code: 'invalid',
    detail: message,
  }))
}
