import type { Algorithm, IssuerKey, PublicJwk } from '../guarantee/issuer-key.ts'
import { type Entry, parseEntry } from '../log/entry.ts'
import { kept } from '../store/kept.ts'
import type { Store } from '../store/store.ts'

/** One thing that happened to a key, as the log keeps it. */
export interface KeyEvent {
  position: number
  kid: string
  alg: Algorithm
  jwk: PublicJwk
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
      alg: alg as Algorithm,
      jwk: JSON.parse(jwk) as PublicJwk,
    }))
}

/** The state of a key after its events; the times are those that the log's entries state. */
export function keyAfter(issuer: string, events: readonly KeyEvent[]): IssuerKey | undefined {
  let key: IssuerKey | undefined
  for (const { kid, alg, jwk, entry } of events) {
    const parsed = parseEntry(entry)
    if (parsed && 'kid' in parsed && parsed.kid === kid) {
      key = applied(key, parsed, { kid, alg, jwk, issuer })
    }
  }
  return key
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
