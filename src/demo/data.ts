import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Day } from '../base/time.ts'
import type { Certificate, Kind } from '../guarantee/certificate.ts'
import type { Algorithm } from '../guarantee/issuer-key.ts'
import type { Owner } from '../guarantee/owner.ts'
import type { RecordPayload } from '../guarantee/record.ts'
import type { RuleValues } from '../guarantee/rules/values.ts'
import type { NewIssuer } from '../platform/directory/issuers.ts'

/** Days from the day of loading (negative: before it) and the time of day in Tokyo, `14:05`. */
export type Moment = [day: number, time: string]

/** What the loader adds to the facts of a certificate from the parties and the calendar. */
type Derived =
  | 'owner'
  | 'contractor'
  | 'depositBank'
  | 'worksContractDate'
  | 'worksPeriod'
  | 'coverage'
  | 'documentDate'
  | 'interimApprovalDate'
  | 'terms'

/**
 * The facts behind a certificate, with its own names where they are the same. Parties are named by
 * their id, days are counted from the day of loading.
 */
export interface Facts extends Omit<Certificate, Derived> {
  owner: string
  contractor: string
  /** The works contract, the works period, the owner's approval of an interim advance. */
  contracted: number
  starts: number
  ends: number
  approved?: number
  /** The certificate's own date. */
  documented: number
}

/** An event as the difference that it makes to the facts. */
export interface DemoEvent
  extends Pick<RecordPayload, 'event' | 'targetSeq' | 'reason' | 'reasonCode'> {
  at: Moment
  change?: Partial<Facts>
  /** For a cancel_amendment: the seq whose facts hold again. */
  restores?: number
}

type PerGuarantee = 'kind' | 'contractNumber' | 'guaranteedAmount'

/** A guarantee of some works; what it states itself outweighs what its works state. */
export interface Guarantee extends Pick<Facts, PerGuarantee>, Partial<Omit<Facts, PerGuarantee>> {
  at: Moment
  /** What came after the issue. */
  events?: DemoEvent[]
}

/** A works contract (請負契約) with the guarantees given for it. */
export interface Works extends Omit<Facts, PerGuarantee | 'documented' | 'lowBid'> {
  lowBid?: boolean
  guarantees: Guarantee[]
}

type Terms = Certificate['terms']

export interface DemoIssuer extends NewIssuer {
  alg: Algorithm
  /** When its key was added. */
  registered: Moment
  /** What its certificates say of itself. */
  certificate: Pick<Certificate, 'issuerBranch' | 'issuerAddress' | 'issuerRepresentative'>
  /** By kind; an issuer gives the kinds for which it has terms. */
  terms: Partial<Record<Kind, Terms>>
}

/** `aliases` begins with the name of the body whose head `name` is. */
export interface DemoOwner extends Owner {
  rules?: { from: Day; values: Partial<RuleValues> }[]
}

type DemoContractor = Certificate['contractor'] & { bank: string }

/** Everybody in the demo; all of it is made up, but for the name and the start of 富士市. */
export interface Parties {
  issuers: DemoIssuer[]
  owners: Record<string, DemoOwner>
  contractors: Record<string, DemoContractor>
}

/** The demo's data, from `db/demo/`. */
export function readDemoData(): { parties: Parties; works: Works[] } {
  return { parties: read('parties') as Parties, works: read('works') as Works[] }
}

/** Profiles of those companies of the demo that have a desk, by id. */
export function readDemoCompanies(): Record<string, unknown> {
  return read('companies') as Record<string, unknown>
}

function read(name: string): unknown {
  const path = fileURLToPath(new URL(`../../db/demo/${name}.json`, import.meta.url))
  return JSON.parse(readFileSync(path, 'utf8'))
}
