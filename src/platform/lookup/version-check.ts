import { base64url, equalBytes, sha256, utf8 } from '../../base/bytes.ts'
import { DigestSet } from '../../base/digest-set.ts'
import { type IssuerKey, judgeKey } from '../../guarantee/issuer-key.ts'
import { readSeen, rereadRecord, type SeenRecord } from '../../guarantee/record.ts'
import { type Entry, parseEntry } from '../../log/entry.ts'
import type { Ports } from '../../ports.ts'
import { type KeyEvent, keyAfter } from '../directory/issuer-keys.ts'
import { orUnreadable, type StoredVersion } from '../intake/chain.ts'
import { isErasureOf } from '../intake/erasures.ts'
import type { TreeCheck } from './tree-check.ts'

/** Something that keeps one of the first three checks from passing. */
export interface Problem {
  id: 'integrity' | 'issuer' | 'log'
  result: 'fail' | 'unknown'
  code: string
}

export interface CheckedVersion {
  stored: StoredVersion
  /** The log entry at the version's position, when it is one of a record. */
  entry: Extract<Entry, { kind: 'record' }> | undefined
  record: SeenRecord | undefined
  key: IssuerKey | undefined
  problems: Problem[]
}

export interface VersionContext {
  /** Without `iss` when the issuer's row is lost. */
  issuer: { id: string; iss: string | undefined }
  contractNumber: string
  keyEvents: readonly KeyEvent[]
  tree: TreeCheck
}

/** One stored version against its own signature, its issuer's key and its log entry. */
export function createVersionCheck({ verifyJws, remembering }: Ports) {
  // Of records that were read, and are signed by the key that they name.
  const verified = new DigestSet(remembering.signatures)

  function read(jws: string): SeenRecord | undefined {
    const digest = sha256(utf8(jws))
    return verified.has(digest)
      ? rereadRecord(jws, digest)
      : orUnreadable(() => readSeen(jws, digest))
  }

  async function signed(record: SeenRecord, key: IssuerKey): Promise<boolean> {
    // The kid is the hash of the key's bytes: no other key was asked.
    if (verified.has(record.sha256)) return true
    const valid = record.header.alg === key.alg && (await verifyJws(record.jws, key))
    if (valid) verified.add(record.sha256)
    return valid
  }

  return async function versionCheck(
    stored: StoredVersion,
    context: VersionContext,
  ): Promise<CheckedVersion> {
    const { jws } = stored
    const entry = recordEntry(stored, context)
    const problems = logProblems(stored, entry, context)
    const record = jws === null ? undefined : read(jws)
    if (!record) {
      // Only the record names the key that signed it.
      problems.push(
        jws === null ? withoutBody(stored, entry, context) : UNREADABLE_RECORD,
        UNKNOWN_SIGNER,
      )
      return { stored, entry, record, key: undefined, problems }
    }
    if (entry && !equalBytes(entry.sha256, record.sha256)) {
      problems.push({ id: 'log', result: 'fail', code: 'ENTRY_MISMATCH' })
    }
    const { kid } = record.header
    const events = context.keyEvents.filter((event) => event.kid === kid)
    const key = keyAfter(context.issuer.id, events)
    problems.push(...keyProblems(events, key, context), ...named(record, context))
    if (key) {
      if (!(await signed(record, key)))
        problems.push({ id: 'integrity', result: 'fail', code: 'SIG_INVALID' })
      if (entry && judgeKey(key, entry.arrived) !== 'ok') {
        problems.push({ id: 'issuer', result: 'fail', code: 'KEY_NOT_VALID_AT_ARRIVAL' })
      }
    } else {
      problems.push({ id: 'integrity', result: 'unknown', code: 'NOT_CHECKED' })
    }
    return { stored, entry, record, key, problems }
  }
}

const ERASED: Problem = { id: 'integrity', result: 'unknown', code: 'BODY_ERASED' }
const MISSING_RECORD: Problem = { id: 'integrity', result: 'fail', code: 'RECORD_MISSING' }
const UNREADABLE_RECORD: Problem = { id: 'integrity', result: 'fail', code: 'RECORD_UNREADABLE' }
const UNKNOWN_ERASURE: Problem = { id: 'integrity', result: 'unknown', code: 'NOT_CHECKED' }
const UNKNOWN_SIGNER: Problem = { id: 'issuer', result: 'unknown', code: 'NOT_CHECKED' }

/** A body may be missing only where the signed tree holds the erasure of this very record. */
function withoutBody(
  { erasure }: StoredVersion,
  entry: CheckedVersion['entry'],
  { tree }: VersionContext,
): Problem {
  if (!erasure?.bytes || !isErasureOf(erasure.entry, entry)) return MISSING_RECORD
  const held = tree.holds(erasure.at, erasure.bytes)
  if (held === undefined) return UNKNOWN_ERASURE
  return held ? ERASED : MISSING_RECORD
}

function recordEntry(
  { entry }: StoredVersion,
  { issuer }: VersionContext,
): CheckedVersion['entry'] {
  const parsed = entry ? parseEntry(entry) : undefined
  return parsed?.kind === 'record' && parsed.issuer === issuer.id ? parsed : undefined
}

/** The stored entry: there, one of this issuer's record, in the signed tree. */
function logProblems(
  { position, entry: bytes }: StoredVersion,
  entry: CheckedVersion['entry'],
  { tree }: VersionContext,
): Problem[] {
  const problems: Problem[] = []
  if (!entry) problems.push({ id: 'log', result: 'fail', code: 'ENTRY_MISMATCH' })
  const held = bytes ? tree.holds(position, bytes) : true
  if (held === false) problems.push({ id: 'log', result: 'fail', code: 'INCLUSION_INVALID' })
  if (held === undefined) problems.push({ id: 'log', result: 'unknown', code: 'STORE_UNREADABLE' })
  return problems
}

/** The key's own history: each event about this key, and in the signed tree. */
function keyProblems(
  events: readonly KeyEvent[],
  key: IssuerKey | undefined,
  { tree }: VersionContext,
): Problem[] {
  const held = events.map(({ position, bytes, entry, key: own }) =>
    bytes && entry && own ? tree.holdsKey(position, bytes) : false,
  )
  if (held.includes(false)) return [{ id: 'issuer', result: 'fail', code: 'KEY_ENTRY_MISMATCH' }]
  if (!key) return [{ id: 'issuer', result: 'fail', code: 'ISSUER_UNTRUSTED' }]
  if (held.includes(undefined)) return [{ id: 'issuer', result: 'unknown', code: 'NOT_CHECKED' }]
  return []
}

/** Whether the record speaks of this issuer and this guarantee, and not of another one. */
function named({ payload }: SeenRecord, { issuer, contractNumber }: VersionContext): Problem[] {
  const problems: Problem[] = []
  if (payload.iss !== issuer.iss) {
    problems.push({ id: 'issuer', result: 'fail', code: 'ISSUER_UNTRUSTED' })
  }
  if (payload.sub !== contractNumber) {
    problems.push({ id: 'log', result: 'fail', code: 'CHAIN_BROKEN' })
  }
  return problems
}

/**
 * Whether the versions form one chain: no gap, each after the one before, each naming its bytes, and
 * as many as the guarantee's own row counts.
 */
export function chainProblems(versions: readonly CheckedVersion[], newestSeq: number): Problem[] {
  const broken = versions.some(({ stored, entry, record }, i) => {
    const before = versions[i - 1]
    if (stored.seq !== i + 1 || (record && record.payload.seq !== stored.seq)) return true
    if (!before) return record !== undefined && record.payload.prev !== null
    const prev = before.entry && base64url(before.entry.sha256)
    const late = entry && before.entry && entry.arrived < before.entry.arrived
    return (
      late || stored.position <= before.stored.position || (record && record.payload.prev !== prev)
    )
  })
  return broken || versions.length === 0 || versions.length !== newestSeq
    ? [{ id: 'log', result: 'fail', code: 'CHAIN_BROKEN' }]
    : []
}
