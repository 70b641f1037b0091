import { addDays, type Day, type Instant, startOfDay } from '../../base/time.ts'
import { searchFold } from '../../guarantee/name-variants.ts'
import { readDay } from '../../web/amount.ts'
import type { FieldError } from '../../web/form.ts'
import { APPLIED_KINDS, type AppliedKind, type Format } from '../application/content.ts'
import { listWords } from './words.ts'

/** What of the guarantees is wanted; what is left out is not asked for. */
export interface Choice {
  kind?: AppliedKind
  format?: Format
  branch?: string
  /** Issued at this instant or later, and before that one. */
  from?: Instant
  until?: Instant
  /** Folded by `searchFold`. */
  works?: string
  contractor?: string
}

/** Where a page begins or ends: order is newest first. */
export interface Place {
  issuedAt: Instant
  issuer: string
  numberKey: string
}

/** 検索条件 as they were typed; also the names in the address. */
export const FIELDS = ['kind', 'from', 'to', 'works', 'contractor', 'branch'] as const

export type Typed = Partial<Record<(typeof FIELDS)[number], string>>

/** 検索条件 as typed, what they choose, and what is wrong with them. */
export interface Conditions {
  typed: Typed
  choice: Choice
  errors: FieldError[]
}

/** Reads 検索条件; a day in any spelling, names folded. What is wrong chooses nothing. */
export function readConditions(query: Readonly<Record<string, string>>): Conditions {
  const typed: Typed = {}
  for (const name of FIELDS) if (query[name]?.trim()) typed[name] = query[name].trim()
  const errors: FieldError[] = []
  const day = (field: 'from' | 'to'): Day | undefined => {
    const text = typed[field]
    const read = text === undefined ? undefined : readDay(text)
    if (text !== undefined && read === undefined) errors.push({ field, text: listWords.wrongDay })
    return read
  }
  const from = day('from')
  const to = day('to')
  if (from !== undefined && to !== undefined && from > to) {
    errors.push({ field: 'to', text: listWords.wrongOrder })
  }
  const kind = APPLIED_KINDS.find((one) => one === typed.kind)
  const { branch, works, contractor } = typed
  const choice: Choice = {
    ...(kind !== undefined && { kind }),
    ...(branch !== undefined && { branch }),
    ...(from !== undefined && { from: startOfDay(from) }),
    ...(to !== undefined && { until: startOfDay(addDays(to, 1)) }),
    ...(works !== undefined && { works: searchFold(works) }),
    ...(contractor !== undefined && { contractor: searchFold(contractor) }),
  }
  return { typed, choice, errors }
}

const PLACE = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)~([^~]{1,200})~([^~]{1,200})$/

/** A place as it stands in an address. */
export function placeText({ issuedAt, issuer, numberKey }: Place): string {
  return `${issuedAt}~${issuer}~${numberKey}`
}

/** The place of an address; undefined for what is none. */
export function readPlace(text: string | undefined): Place | undefined {
  const [, issuedAt, issuer, numberKey] = PLACE.exec(text ?? '') ?? []
  if (issuedAt === undefined || issuer === undefined || numberKey === undefined) return undefined
  return { issuedAt, issuer, numberKey }
}
