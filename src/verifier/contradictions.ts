import { base64, base64url } from '../base/bytes.ts'
import type { Evidence } from '../log/bundle.ts'
import { parseCheckpoint } from '../log/checkpoint.ts'
import { entryOf } from './leaf.ts'
import { finding, type ReportFinding } from './report.ts'
import type { VerificationReceiptClaims } from './verification-receipt.ts'

/**
 * Where what the platform signed in a verification receipt cannot be true together with evidence
 * from its log: another guarantee, another tree, or a version that one of the two hides. A receipt
 * that is newer than the evidence, or older, is no contradiction.
 *
 * @param claims of a receipt whose signature holds
 * @param evidence that holds itself
 */
export function contradictions(
  claims: VerificationReceiptClaims,
  evidence: Evidence,
): ReportFinding[] {
  if (claims.sub !== evidence.contractNumber || claims.issuer !== evidence.issuer.id) {
    const detail = `the verification receipt is of ${claims.sub} of ${claims.issuer}`
    return [finding('STATUS_CONTRADICTION', detail)]
  }
  const details = [...aboutTrees(claims, evidence), ...aboutVersions(claims, evidence)]
  return details.map((detail) => finding('STATUS_CONTRADICTION', detail))
}

/**
 * What the receipt inside evidence must be beside that: made when its last version was the head.
 */
export function ownReceiptContradictions(
  claims: VerificationReceiptClaims,
  evidence: Evidence,
): ReportFinding[] {
  const found = contradictions(claims, evidence)
  const last = evidence.versions.at(-1)
  const { headSeq, checkpoint } = claims
  if (found.length > 0 || last === undefined) return found
  if (headSeq !== undefined && headSeq !== last.seq) {
    const detail = `the verification receipt names version ${headSeq} as the newest`
    return [finding('STATUS_CONTRADICTION', `${detail}, the evidence version ${last.seq}`)]
  }
  if (checkpoint === undefined) return []
  if (checkpoint.origin !== evidence.origin || checkpoint.size <= last.index) {
    const detail = `the verification receipt saw ${checkpoint.size} entries of ${checkpoint.origin}`
    return [finding('STATUS_CONTRADICTION', `${detail}, too few for the newest version`)]
  }
  return []
}

function aboutTrees({ checkpoint }: VerificationReceiptClaims, evidence: Evidence): string[] {
  const head = parseCheckpoint(evidence.checkpoint)
  if (checkpoint?.origin !== head?.origin || checkpoint?.size !== head?.size) return []
  if (head === undefined || checkpoint?.root === base64(head.root)) return []
  return [`the platform signed two heads of ${head.size} entries`]
}

function aboutVersions(claims: VerificationReceiptClaims, evidence: Evidence): string[] {
  const { headSeq, headSha256, checkpoint } = claims
  const last = evidence.versions.at(-1)
  if (headSeq === undefined || last === undefined) return []
  const same = evidence.versions.find(({ seq }) => seq === headSeq)
  const entry = same && entryOf(same)
  if (entry !== undefined && base64url(entry.sha256) !== headSha256) {
    return [`the verification receipt saw another version ${headSeq}`]
  }
  // Sizes of different logs cannot be compared.
  if (checkpoint === undefined || checkpoint.origin !== evidence.origin) return []
  const hidden = evidence.versions.find(
    ({ seq, index }) => seq > headSeq && index < checkpoint.size,
  )
  if (hidden !== undefined) {
    return [`version ${hidden.seq} was in the log and is hidden by the verification receipt`]
  }
  const size = parseCheckpoint(evidence.checkpoint)?.size ?? 0
  return headSeq > last.seq && checkpoint.size <= size
    ? [`version ${headSeq} was in the log and is hidden by the evidence`]
    : []
}
