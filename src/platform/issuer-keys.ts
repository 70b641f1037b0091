import { base64url, sha256, utf8 } from '../base/bytes.ts'
import type { IssuerKey, PublicJwk, PublicKey } from '../guarantee/issuer-key.ts'
import { type Entry, parseEntry } from '../log/entry.ts'
import { kept } from '../store/kept.ts'
import type { Store } from '../store/store.ts'

/** One thing that happened to a key, as the log keeps it. */
export interface KeyEvent {
  position: number
  kid: string
  /** Undefined when the stored bytes are not (any more) those that `kid` is the hash of. */
  key: PublicKey | undefined
  /** The stored bytes of the log entry. */
  entry: Uint8Array
}

/** The key events of an issuer, in the order of the log. */
export function createKeyEvents(store: Store): (issuer: string) => Promise<KeyEvent[]> {
  const events = kept(store.db, (db, issuer: string) =>
    db
      .selectFrom('keyEvent')
      .innerJoin('issuerKey', 'issuerKey.kid', 'keyEvent.kid')
      .innerJoin('logEntry', 'logEntry.position', 'keyEvent.position')
      .select(['keyEvent.position', 'keyEvent.kid', 'issuerKey.alg', 'issuerKey.jwk', 'entry'])
      .where('issuerKey.issuer', '=', issuer)
      .orderBy('keyEvent.position'),
  )
  return async (issuer) =>
    (await store.all(events(issuer))).map(({ alg, jwk, ...event }) => ({
      ...event,
      key: storedKey(event.kid, alg, jwk),
    }))
}

/** `jwk` is kept as the very JSON whose hash names the key (RFC 7638 §3). */
function storedKey(kid: string, alg: string, jwk: string): PublicKey | undefined {
  if (base64url(sha256(utf8(jwk))) !== kid) return undefined
  const key = JSON.parse(jwk) as PublicJwk
  const own = key.kty === 'OKP' ? 'Ed25519' : 'ES256'
  return alg === own ? { kid, alg: own, jwk: key } : undefined
}

/** The state of a key after its events; the times are those that the log's entries state. */
export function keyAfter(issuer: string, events: readonly KeyEvent[]): IssuerKey | undefined {
  let state: IssuerKey | undefined
  for (const { kid, key, entry } of events) {
    const parsed = parseEntry(entry)
    if (key && parsed && 'kid' in parsed && parsed.kid === kid) {
      state = applied(state, parsed, { ...key, issuer })
    }
  }
  return state
}

function applied(
  key: IssuerKey | undefined,
  entry: Extract<Entry, { kid: string }>,
  added: Omit<IssuerKey, 'notBefore'>,
): IssuerKey | undefined {
  if (entry.kind === 'key-add') return { ...added, notBefore: entry.at }
  if (!key) return undefined
  if (entry.kind === 'key-retire') return { ...key, retiredAt: entry.at }
  return entry.reason === 'compromised'
    ? { ...key, revokedAt: entry.arrived, compromisedSince: entry.at }
    : { ...key, revokedAt: entry.at }
}

/** The keys of an issuer as all its events leave them. */
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
