import { base64url } from '../../base/bytes.ts'
import type { Instant } from '../../base/time.ts'
import { parseEntry } from '../../log/entry.ts'
import { kept } from '../../store/kept.ts'
import type { Store } from '../../store/store.ts'
import { logReader, MissingPart } from '../log/log-reader.ts'
import type { Place } from './cursor.ts'

/** What stands in the log under an issuer's name. */
export interface OwnEntry {
  kind: 'record' | 'key-add' | 'key-retire' | 'key-revoke'
  index: number
  arrivedAt: Instant
  /** base64url: of the compact JWS, or of the key's RFC 7638 JSON. */
  sha256: string
  /** Of a record. */
  contractNumber?: string
  seq?: number
  /** Of a key: which, from when the event counts, and why a revoked one was. */
  kid?: string
  at?: Instant
  reason?: 'superseded' | 'compromised'
}

/** Entries of the log under an issuer's name, by position. */
export function createOwnEntries(store: Store) {
  const log = logReader(store)
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

  /** At most `most`, from a position on. */
  return async (issuer: string, from: number, most: number) => {
    // A head that is read first: what arrives between two reads would be passed over by the later.
    const head = (await log.head())?.size ?? 0
    const range = [issuer, from, head, most] as const
    const [taken, changed] = [
      await store.all(records(...range)),
      await store.all(keyEvents(...range)),
    ]
    return [...taken, ...changed]
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
  if (entry?.issuer !== issuer || entry.kind === 'access-head' || entry.kind === 'erase') {
    throw new MissingPart(`entry ${index}`)
  }
  const common = { index, arrivedAt: entry.arrived, sha256: base64url(entry.sha256) }
  if (entry.kind === 'record') return { kind: entry.kind, ...common }
  const { kid, at, reason } = entry
  return { kind: entry.kind, ...common, kid, at, ...(reason !== '-' && { reason }) }
}
