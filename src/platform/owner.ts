import { Fault, type FieldFault } from '../base/fault.ts'
import { foldName } from '../base/text.ts'
import { isDay } from '../base/time.ts'
import { KINDS, type Kind } from '../guarantee/certificate.ts'
import { type RuleValues, ruleValuesSchema } from '../guarantee/rules/values.ts'
import type { OwnerPolicy } from '../guarantee/sufficiency.ts'
import { list, members, oneOf, text } from '../log/shape.ts'
import type { Tables } from '../store/tables.ts'

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
}

/** The dates from which owners count their start. */
export const BASES: readonly Owner['start']['basis'][] = [
  'contract_date',
  'tender_notice_date',
  'planned_contract_notice_date',
]

const some = text((value) => value.trim() !== '')
const isDepartments = list(members({ name: some }, { kind: oneOf(...KINDS), email: some }))

/** @throws Fault body_invalid with one error for each wrong member */
export function checkOwner(owner: Owner): void {
  const errors: FieldFault[] = []
  const wrong = (field: string, detail: string) => errors.push({ field, code: 'invalid', detail })
  // A spelling that folds to nothing would stand for every owner without a readable name.
  if (foldName(owner.name) === '') wrong('name', 'name is not empty.')
  if (owner.aliases.some((alias) => foldName(alias) === '')) wrong('aliases', 'no alias is empty.')
  if (!isDay(owner.start.date)) wrong('start.date', 'start is a day that exists, YYYY-MM-DD.')
  if (!BASES.includes(owner.start.basis))
    wrong('start.basis', `basis is one of ${BASES.join(', ')}.`)
  if (owner.kinds.length === 0 || owner.kinds.some((kind) => !KINDS.includes(kind))) {
    wrong('kinds', `kinds is one or more of ${KINDS.join(', ')}.`)
  }
  if (errors.length > 0) {
    throw new Fault('body_invalid', errors.map(({ detail }) => detail).join(' '), { errors })
  }
}

/** Rates and thresholds from parsed JSON. @throws Fault body_invalid with one error for each member */
export function checkedRules(values: unknown): Partial<RuleValues> {
  const read = ruleValuesSchema.partial().safeParse(values)
  if (read.success) return values as Partial<RuleValues>
  const errors = read.error.issues.map(({ path, message }) => ({
    field: path.join('.'),
    code: 'invalid',
    detail: message,
  }))
  const known = Object.keys(ruleValuesSchema.shape).join(', ')
  throw new Fault('body_invalid', `The rules are made of ${known}.`, { errors })
}

/** 担当部署 from parsed JSON. @throws Fault body_invalid */
export function checkedDepartments(value: unknown): Department[] {
  if (isDepartments(value)) return value as Department[]
  throw new Fault('body_invalid', 'departments is a list of {name, kind?, email?}.')
}

export function ownerOf(row: Omit<Tables['owner'], 'id'>): Owner {
  return {
    name: row.name,
    aliases: JSON.parse(row.aliases) as string[],
    start: { date: row.startDate, basis: row.startBasis as Owner['start']['basis'] },
    kinds: JSON.parse(row.kinds) as Kind[],
    issuerClasses: JSON.parse(row.issuerClasses) as string[],
    departments: JSON.parse(row.departments) as Department[],
    ...(row.code !== null && { code: row.code }),
    ...(row.basisText !== null && { basisText: row.basisText }),
  }
}

export function ownerRow(owner: Owner): Omit<Tables['owner'], 'id'> {
  return {
    code: owner.code ?? null,
    name: owner.name,
    startDate: owner.start.date,
    startBasis: owner.start.basis,
    basisText: owner.basisText ?? null,
    kinds: JSON.stringify(owner.kinds),
    issuerClasses: JSON.stringify(owner.issuerClasses),
    departments: JSON.stringify(owner.departments),
    aliases: JSON.stringify(owner.aliases),
  }
}
