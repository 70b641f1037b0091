import type { Day } from '../../base/time.ts'
import type { Certificate, Kind } from '../certificate.ts'
import type { Version } from '../history.ts'
import type { EventKind } from '../record.ts'
import type { RuleValues } from './values.ts'

/** What the rules know for certain about an event. Sums are whole yen. */
export interface Known {
  event: EventKind
  certificate: Certificate
  /** All versions before the event. */
  versions: readonly Version[]
  values: RuleValues
  /** The works contract's price: what the officer reads in the contract outweighs the certificate. */
  price: number
  /** What rates count from: 今年度対象額 where given, else the price. */
  base: number
  /** Whether the price has been higher while the guarantee was in force. */
  decreased: boolean
  /** Whether an officer's contract data was given at all. */
  compared: boolean
}

/** What the rules may lack; the name is the one under which a finding says that it is missing. */
export interface Inputs {
  owner: { start: { date: Day }; kinds: readonly Kind[] } | undefined
  /** The date that the owner counts its start from; only the works contract date is on record. */
  startBasisDate: Day | undefined
  worksCategory: 'works' | 'consulting' | 'other' | undefined
  worksContractDate: Day | undefined
  'worksPeriod.start': Day | undefined
  'worksPeriod.end': Day | undefined
  'coverage.start': Day | undefined
  lowBid: boolean | undefined
  finalYear: boolean | undefined
  interimApprovalDate: Day | undefined
  /** The certificate of the advance for the same works. */
  related: Certificate | undefined
  /** A contract guarantee or bond for the same works. */
  contractGuarantee: Certificate | undefined
  /** The certificate that began the guarantee. */
  initial: Certificate | undefined
  hasPaperOriginal: boolean | undefined
  'contract.worksName': string | undefined
  'contract.worksNumber': string | undefined
}

export type Facts = Known & Inputs
type Input = keyof Inputs

/** Where a rule does not hold; `actual` and `limit` are both yen when both are numbers. */
export interface Breach {
  field?: string
  actual?: number | string
  limit?: number | string
}

export interface Rule {
  rule: string
  code: string
  severity: 'block' | 'warn' | 'info'
  /** Empty for every kind. */
  kinds: readonly Kind[]
  /** Without these the rule answers `not_checkable`. */
  needs: readonly Input[]
  applies(facts: Facts): boolean
  /** undefined when the rule holds; called with all of `needs` present. */
  breach(facts: Facts): Breach | undefined
}

/** Kinds that the rules speak of together; a row without kinds is about every kind. */
export const ADVANCE: readonly Kind[] = ['advance_payment']
export const INTERIM: readonly Kind[] = ['interim_advance_payment']
export const ADVANCES: readonly Kind[] = [...ADVANCE, ...INTERIM]
export const SECURITIES: readonly Kind[] = ['contract', 'performance_bond']

/** One row of the table; `breach` may rely on what the row `needs`. */
export function rule<K extends Input = never>(row: {
  rule: string
  code: string
  severity?: Rule['severity']
  kinds?: readonly Kind[]
  needs?: readonly K[]
  applies?: (facts: Facts) => boolean
  breach: (facts: Facts & { [N in K]: NonNullable<Inputs[N]> }) => Breach | undefined
}): Rule {
  return {
    severity: 'warn',
    kinds: [],
    needs: [],
    applies: () => true,
    ...row,
    // Sound because findings() asks no row that lacks one of its needs.
    breach: row.breach as Rule['breach'],
  }
}

/** A guaranteed amount, alone or with another, that must not exceed a limit. */
export function over(actual: number, limit: number): Breach | undefined {
  return actual > limit ? { field: 'guaranteedAmount', actual, limit } : undefined
}

/** A sum that must reach a limit. */
export function under(field: string, actual: number, limit: number): Breach | undefined {
  return actual < limit ? { field, actual, limit } : undefined
}

/** A day that must not be earlier than another. */
export function before(field: string, actual: Day, limit: Day): Breach | undefined {
  return actual < limit ? { field, actual, limit } : undefined
}
