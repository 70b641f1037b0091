import { base64url } from '../base/bytes.ts'
import { Fault } from '../base/fault.ts'
import type { Instant } from '../base/time.ts'
import { checkPublicKey, type IssuerKey } from '../guarantee/issuer-key.ts'
import type { EvidenceKey, TrustedIssuer, TrustedIssuerKey } from '../log/bundle.ts'
import type { Checkpoint } from '../log/checkpoint.ts'
import type { KeyEntry } from '../log/entry.ts'
import { entryOf, isIncluded } from './leaf.ts'
import { finding, type ReportFinding } from './report.ts'

/** What the log says of a key. */
export interface LoggedKey {
  /** Place of the entry that added the key. */
  addedAt?: number
  notBefore?: Instant
  retiredAt?: Instant
  revokedAt?: Instant
  compromisedSince?: Instant
}

/**
 * The issuer's key events that evidence carries, each proved to stand in the log.
 *
 * @returns by key id, later events outdating earlier ones as they do on the platform
 */
export function loggedKeys(
  events: readonly EvidenceKey[],
  issuer: string,
  head: Checkpoint | undefined,
): { keys: Map<string, LoggedKey>; findings: ReportFinding[] } {
  const keys = new Map<string, LoggedKey>()
  const findings: ReportFinding[] = []
  for (const event of events.toSorted((a, b) => a.index - b.index)) {
    const entry = entryOf(event)
    const own = entry?.issuer === issuer && 'kid' in entry && entry.kind === event.event
    // The kid is the hash of the very bytes that the entry commits to (RFC 7638).
    if (!own || entry.kid !== event.kid || base64url(entry.sha256) !== event.kid) {
      const detail = `entry ${event.index} is not the ${event.event} of key ${event.kid}`
      findings.push(finding('KEY_ENTRY_MISMATCH', detail))
    } else if (head !== undefined && !isIncluded(event, head)) {
      const detail = `the log does not hold the ${event.event} of key ${event.kid}`
      findings.push(finding('INCLUSION_INVALID', detail))
    } else {
      keys.set(event.kid, after(keys.get(event.kid) ?? {}, entry, event.index))
    }
  }
  return { keys, findings }
}

function after(key: LoggedKey, entry: KeyEntry, index: number): LoggedKey {
  if (entry.kind === 'key-add') return { ...key, addedAt: index, notBefore: entry.at }
  if (entry.kind === 'key-retire') return { ...key, retiredAt: entry.at }
  return entry.reason === 'compromised'
    ? { ...key, revokedAt: entry.arrived, compromisedSince: entry.at }
    : { ...key, revokedAt: entry.at }
}

/**
 * The pinned key of an issuer with every limit that trust document or log put on it: either may
 * be older than the other, but where both speak they must agree.
 *
 * @param logged undefined where there is no evidence of the log
 */
export function pinnedKey(
  issuer: TrustedIssuer | undefined,
  kid: string,
  logged: LoggedKey | undefined,
): { key: IssuerKey | undefined; findings: ReportFinding[] } {
  const pinned = issuer?.keys.find((key) => key.kid === kid)
  if (issuer === undefined || pinned === undefined) {
    const detail = `the trust document has no key ${kid} of this issuer`
    return { key: undefined, findings: [finding('ISSUER_UNTRUSTED', detail)] }
  }
  if (!isSound(pinned)) {
    const detail = `the pinned key ${kid} is weak, or not what its kid and alg say`
    return { key: undefined, findings: [finding('ISSUER_UNTRUSTED', detail)] }
  }
  const key = { ...logged, ...pinned, issuer: issuer.id }
  const disagreements = logged === undefined ? [] : disagreeing(pinned, logged)
  const findings = disagreements.map((member) =>
    finding('KEY_ENTRY_MISMATCH', `log and trust document disagree on ${member} of key ${kid}`),
  )
  return { key, findings }
}

function isSound(pinned: TrustedIssuerKey): boolean {
  try {
    const { kid, alg } = checkPublicKey(pinned.jwk)
    return kid === pinned.kid && alg === pinned.alg
  } catch (error) {
    if (error instanceof Fault) return false
    throw error
  }
}

function disagreeing(pinned: TrustedIssuerKey, logged: LoggedKey): string[] {
  const members: (keyof LoggedKey & keyof TrustedIssuerKey)[] = [
    'notBefore',
    'retiredAt',
    'compromisedSince',
  ]
  // A compromise that one side has not heard of yet moves the time of revocation as well.
  if (pinned.compromisedSince === logged.compromisedSince) members.push('revokedAt')
  return members.filter(
    (member) =>
      pinned[member] !== undefined &&
      logged[member] !== undefined &&
      pinned[member] !== logged[member],
  )
}
