import type { CompiledQuery } from 'kysely'
import { base64url } from '../../base/bytes.ts'
import type { Entry } from '../../log/entry.ts'
import { kept } from '../../store/kept.ts'
import type { Store } from '../../store/store.ts'
import type { Tables } from '../../store/tables.ts'

/** What an auditor's list says of one entry of the log. */
export type FactRow = Tables['logFact']

/** What an entry's own bytes do not say: the guarantee that it is about. */
export type EntryFacts = Partial<
  Omit<FactRow, 'position' | 'arrivedAt' | 'entry' | 'issuer' | 'sha256' | 'kid' | 'at' | 'count'>
> & { kid?: string }

const NONE = {
  kid: null,
  at: null,
  count: null,
  contractNumber: null,
  numberKey: null,
  seq: null,
  jti: null,
  event: null,
  targetSeq: null,
  reasonCode: null,
  reason: null,
  kind: null,
  owner: null,
  ownerCode: null,
  ownerName: null,
  contractorName: null,
  worksName: null,
  contractPrice: null,
  guaranteedAmount: null,
  coverageEnd: null,
} as const satisfies Partial<FactRow>

/** The row of an entry. */
export function factRow(position: number, entry: Entry, facts: EntryFacts = {}): FactRow {
  const { arrived, kind, issuer, sha256 } = entry
  return {
    position,
    arrivedAt: arrived,
    entry: kind,
    issuer,
    sha256: base64url(sha256),
    ...NONE,
    ...ownFacts(entry),
    ...facts,
  }
}

/** What lines an entry has beyond those of all entries. */
export function ownFacts(entry: Entry): Partial<FactRow> {
  switch (entry.kind) {
    case 'record':
      return {}
    case 'access-head':
      return { count: entry.count }
    case 'erase':
      return { reasonCode: entry.reason }
    default: {
      const { kid, at, reason } = entry
      return { kid, at, ...(reason !== '-' && { reasonCode: reason }) }
    }
  }
}

/** Writes the row that stands beside an entry. */
export function createFactInsert({ db }: Store): (row: FactRow) => CompiledQuery {
  const columns = ['position', 'arrivedAt', 'entry', 'issuer', 'sha256', ...NAMES] as const
  const insert = kept(
    db,
    (db, ...values: unknown[]) =>
      db
        .insertInto('logFact')
        .values(Object.fromEntries(columns.map((column, i) => [column, values[i]])) as never),
    columns.length,
  )
  return (row) => insert(...columns.map((column) => row[column]))
}

const NAMES = Object.keys(NONE) as (keyof typeof NONE)[]
