import { equalBytes } from '../base/bytes.ts'
import { Fault } from '../base/fault.ts'
import { milliseconds } from '../base/time.ts'
import { type IssuerKey, judgeKey } from '../guarantee/issuer-key.ts'
import { checkClaims, type ReadRecord, readRecord } from '../guarantee/record.ts'
import type { TrustedIssuer } from '../log/bundle.ts'
import type { RecordEntry } from '../log/entry.ts'
import { type LoggedKey, pinnedKey } from './issuer-key.ts'
import { finding, type ReportFinding, type Tools } from './report.ts'

/** What a record has to be, from the file that it came with. */
export interface ExpectedRecord {
  platform: string
  /** Undefined where the issuer is not known; its records are untrusted anyway. */
  iss: string | undefined
  contractNumber: string
  seq: number
  /** The log entry that it must be, and its place. */
  entry: RecordEntry
  index: number
}

export interface CheckedRecord {
  /** Undefined when it does not pass the strict gate. */
  record: ReadRecord | undefined
  findings: ReportFinding[]
}

/**
 * A record against its log entry, the pinned key of its issuer, and what it is said to be of.
 *
 * @param issuer the pinned issuer, undefined when there is none
 * @param logged what the log says of the issuer's keys; undefined where none of the log was given
 */
export async function checkRecord(
  jws: string,
  expected: ExpectedRecord,
  issuer: TrustedIssuer | undefined,
  logged: Map<string, LoggedKey> | undefined,
  tools: Tools,
): Promise<CheckedRecord> {
  const { seq, entry } = expected
  const record = readable(jws)
  if (record instanceof Fault) {
    const detail = `the record is not well formed: ${record.message}`
    return { record: undefined, findings: [finding('RECORD_UNREADABLE', detail, seq)] }
  }
  const findings: ReportFinding[] = []
  if (!equalBytes(entry.sha256, record.sha256)) {
    findings.push(finding('ENTRY_MISMATCH', 'the log entry is that of another record', seq))
  }
  const { kid } = record.header
  const { key, findings: ofKey } = pinnedKey(issuer, kid, logged?.get(kid))
  findings.push(...ofKey.map((one) => ({ ...one, seq })))
  if (key !== undefined) {
    findings.push(...(await checkSignature(record, key, tools)), ...judged(key, expected))
    if (logged !== undefined) findings.push(...logAdded(logged.get(kid), expected))
  }
  findings.push(...checkIdentity(record, expected))
  return { record, findings }
}

function readable(jws: string): ReadRecord | Fault {
  try {
    return readRecord(jws)
  } catch (error) {
    if (error instanceof Fault) return error
    throw error
  }
}

async function checkSignature(
  record: ReadRecord,
  key: IssuerKey,
  tools: Tools,
): Promise<ReportFinding[]> {
  const { seq } = record.payload
  const valid = record.header.alg === key.alg && (await tools.verifyJws(record.jws, key))
  return valid ? [] : [finding('SIG_INVALID', `key ${key.kid} did not sign the record`, seq)]
}

function judged(key: IssuerKey, { entry, seq }: ExpectedRecord): ReportFinding[] {
  const verdict = judgeKey(key, entry.arrived)
  if (verdict !== 'ok') {
    const detail = `${verdict.replaceAll('_', ' ')} when the record arrived, ${entry.arrived}`
    return [finding('KEY_NOT_VALID_AT_ARRIVAL', detail, seq)]
  }
  if (key.compromisedSince === undefined) return []
  const detail = `the key counts as compromised since ${key.compromisedSince}, after the arrival`
  return [finding('KEY_LATER_REVOKED', detail, seq)]
}

/** The platform takes no record before it has logged its key. */
function logAdded(logged: LoggedKey | undefined, expected: ExpectedRecord): ReportFinding[] {
  const { index, seq } = expected
  if (logged?.addedAt === undefined) {
    const detail = 'the file does not show when the key came into the log; it counts as pinned'
    return [finding('KEY_ENTRY_MISSING', detail, seq)]
  }
  if (logged.addedAt < index) return []
  return [finding('KEY_NOT_VALID_AT_ARRIVAL', 'the key came into the log after the record', seq)]
}

/** A genuine record of another guarantee, platform or place is no record of this one. */
function checkIdentity(record: ReadRecord, expected: ExpectedRecord): ReportFinding[] {
  const { payload } = record
  const { seq, contractNumber, iss, platform, entry } = expected
  const findings: ReportFinding[] = []
  if (payload.sub !== contractNumber || payload.seq !== seq) {
    const detail = `the record is seq ${payload.seq} of ${payload.sub}`
    findings.push(finding('CHAIN_BROKEN', `${detail}, not ${seq} of ${contractNumber}`, seq))
  }
  try {
    const now = milliseconds(entry.arrived)
    checkClaims(record, { iss: iss ?? payload.iss, platform, now })
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    findings.push(finding('CHAIN_BROKEN', `the record is not for here: ${error.message}`, seq))
  }
  return findings
}
