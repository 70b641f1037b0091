import type { Instant } from '../base/time.ts'
import type { VerifyJws } from '../guarantee/record.ts'
import type { VerifyEd25519 } from '../log/checkpoint.ts'

/**
 * `invalid`: what was checked is not genuine. `untrusted`: it could not be checked with this
 * trust document. `warning`: it holds, and somebody should know this beside it.
 */
type Severity = 'invalid' | 'untrusted' | 'warning' | 'ok'

/** Every finding of the offline check, with what it means for the whole (record-and-log.md §6). */
const SEVERITIES = {
  OK: 'ok',
  BUNDLE_FORMAT: 'invalid',
  RECORD_UNREADABLE: 'invalid',
  SIG_INVALID: 'invalid',
  KEY_NOT_VALID_AT_ARRIVAL: 'invalid',
  KEY_ENTRY_MISMATCH: 'invalid',
  CHAIN_BROKEN: 'invalid',
  ENTRY_MISMATCH: 'invalid',
  INCLUSION_INVALID: 'invalid',
  CHECKPOINT_SIG_INVALID: 'invalid',
  LOG_FORKED: 'invalid',
  STATUS_CONTRADICTION: 'invalid',
  TRUST_MISSING: 'untrusted',
  ISSUER_UNTRUSTED: 'untrusted',
  LOG_UNTRUSTED: 'untrusted',
  PAST_SEAL_UNTRUSTED: 'untrusted',
  RECEIPT_UNTRUSTED: 'untrusted',
  BODY_ERASED: 'untrusted',
  KEY_LATER_REVOKED: 'warning',
  KEY_ENTRY_MISSING: 'warning',
  WITNESS_QUORUM_MISSING: 'warning',
  NO_EXTERNAL_TIME: 'warning',
  STALE_CHECKPOINT: 'warning',
  RECORD_NOT_GIVEN: 'warning',
} as const satisfies Record<string, Severity>

export type FindingCode = keyof typeof SEVERITIES

/** One thing that the check found; `detail` is English and names what it is about. */
export interface ReportFinding {
  code: FindingCode
  severity: Severity
  detail: string
  /** The version concerned. */
  seq?: number
}

export type Outcome = 'valid' | 'invalid' | 'unknown'

/** Result of an offline check. Facts are what was read; they count only as far as `outcome` says. */
export interface Report<Facts> {
  outcome: Outcome
  /** In the order of checking. */
  findings: ReportFinding[]
  facts?: Facts
}

/** What the pure check needs from the runtime. */
export interface Tools {
  verifyJws: VerifyJws
  verifyEd25519: VerifyEd25519
  now: Instant
}

/** A finding with the severity that its code has everywhere. */
export function finding(code: FindingCode, detail: string, seq?: number): ReportFinding {
  const severity = SEVERITIES[code]
  return seq === undefined ? { code, severity, detail } : { code, severity, detail, seq }
}

/** A report of these findings: one that is invalid outweighs all, then one that is untrusted. */
export function reportOf<Facts>(findings: ReportFinding[], facts?: Facts): Report<Facts> {
  const has = (severity: Severity) => findings.some((one) => one.severity === severity)
  const outcome = has('invalid') ? 'invalid' : has('untrusted') ? 'unknown' : 'valid'
  return facts === undefined ? { outcome, findings } : { outcome, findings, facts }
}

/** Exit status of `akashi verify`: 0 valid, 1 not valid, 3 could not be checked (interface.md). */
export function exitCode(outcome: Outcome): 0 | 1 | 3 {
  return outcome === 'valid' ? 0 : outcome === 'invalid' ? 1 : 3
}
