import * as z from 'zod'
import type { FieldFault } from '../../base/fault.ts'
import type { Day } from '../../base/time.ts'
import type { Certificate } from '../../guarantee/certificate.ts'
import { day, digest, text } from '../../guarantee/claims.ts'
import { readClosed, wrong } from '../premium/closed.ts'
import { RATED_KINDS, type RatedKind, rateTableSchema } from '../premium/rate-table.ts'
import { tableFaults, tablesFaults, tablesWarnings } from '../premium/rate-table-checks.ts'
import { fitsAll, numberingSchema, numberOf, SERIES } from './numbering.ts'
import { officeSchema } from './office.ts'
import { accountSchema, dueDays } from './payee.ts'

const yesOrNo = z.boolean({ error: 'must be true or false' })

const terms = z.strictObject({
  id: text(60),
  title: text(),
  sha256: z.exactOptional(digest),
  effectiveFrom: day,
})
const termsOfKind = z.exactOptional(
  z.array(terms, { error: 'must be a list of terms' }).min(1, { error: 'must not be empty' }),
)

/** 一括納付 of a month, or before each issue. */
const paymentMethod = z.enum(['monthly_lump', 'per_case'], {
  error: 'must be one of monthly_lump, per_case',
})

/**
 * What the desk has to know of a guarantee company: who it is on certificates, its offices, numbers,
 * rates and terms, and how it wants to work. Set by `akashi issuer set`.
 */
const profileSchema = z.strictObject({
  /** As certificates name it. */
  issuerName: text(),
  issuerAddress: text(),
  issuerRepresentative: text(),
  branches: z.array(officeSchema, { error: 'must be a list of offices' }),
  numbering: numberingSchema,
  /** By kind; the newest whose day has come holds. */
  terms: z.strictObject({
    advance_payment: termsOfKind,
    interim_advance_payment: termsOfKind,
    contract: termsOfKind,
  }),
  rateTables: z.array(rateTableSchema, { error: 'must be a list of rate tables' }),
  /** In the order in which they are offered. */
  paymentMethods: z
    .array(paymentMethod, { error: 'must be a list of monthly_lump, per_case' })
    .min(1, { error: 'must have one at least' }),
  /** 振込先 of what is paid by the case; without it mails and statements say to ask the office. */
  premiumAccount: z.exactOptional(accountSchema),
  /** Days until 支払期限; without it there is none. */
  premiumDueDays: z.exactOptional(dueDays),
  /** Whether who approved a guarantee may not issue it. */
  fourEyes: yesOrNo,
  /** Firms by the id of their organisation, with the class that rate tables ask for. */
  contractorClasses: z.array(
    z.strictObject({ organisation: text(64), contractorClass: text(40) }),
    { error: 'must be a list of {organisation, contractorClass}' },
  ),
  labels: z.strictObject({
    /** 電子保証; another house says 電子証書. */
    electronic: text(20),
    /** Title of the key notice: 電子保証にかかる「認証キー」のお知らせ. */
    keyNotice: text(60),
  }),
  /** Who stands as the sender of mail: あかし東建設業保証株式会社 静岡支店. */
  mailSender: text(80),
})

export type CompanyProfile = z.infer<typeof profileSchema>

/** What an issuer's registration has to agree with. */
export interface RegisteredIssuer {
  id: string
  numberPattern: string
}

/** @throws Fault body_invalid with every wrong member, its path with dots */
export function readProfile(value: unknown, issuer: RegisteredIssuer): CompanyProfile {
  return readClosed('The profile', profileSchema, value, (profile) => [
    ...branchFaults(profile),
    ...numberFaults(profile, issuer),
    ...rateFaults(profile, issuer),
    ...termsFaults(profile),
    ...repeated('paymentMethods', profile.paymentMethods),
    ...repeated(
      'contractorClasses',
      profile.contractorClasses.map(({ organisation }) => organisation),
      '.organisation',
    ),
  ])
}

/** What was read as a profile before, out of the database. */
export function storedProfile(text: string): CompanyProfile {
  return profileSchema.parse(JSON.parse(text))
}

/** What is allowed and may yet be a slip. */
export function profileWarnings({ rateTables }: CompanyProfile): FieldFault[] {
  return tablesWarnings(rateTables).map((one) => ({ ...one, field: `rateTables.${one.field}` }))
}

function branchFaults({ branches }: CompanyProfile): FieldFault[] {
  const hours = branches.flatMap(({ openFrom, openTo, cutoffTime = openTo }, at) => [
    ...(openFrom < openTo ? [] : [wrong(`branches.${at}.openTo`, 'must be after openFrom')]),
    ...(cutoffTime > openFrom && cutoffTime <= openTo
      ? []
      : [wrong(`branches.${at}.cutoffTime`, 'must be between openFrom and openTo')]),
  ])
  const ids = branches.map(({ id }) => id)
  const none = branches.some(({ isActive }) => isActive)
    ? []
    : [wrong('branches', 'must have an office that is active: applications are sent to one')]
  return [...none, ...repeated('branches', ids, '.id'), ...hours]
}

function numberFaults({ numbering }: CompanyProfile, issuer: RegisteredIssuer): FieldFault[] {
  const used = SERIES.filter((series) => !numberOf(numbering[series], numbering[series].next))
  const faults = used.map((series) => wrong(`numbering.${series}.next`, 'has more digits'))
  const fits = fitsAll(numbering.guarantee, issuer.numberPattern)
  if (!fits && !used.includes('guarantee')) {
    const pattern = `all its numbers must match the pattern of ${issuer.id}, ${issuer.numberPattern}`
    faults.push(wrong('numbering.guarantee', pattern))
  }
  return faults
}

function rateFaults({ rateTables, terms }: CompanyProfile, issuer: RegisteredIssuer): FieldFault[] {
  const inside = rateTables.flatMap((table, at) => {
    const ids = terms[table.kind]?.map(({ id }) => id) ?? []
    return [
      ...(table.issuerId === issuer.id ? [] : [wrong('issuerId', `must be ${issuer.id}`)]),
      ...(ids.includes(table.termsId)
        ? []
        : [wrong('termsId', `must be the id of one of terms.${table.kind}`)]),
      ...tableFaults(table),
    ].map((fault) => ({ ...fault, field: `${at}.${fault.field}` }))
  })
  return [...inside, ...tablesFaults(rateTables)].map((fault) => ({
    ...fault,
    field: `rateTables.${fault.field}`,
  }))
}

/** A kind is given with both terms and rates, or not at all. */
function termsFaults({ terms, rateTables }: CompanyProfile): FieldFault[] {
  const given = RATED_KINDS.filter((kind) => terms[kind])
  const rated = (kind: RatedKind) => rateTables.some((table) => table.kind === kind)
  return [
    ...(given.length > 0 ? [] : [wrong('terms', 'must have one kind of guarantee at least')]),
    ...given.flatMap((kind) =>
      repeated(`terms.${kind}`, terms[kind]?.map(({ id }) => id) ?? [], '.id'),
    ),
    ...given
      .filter((kind) => !rated(kind))
      .map((kind) => wrong(`terms.${kind}`, 'has no rate table: no premium, no guarantee')),
  ]
}

function repeated(path: string, values: readonly string[], member = ''): FieldFault[] {
  return values.flatMap((value, at) =>
    values.indexOf(value) < at ? [wrong(`${path}.${at}${member}`, `is given twice: ${value}`)] : [],
  )
}

/** The terms (約款) of a kind in force on a day, as they stand on a certificate. */
export function termsOn(
  { terms }: CompanyProfile,
  kind: RatedKind,
  on: Day,
): Certificate['terms'] | undefined {
  const inForce = (terms[kind] ?? []).filter(({ effectiveFrom }) => effectiveFrom <= on)
  const newest = inForce.sort((a, b) => (a.effectiveFrom < b.effectiveFrom ? 1 : -1))[0]
  if (!newest) return undefined
  const { effectiveFrom: _, ...named } = newest
  return named
}
