import { base64url } from '../../base/bytes.ts'
import type { Instant } from '../../base/time.ts'
import { parseEntry } from '../../log/entry.ts'
import { kept } from '../../store/kept.ts'
import type { Store } from '../../store/store.ts'
import { logReader, MissingPart } from '../log/log-reader.ts'
import type { Place } from './cursor.ts'

/** What stands in the log under an issuer's name. */
export interface OwnEntry {
  kind: 'record' | 'key-add' | 'key-retire' | 'key-revoke' | 'erase'
  index: number
  arrivedAt: Instant
  /** base64url: of the compact JWS, or of the key's RFC 7638 JSON. */
  sha256: string
  /** Of a record that came, or that was erased. */
  contractNumber?: string
  seq?: number
  /** Of a key: which, and from when the event counts. */
  kid?: string
  at?: Instant
  /** Why a key was revoked, or a record erased: a code. */
  reason?: string
}

/** Entries of the log under an issuer's name, by position. */
export function createOwnEntries(store: Store) {
  const log = logReader(store)
  const queries = createQueries(store)

  /** At most `most`, from a position on. */
  return async (issuer: string, from: number, most: number) => {
    // A head that is read first: what arrives between two reads would be passed over by the later.
    const head = (await log.head())?.size ?? 0
    const range = [issuer, from, head, most] as const
    const found = queries.map((query) => store.all(query(...range)))
    return (await Promise.all(found))
      .flat()
      .toSorted((one, other) => one.position - other.position)
      .slice(0, most)
      .map(({ position, entry, ...guarantee }) => {
        const item: OwnEntry = { ...stated(issuer, position, entry), ...guarantee }
        return { place: { id: position, at: item.arrivedAt } satisfies Place, item }
      })
  }
}

/** What the entry itself says: the rows beside it are no evidence. */
function stated(issuer: string, index: number, bytes: Uint8Array | null): OwnEntry {
  const entry = bytes ? parseEntry(bytes) : undefined
  if (entry?.issuer !== issuer || entry.kind === 'access-head') {
    throw new MissingPart(`entry ${index}`)
  }
  const { kind, arrived, sha256 } = entry
  const common = { kind, index, arrivedAt: arrived, sha256: base64url(sha256) }
  if (entry.kind === 'record') return common
  if (entry.kind === 'erase') return { ...common, reason: entry.reason }
  const { kid, at, reason } = entry
  return { ...common, kid, at, ...(reason !== '-' && { reason }) }
}

/** One for each table that says which entries are an issuer's, and what they are about. */
function createQueries(store: Store) {
  const records = kept(store.db, (db, issuer: string, from: number, head: number, most: number) =>
    db
      .selectFrom('version')
      .innerJoin('guarantee', (join) =>
        join
          .onRef('guarantee.issuer', '=', 'version.issuer')
          .onRef('guarantee.numberKey', '=', 'version.numberKey'),
      )
      .leftJoin('logEntry', 'logEntry.position', 'version.position')
      .select(['version.position', 'entry', 'contractNumber', 'seq'])
      .where('version.issuer', '=', issuer)
      .where('version.position', '>=', from)
      .where('version.position', '<', head)
      .orderBy('version.position')
      .limit(most),
  )
  const keyEvents = kept(store.db, (db, issuer: string, from: number, head: number, most: number) =>
    db
      .selectFrom('keyEvent')
      .innerJoin('issuerKey', 'issuerKey.kid', 'keyEvent.kid')
      .leftJoin('logEntry', 'logEntry.position', 'keyEvent.position')
      .select(['keyEvent.position', 'entry'])
      .where('issuerKey.issuer', '=', issuer)
      .where('keyEvent.position', '>=', from)
      .where('keyEvent.position', '<', head)
      .orderBy('keyEvent.position')
      .limit(most),
  )
  const erasures = kept(store.db, (db, issuer: string, from: number, head: number, most: number) =>
    db
      .selectFrom('erasure')
      .innerJoin('version', 'version.position', 'erasure.position')
      .innerJoin('guarantee', (join) =>
        join
          .onRef('guarantee.issuer', '=', 'version.issuer')
          .onRef('guarantee.numberKey', '=', 'version.numberKey'),
      )
      .leftJoin('logEntry', 'logEntry.position', 'erasure.entry')
      .select(['erasure.entry as position', 'logEntry.entry', 'contractNumber', 'seq'])
      .where('version.issuer', '=', issuer)
      .where('erasure.entry', '>=', from)
      .where('erasure.entry', '<', head)
      .orderBy('erasure.entry')
      .limit(most),
  )
  return [records, keyEvents, erasures]
}
