import { base64, fromBase64, fromUtf8, utf8 } from '../base/bytes.ts'
import { type Instant, isInstant } from '../base/time.ts'
import { parseDecimal } from './decimal.ts'
import { HASH_LENGTH } from './tree.ts'

const HEADER = 'akashi-log/v1'

/** A guarantee record arrived; `sha256` is that of its compact JWS. */
export interface RecordEntry {
  kind: 'record'
  issuer: string
  arrived: Instant
  sha256: Uint8Array
}

/** An issuer's key was added, retired or revoked; `sha256` is that of its RFC 7638 JWK JSON. */
export interface KeyEntry {
  kind: 'key-add' | 'key-retire' | 'key-revoke'
  issuer: string
  arrived: Instant
  sha256: Uint8Array
  /** RFC 7638 thumbprint, base64url. */
  kid: string
  /** notBefore, retiredAt, compromisedSince or the time of revocation. */
  at: Instant
  /** `-` unless the key is revoked. */
  reason: 'superseded' | 'compromised' | '-'
}

/** Head of the access log's chain after `count` rows. */
export interface AccessHeadEntry {
  kind: 'access-head'
  issuer: '-'
  arrived: Instant
  sha256: Uint8Array
  count: number
}

/** The body of a record was erased; `sha256` is that of the erased JWS. */
export interface EraseEntry {
  kind: 'erase'
  issuer: string
  arrived: Instant
  sha256: Uint8Array
  /** A code, never text: the log is public. */
  reason: string
}

/** One leaf of the log. It names no contract: the log may be shown to everyone. */
export type Entry = RecordEntry | KeyEntry | AccessHeadEntry | EraseEntry

/** Whether `text` can be the reason of an erasure: a code, 1 to 64 of `[a-z0-9_-]`. */
export function isEraseReason(text: string): boolean {
  return /^[a-z0-9_-]{1,64}$/.test(text)
}

/** Whether `text` can name an issuer: 1 to 32 of `[a-z0-9-]`, no hyphen first. */
export function isIssuerId(text: string): boolean {
  return /^[a-z0-9][a-z0-9-]{0,31}$/.test(text)
}

/**
 * Bytes of an entry: `name value` lines in fixed order, each ending in LF, under the line
 * `akashi-log/v1`.
 *
 * @throws RangeError when a member does not have its form; nothing may smuggle in a line
 */
export function formatEntry(entry: Entry): Uint8Array {
  if (!isWellFormed(entry)) throw new RangeError(`not a log entry: ${JSON.stringify(entry)}`)
  return utf8(linesOf(entry))
}

/**
 * The entry of its bytes; undefined unless they are exactly what {@link formatEntry} writes.
 */
export function parseEntry(bytes: Uint8Array): Entry | undefined {
  // ASCII only, so that one character is one byte and no decoding can fail.
  for (const byte of bytes) if (byte > 0x7e) return undefined
  const text = fromUtf8(bytes)
  const values = valuesOf(text)
  if (values === undefined) return undefined
  const entry = entryOf(values)
  if (entry === undefined || !isWellFormed(entry)) return undefined
  // The one comparison that refuses a wrong order, a line more, or any other second spelling.
  return linesOf(entry) === text ? entry : undefined
}

function linesOf(entry: Entry): string {
  const lines = [
    HEADER,
    `kind ${entry.kind}`,
    `issuer ${entry.issuer}`,
    `arrived ${entry.arrived}`,
    `sha256 ${base64(entry.sha256)}`,
  ]
  switch (entry.kind) {
    case 'record':
      break
    case 'key-add':
    case 'key-retire':
    case 'key-revoke':
      lines.push(`kid ${entry.kid}`, `at ${entry.at}`, `reason ${entry.reason}`)
      break
    case 'access-head':
      lines.push(`count ${entry.count}`)
      break
    case 'erase':
      lines.push(`reason ${entry.reason}`)
  }
  return `${lines.join('\n')}\n`
}

/** Values by name; undefined for a text that is not `name value` lines under the header. */
function valuesOf(text: string): Map<string, string> | undefined {
  const [header, ...lines] = text.split('\n')
  if (header !== HEADER || lines.pop() !== '') return undefined
  return new Map(
    lines.map((line) => {
      const space = line.indexOf(' ')
      return [line.slice(0, space), line.slice(space + 1)]
    }),
  )
}

/** What the values say, in the shape of their kind; undefined for a kind that there is not. */
function entryOf(values: Map<string, string>): Entry | undefined {
  const text = (name: string) => values.get(name) ?? ''
  const issuer = text('issuer')
  const arrived = text('arrived')
  const sha256 = fromBase64(text('sha256')) ?? new Uint8Array()
  const kind = text('kind') as Entry['kind']
  switch (kind) {
    case 'record':
      return { kind, issuer, arrived, sha256 }
    case 'key-add':
    case 'key-retire':
    case 'key-revoke': {
      const reason = text('reason') as KeyEntry['reason']
      return { kind, issuer, arrived, sha256, kid: text('kid'), at: text('at'), reason }
    }
    case 'access-head': {
      const count = parseDecimal(text('count')) ?? Number.NaN
      return { kind, issuer: issuer as '-', arrived, sha256, count }
    }
    case 'erase':
      return { kind, issuer, arrived, sha256, reason: text('reason') }
    default:
      return undefined
  }
}

/** Whether every member has its form, so that none can smuggle in a line. */
function isWellFormed(entry: Entry): boolean {
  if (entry.sha256.length !== HASH_LENGTH || !isInstant(entry.arrived)) return false
  switch (entry.kind) {
    case 'access-head':
      return entry.issuer === '-' && Number.isSafeInteger(entry.count) && entry.count >= 0
    case 'record':
      return isIssuerId(entry.issuer)
    case 'erase':
      return isIssuerId(entry.issuer) && /^[a-z0-9_-]{1,64}$/.test(entry.reason)
    default:
      return (
        isIssuerId(entry.issuer) &&
        /^[A-Za-z0-9_-]{43}$/.test(entry.kid) &&
        isInstant(entry.at) &&
        isKeyReason(entry.kind, entry.reason)
      )
  }
}

function isKeyReason(kind: KeyEntry['kind'], reason: string): boolean {
  if (kind !== 'key-revoke') return reason === '-'
  return reason === 'superseded' || reason === 'compromised'
}
