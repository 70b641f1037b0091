import { base64 } from '../base/bytes.ts'
import { dayInTokyo, type Instant, milliseconds } from '../base/time.ts'
import { knownStatus, type Version } from '../guarantee/history.ts'
import type { Evidence, EvidenceVersion, TrustDocument } from '../log/bundle.ts'
import type { Checkpoint } from '../log/checkpoint.ts'
import { type Link, versionsOf } from './chain.ts'
import { ownReceiptContradictions } from './contradictions.ts'
import type { LoggedKey } from './issuer-key.ts'
import { entryOf, isIncluded } from './leaf.ts'
import { checkRecord } from './record.ts'
import { finding, type ReportFinding, type Tools } from './report.ts'
import { openVerificationReceipt, type VerificationReceiptClaims } from './verification-receipt.ts'

/** Age past which the state of a guarantee is worth asking for again. */
const FRESH = 24 * 3600_000

/** What evidence says. */
export interface EvidenceFacts {
  contractNumber: string
  /** `name` as pinned. */
  issuer: { id: string; name?: string }
  partial: boolean
  /** The readable versions, ascending. */
  versions: Version[]
  /**
   * Offline nobody can know that no newer version exists: the state is that of `asOf`, the time of
   * the verification receipt, else of the last arrival. Absent when not even that can be told.
   */
  status: { result: 'unknown'; asOf?: Instant; state?: string }
  /** `root` in base64. */
  checkpoint?: { origin: string; size: number; root: string }
  verificationReceipt?: VerificationReceiptClaims
}

/** What the checks of one evidence share. */
export interface EvidenceContext {
  evidence: Evidence
  trust: TrustDocument
  head: Checkpoint | undefined
  logged: Map<string, LoggedKey>
  tools: Tools
}

/** Each version against log, key and name, ascending; the links are for the chain. */
export async function checkVersions(
  context: EvidenceContext,
): Promise<{ links: Link[]; findings: ReportFinding[] }> {
  const links: Link[] = []
  const findings: ReportFinding[] = []
  for (const version of context.evidence.versions) {
    const { link, findings: found } = await checkVersion(version, context)
    links.push(link)
    findings.push(...found)
    const holds = context.head !== undefined && link.entry !== undefined
    if (holds && found.every(({ severity }) => severity === 'warning')) {
      const detail = `signed, arrived ${link.entry?.arrived}, and held by the tree of this head`
      findings.push(finding('OK', detail, version.seq))
    }
  }
  return { links, findings }
}

async function checkVersion(
  version: EvidenceVersion,
  { evidence, trust, head, logged, tools }: EvidenceContext,
): Promise<{ link: Link; findings: ReportFinding[] }> {
  const { seq, index } = version
  const { id, iss } = evidence.issuer
  const findings: ReportFinding[] = []
  if (head !== undefined && !isIncluded(version, head)) {
    findings.push(finding('INCLUSION_INVALID', `the log does not hold entry ${index}`, seq))
  }
  const entry = entryOf(version)
  if (entry?.kind !== 'record' || entry.issuer !== id) {
    findings.push(finding('ENTRY_MISMATCH', `entry ${index} is no record of ${id}`, seq))
    return { link: { seq, index, entry: undefined, record: undefined }, findings }
  }
  if (version.record === undefined) {
    const detail = 'the record was erased; only its place in the chain can be checked'
    findings.push(finding('BODY_ERASED', detail, seq))
    return { link: { seq, index, entry, record: undefined }, findings }
  }
  const { platform, contractNumber } = evidence
  const expected = { platform, iss, contractNumber, seq, entry, index }
  const issuer = trust.issuers.find((pinned) => pinned.id === id && pinned.iss === iss)
  const checked = await checkRecord(version.record, expected, issuer, logged, tools)
  findings.push(...checked.findings)
  return { link: { seq, index, entry, record: checked.record }, findings }
}

/** The verification receipt that came with the evidence, against it. */
export async function checkOwnReceipt(
  { evidence, trust, tools }: EvidenceContext,
  links: readonly Link[],
): Promise<{ claims: VerificationReceiptClaims | undefined; findings: ReportFinding[] }> {
  const jws = evidence.verificationReceipt
  const { claims, findings } = await openVerificationReceipt(jws, trust, tools)
  if (claims === undefined) return { claims, findings }
  const found = ownReceiptContradictions(claims, evidence)
  const state = stateOf(links, claims.status.asOf)
  // A look-up that failed does not vouch for the state that it shows.
  if (state !== undefined && claims.verdict !== 'failed' && state !== claims.status.state) {
    const detail = `the verification receipt says ${claims.status.state}, the history ${state}`
    found.push(finding('STATUS_CONTRADICTION', detail))
  }
  return { claims, findings: [...findings, ...found] }
}

/** The state on a day, from a history of which every version can be read. */
function stateOf(links: readonly Link[], asOf: Instant): string | undefined {
  return knownStatus(versionsOf(links), links.at(-1)?.seq ?? 0, dayInTokyo(asOf))?.state
}

/** What the evidence says, to be shown beside the outcome. */
export function factsOf(
  { evidence, trust, head }: EvidenceContext,
  links: readonly Link[],
  claims: VerificationReceiptClaims | undefined,
): EvidenceFacts {
  const { contractNumber, partial } = evidence
  const pinned = trust.issuers.find(({ id }) => id === evidence.issuer.id)
  const asOf = claims?.status.asOf ?? links.at(-1)?.entry?.arrived
  const state = claims?.status.state ?? (asOf && stateOf(links, asOf))
  return {
    contractNumber,
    issuer: { id: evidence.issuer.id, ...(pinned && { name: pinned.name }) },
    partial,
    versions: versionsOf(links),
    status: { result: 'unknown', ...(asOf && { asOf }), ...(state && { state }) },
    ...(head && { checkpoint: { ...head, root: base64(head.root) } }),
    ...(claims && { verificationReceipt: claims }),
  }
}

/** A warning when the evidence says nothing of the last 24 hours. */
export function staleness(asOf: Instant | undefined, now: Instant): ReportFinding[] {
  if (asOf === undefined || milliseconds(now) - milliseconds(asOf) <= FRESH) return []
  const detail = `all this is as of ${asOf}; look up again for what is now`
  return [finding('STALE_CHECKPOINT', detail)]
}
