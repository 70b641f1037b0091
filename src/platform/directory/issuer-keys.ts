import type { CompiledQuery } from 'kysely'
import { base64, base64url, sha256, utf8 } from '../../base/bytes.ts'
import { Fault } from '../../base/fault.ts'
import { Memo } from '../../base/memo.ts'
import type { IssuerKey, PublicJwk, PublicKey } from '../../guarantee/issuer-key.ts'
import { type KeyEntry, parseEntry } from '../../log/entry.ts'
import { asked } from '../../store/asked.ts'
import { kept } from '../../store/kept.ts'
import type { Store } from '../../store/store.ts'
import type { Tables } from '../../store/tables.ts'

/** One thing that happened to a key, as the log keeps it. */
export interface KeyEvent {
  position: number
  kid: string
  /** Undefined when the stored bytes are not (any more) those that `kid` is the hash of. */
  key: PublicKey | undefined
  /** The stored bytes of its log entry, null when the log has lost it. */
  bytes: Uint8Array | null
  /** The entry; undefined when the bytes do not state (any more) an event of this issuer's key. */
  entry: KeyEntry | undefined
}

/** By name, so that a column which a damaged schema has lost is an error and not an empty value. */
export const ISSUER_COLUMNS = [
  'issuer.id',
  'iss',
  'name',
  'numberPattern',
  'class',
  'phone',
  'url',
  'hours',
] as const

/** Events whose bytes need not be read a second time; an issuer has a few. */
const REMEMBERED = 1000

/** The row of an issuer and its key events, for a snapshot: every look-up asks for them. */
export function createIssuerQueries(store: Store) {
  const row = kept(store.db, (db, id: string) =>
    db.selectFrom('issuer').select(ISSUER_COLUMNS).where('id', '=', id),
  )
  const keyEvents = createKeyEvents(store)
  return {
    row: (id: string): CompiledQuery<Tables['issuer']> => row(id),
    events: keyEvents.query,
    /** The rows of `events`, ascending. */
    read: keyEvents.read,
  }
}

/** What is stored of a key event. */
interface EventRow {
  position: number
  kid: string
  alg: string
  jwk: string
  entry: Uint8Array | null
}

/** The key events of an issuer, in the order of the log. */
export function createKeyEvents(store: Store) {
  const remembered = new Memo<KeyEvent>(REMEMBERED)
  const events = kept(store.db, (db, issuer: string) =>
    db
      .selectFrom(asked(db, { issuer }))
      .innerJoin('issuerKey', 'issuerKey.issuer', 'asked.issuer')
      .innerJoin('keyEvent', 'keyEvent.kid', 'issuerKey.kid')
      .leftJoin('logEntry', 'logEntry.position', 'keyEvent.position')
      .select(['keyEvent.position', 'keyEvent.kid', 'issuerKey.alg', 'issuerKey.jwk', 'entry']),
  )

  function readOne(issuer: string, { position, kid, alg, jwk, entry: bytes }: EventRow): KeyEvent {
    const stored = `${position} ${issuer} ${kid} ${alg} ${jwk} ${bytes && base64(bytes)}`
    return remembered.get(stored, () => ({
      position,
      kid,
      key: storedKey(kid, alg, jwk),
      bytes,
      entry: keyEntry(bytes, issuer, kid),
    }))
  }

  const read = (issuer: string, rows: readonly EventRow[]): KeyEvent[] =>
    rows.map((row) => readOne(issuer, row)).sort((a, b) => a.position - b.position)
  const query = (issuer: string): CompiledQuery<EventRow> => events(issuer)
  const all = async (issuer: string): Promise<KeyEvent[]> =>
    read(issuer, await store.all(query(issuer)))
  return Object.assign(all, { query, read })
}

/** An entry commits to the key by the hash that is its name. */
function keyEntry(bytes: Uint8Array | null, issuer: string, kid: string): KeyEntry | undefined {
  const entry = bytes ? parseEntry(bytes) : undefined
  if (entry?.issuer !== issuer || !('kid' in entry) || entry.kid !== kid) return undefined
  return base64url(entry.sha256) === kid ? entry : undefined
}

/**
 * The key of a row; undefined unless its parts agree. `jwk` is kept as the very JSON whose hash
 * names the key (RFC 7638 §3).
 */
export function storedKey(kid: string, alg: string, jwk: string): PublicKey | undefined {
  if (base64url(sha256(utf8(jwk))) !== kid) return undefined
  const key = JSON.parse(jwk) as PublicJwk
  const own = key.kty === 'OKP' ? 'Ed25519' : 'ES256'
  return alg === own ? { kid, alg: own, jwk: key } : undefined
}

/**
 * The state of a key after its events; the times are those that the log's entries state. Undefined
 * when one of them cannot be read: it may be the one that revoked the key.
 */
export function keyAfter(issuer: string, events: readonly KeyEvent[]): IssuerKey | undefined {
  let state: IssuerKey | undefined
  for (const { key, entry } of events) {
    if (!key || !entry) return undefined
    state = applied(state, entry, { ...key, issuer })
  }
  return state
}

/**
 * One key out of all events of its issuer, for deeds that rest on it; undefined when there is none.
 * @throws Fault store_unavailable when something of it cannot be read
 */
export function usableKey(
  issuer: string,
  kid: string,
  events: readonly KeyEvent[],
): IssuerKey | undefined {
  const own = events.filter((event) => event.kid === kid)
  const key = keyAfter(issuer, own)
  if (key || own.length === 0) return key
  throw new Fault(
    'store_unavailable',
    `What is stored of the key ${kid} is damaged. The operator runs akashi log fsck.`,
  )
}

function applied(
  key: IssuerKey | undefined,
  entry: KeyEntry,
  added: Omit<IssuerKey, 'notBefore'>,
): IssuerKey | undefined {
  if (entry.kind === 'key-add') return { ...added, notBefore: entry.at }
  if (!key) return undefined
  if (entry.kind === 'key-retire') return { ...key, retiredAt: entry.at }
  return entry.reason === 'compromised'
    ? { ...key, revokedAt: entry.arrived, compromisedSince: entry.at }
    : { ...key, revokedAt: entry.at }
}

/** The keys of an issuer as all their events leave them, without those that cannot be read. */
export function keysAfter(issuer: string, events: readonly KeyEvent[]): IssuerKey[] {
  const kids = [...new Set(events.map(({ kid }) => kid))]
  return kids.flatMap(
    (kid) =>
      keyAfter(
        issuer,
        events.filter((event) => event.kid === kid),
      ) ?? [],
  )
}
