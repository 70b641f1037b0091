import { parseEvidence, parseReceipt, type Receipt, type TrustDocument } from '../log/bundle.ts'
import { checkChain } from './chain.ts'
import { contradictions } from './contradictions.ts'
import {
  checkOwnReceipt,
  checkVersions,
  type EvidenceFacts,
  factsOf,
  staleness,
} from './evidence.ts'
import { checkHead, sealFinding } from './head.ts'
import { loggedKeys } from './issuer-key.ts'
import { checkIssuerReceipt } from './receipt.ts'
import { finding, type Report, type ReportFinding, reportOf, type Tools } from './report.ts'
import { openVerificationReceipt, type VerificationReceiptClaims } from './verification-receipt.ts'

/**
 * The whole check of evidence (`akashi-evidence/v1`) without the platform, in the order of
 * record-and-log.md §5: head, keys, each version, chain, verification receipt.
 *
 * @param value parsed JSON; anything
 * @param trust pinned beforehand, never taken from the same hands as the evidence
 */
export async function checkEvidence(
  value: unknown,
  trust: TrustDocument | undefined,
  tools: Tools,
): Promise<Report<EvidenceFacts>> {
  const evidence = parseEvidence(value)
  if (evidence === undefined) return notOfFormat('evidence of format akashi-evidence/v1')
  if (trust === undefined) return withoutTrust()
  if (evidence.platform !== trust.platform) {
    const detail = `the evidence is of ${evidence.platform}, the trust of ${trust.platform}`
    return reportOf([finding('LOG_UNTRUSTED', detail)])
  }
  const { head, findings } = await checkHead(evidence.checkpoint, evidence.origin, trust, tools)
  const { keys, findings: ofKeys } = loggedKeys(evidence.keys, evidence.issuer.id, head)
  const context = { evidence, trust, head, logged: keys, tools }
  const { links, findings: ofVersions } = await checkVersions(context)
  const ofChain = checkChain(links, evidence.partial)
  const { claims, findings: ofReceipt } = await checkOwnReceipt(context, links)
  const facts = factsOf(context, links, claims)
  const all = [...findings, ...ofKeys, ...ofVersions, ...ofChain, ...ofReceipt]
  return reportOf([...all, ...staleness(facts.status.asOf, tools.now)], facts)
}

/**
 * The receipt that an issuer got for a record: the entry in it stands in the log, and, with the
 * record, is that record's.
 *
 * @param value parsed JSON; anything
 * @param record compact JWS; without it number and seq of the receipt stay unproved
 */
export async function checkReceipt(
  value: unknown,
  record: string | undefined,
  trust: TrustDocument | undefined,
  tools: Tools,
): Promise<Report<Receipt>> {
  const receipt = parseReceipt(value)
  if (receipt === undefined) return notOfFormat('a receipt of this platform')
  if (trust === undefined) return withoutTrust()
  return reportOf(await checkIssuerReceipt(receipt, record, trust, tools), receipt)
}

/**
 * A verification receipt (検証票): signed by the platform and, beside evidence, not contradicting
 * what its log shows. A contradiction convicts the platform, so the evidence is checked first.
 *
 * @param jws compact JWS
 * @param evidence parsed JSON; undefined where there is none
 */
export async function checkVerificationReceipt(
  jws: string,
  trust: TrustDocument | undefined,
  evidence: unknown,
  tools: Tools,
): Promise<Report<VerificationReceiptClaims>> {
  if (trust === undefined) return withoutTrust()
  const { claims, findings } = await openVerificationReceipt(jws, trust, tools)
  const pastSeal = sealFinding(claims?.checkpoint, trust)
  const all: ReportFinding[] = [...findings, ...(pastSeal ? [pastSeal] : [])]
  if (evidence !== undefined) {
    const report = await checkEvidence(evidence, trust, tools)
    all.push(...report.findings)
    const parsed = parseEvidence(evidence)
    if (report.outcome === 'valid' && claims && parsed) all.push(...contradictions(claims, parsed))
  }
  return reportOf(all, claims)
}

function notOfFormat<Facts>(what: string): Report<Facts> {
  return reportOf([finding('BUNDLE_FORMAT', `this is not ${what}`)])
}

function withoutTrust<Facts>(): Report<Facts> {
  const detail = 'nothing can be checked without a trust document; give that of the platform'
  return reportOf([finding('TRUST_MISSING', detail)])
}
