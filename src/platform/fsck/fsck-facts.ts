import type { Certificate } from '../../guarantee/certificate.ts'
import type { ReadRecord } from '../../guarantee/record.ts'
import type { Entry } from '../../log/entry.ts'
import type { Store } from '../../store/store.ts'
import { createOwnerId } from '../directory/registered-owner.ts'
import { recordFacts } from '../intake/record-facts.ts'
import { type FactRow, factRow, ownFacts } from '../log/log-facts.ts'
import type { FsckFault } from './fsck-fault.ts'

/** What must be gone with the body of a record. */
const ERASED = { reason: null, contractorName: null, worksName: null }

const ENTRY_COLUMNS = ['arrivedAt', 'entry', 'issuer', 'sha256'] as const

/** Holds what auditors' lists say of an entry against the entry and its record. */
export function createFactCheck(store: Store) {
  const isOwner = createIsOwner(store)

  return async function checkFacts(
    at: number,
    entry: Entry,
    row: FactRow | undefined,
    record: ReadRecord | undefined,
  ): Promise<FsckFault | undefined> {
    if (!row)
      return {
        table: 'logFact',
        at,
        detail: 'missing for its entry: akashi doctor --fill-facts makes it',
      }
    const { owner } = row
    const expected = factRow(at, entry, record && recordFacts(record, owner ?? undefined))
    const columns = record
      ? Object.keys(expected)
      : [...ENTRY_COLUMNS, ...Object.keys({ ...ownFacts(entry), ...ERASED })]
    const wrong = (columns as (keyof FactRow)[]).filter((name) => row[name] !== expected[name])
    if (record && !(await isOwner(owner, record.payload.certificate.owner))) wrong.push('owner')
    if (wrong.length === 0) return undefined
    return { table: 'logFact', at, detail: `differs from its entry: ${wrong.join(', ')}` }
  }
}

/** Whether a registered owner is the one that certificates name so; asked of each spelling once. */
function createIsOwner(store: Store) {
  const ownerId = createOwnerId(store)
  const known = new Map<string, readonly (number | undefined)[]>()

  return async (id: number | null, owner: Certificate['owner']): Promise<boolean> => {
    const spelling = JSON.stringify(owner)
    const { code: _, ...named } = owner
    // By name too: an owner may have been registered under the code after the record was taken.
    const ids = known.get(spelling) ?? [await ownerId(owner), await ownerId(named)]
    known.set(spelling, ids)
    return id !== null && ids.includes(id)
  }
}
