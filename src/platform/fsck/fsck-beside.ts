import { base64, equalBytes, fromBase64url, sha256, utf8 } from '../../base/bytes.ts'
import { Fault } from '../../base/fault.ts'
import { numberKey } from '../../guarantee/contract-number.ts'
import { type ReadRecord, readRecord } from '../../guarantee/record.ts'
import {
  type Entry,
  type EraseEntry,
  type KeyEntry,
  parseEntry,
  type RecordEntry,
} from '../../log/entry.ts'
import type { Store } from '../../store/store.ts'
import { storedKey } from '../directory/issuer-keys.ts'
import { isErasureOf } from '../intake/erasures.ts'
import { createFactCheck } from './fsck-facts.ts'
import type { FsckFault, TellFault } from './fsck-fault.ts'
import {
  createFsckTables,
  type ErasureRow,
  type KeyEventRow,
  type VersionRow,
} from './fsck-tables.ts'

/** One run over everything that stands beside the entries. */
export interface BesidePass {
  /** @param entries of positions from `from` on; unreadable ones are left out */
  page(from: number, entries: ReadonlyMap<number, Entry>): Promise<void>
  /** What no entry of the log's `size` accounts for. */
  end(size: number): Promise<FsckFault[]>
}

/** What stands beside one stretch of the log, by position. */
interface Beside {
  versions: Map<number, VersionRow>
  keyEvents: Map<number, KeyEventRow>
  erasures: Map<number, ErasureRow>
}

/** Holds versions, bodies, erasures, key events and facts against their entries, both ways. */
export async function openBesidePass(store: Store, tell: TellFault): Promise<BesidePass> {
  const tables = createFsckTables(store)
  const checkFacts = createFactCheck(store)
  const issOf = await tables.issuers()
  /** SHA-256 of records without a body, with their place, until their erasure is met. */
  const absent = new Map<string, number>()

  function judged(
    at: number,
    entry: Entry,
    record: ReadRecord | Fault | undefined,
    { versions, keyEvents, erasures }: Beside,
  ): FsckFault | undefined {
    if (entry.kind === 'erase') {
      absent.delete(base64(entry.sha256))
      const row = erasures.get(at)
      erasures.delete(at)
      return erasureFault(at, entry, row)
    }
    if (entry.kind === 'record') {
      const row = versions.get(at)
      versions.delete(at)
      if (row?.jws === null) absent.set(base64(entry.sha256), at)
      return versionFault(at, entry, row, record, issOf.get(entry.issuer))
    }
    if (!('kid' in entry)) return undefined
    const row = keyEvents.get(at)
    keyEvents.delete(at)
    return keyFault(at, entry, row)
  }

  return {
    async page(from, entries) {
      const to = Math.max(from, ...entries.keys())
      const beside = {
        versions: await tables.versions(from, to),
        keyEvents: await tables.keyEvents(from, to),
        erasures: await tables.erasures(from, to),
      }
      const facts = await tables.facts(from, to)
      for (const [at, entry] of entries) {
        const record = opened(beside.versions.get(at)?.jws)
        const readable = record instanceof Fault ? undefined : record
        const faults = [
          judged(at, entry, record, beside),
          await checkFacts(at, entry, facts.get(at), readable),
        ]
        for (const fault of faults) if (fault) tell(fault)
      }
      // What is left belongs to no entry of its kind.
      for (const at of beside.versions.keys()) tell(misplaced('version', at, 'record'))
      for (const at of beside.keyEvents.keys()) tell(misplaced('keyEvent', at, 'key'))
      for (const at of beside.erasures.keys()) tell(misplaced('erasure', at, 'erase'))
    },

    async end(size) {
      const detail = 'missing, and the log knows of no erasure'
      const bodies = [...absent.values()].map((at) => ({ table: 'recordBody', at, detail }))
      return [...bodies, ...(await tables.strays(size))]
    },
  }
}

function misplaced(table: string, at: number, kind: string): FsckFault {
  return { table, at, detail: `no ${kind} entry stands here` }
}

function versionFault(
  at: number,
  entry: RecordEntry,
  row: VersionRow | undefined,
  record: ReadRecord | Fault | undefined,
  iss: string | undefined,
): FsckFault | undefined {
  if (!row) return { table: 'version', at, detail: 'missing for a record entry' }
  if (row.jws === null || !record) return undefined
  if (!equalBytes(sha256(utf8(row.jws)), entry.sha256)) {
    return { table: 'recordBody', at, detail: 'another text than the one its entry commits to' }
  }
  const wrong = record instanceof Fault ? [record.message] : differences(row, record, entry, iss)
  if (wrong.length === 0) return undefined
  return { table: 'version', at, detail: `differs from its record: ${wrong.join(', ')}` }
}

function erasureFault(
  at: number,
  entry: EraseEntry,
  row: ErasureRow | undefined,
): FsckFault | undefined {
  if (!row) return { table: 'erasure', at, detail: 'missing for an erase entry' }
  const record = row.entry ? parseEntry(row.entry) : undefined
  if (!isErasureOf(entry, record)) {
    return { table: 'erasure', at, detail: 'names another record than its entry' }
  }
  if (row.jws === null) return undefined
  return { table: 'recordBody', at: row.erased, detail: 'there, although it was erased' }
}

function keyFault(
  at: number,
  entry: KeyEntry,
  row: KeyEventRow | undefined,
): FsckFault | undefined {
  if (!row) return { table: 'keyEvent', at, detail: 'missing for a key entry' }
  if (row.kid !== entry.kid || row.issuer !== entry.issuer) {
    return { table: 'keyEvent', at, detail: 'names another key than its entry' }
  }
  const kid = fromBase64url(entry.kid)
  const same = kid && equalBytes(kid, entry.sha256) && storedKey(row.kid, row.alg, row.jwk)
  return same ? undefined : { table: 'issuerKey', at, detail: `not the key ${entry.kid}` }
}

/** What a stored body is, or why it is no record; undefined without one. */
function opened(jws: string | null | undefined): ReadRecord | Fault | undefined {
  if (typeof jws !== 'string') return undefined
  try {
    return readRecord(jws)
  } catch (error) {
    if (error instanceof Fault) return error
    throw error
  }
}

/** The columns of a version that its own record contradicts. */
function differences(
  row: VersionRow,
  { payload, contentId }: ReadRecord,
  { issuer }: RecordEntry,
  iss: string | undefined,
): string[] {
  const pairs: Record<string, [stored: unknown, signed: unknown]> = {
    issuer: [row.issuer, issuer],
    iss: [iss, payload.iss],
    seq: [row.seq, payload.seq],
    jti: [row.jti, payload.jti],
    contentId: [row.contentId, contentId],
    numberKey: [row.numberKey, numberKey(payload.sub)],
    contractNumber: [row.contractNumber, payload.sub],
  }
  const wrong = Object.entries(pairs).filter(([, [stored, signed]]) => stored !== signed)
  const names = wrong.map(([name]) => name)
  if (payload.seq === 1 && row.firstPosition !== row.position) names.push('guarantee.position')
  return names
}
