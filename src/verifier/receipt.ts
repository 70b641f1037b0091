import { base64 } from '../base/bytes.ts'
import type { Receipt, TrustDocument } from '../log/bundle.ts'
import { type Checkpoint, parseCheckpoint } from '../log/checkpoint.ts'
import { parseEntry, type RecordEntry } from '../log/entry.ts'
import { parseProof, type TlogProof } from '../log/receipt.ts'
import { checkHead } from './head.ts'
import { isIncluded } from './leaf.ts'
import { checkRecord } from './record.ts'
import { finding, type ReportFinding, type Tools } from './report.ts'

/**
 * An issuer's receipt: the signed head, the entry in its tree, what the receipt says beside what
 * the proof shows, then the record, when it is given.
 */
export async function checkIssuerReceipt(
  receipt: Receipt,
  record: string | undefined,
  trust: TrustDocument,
  tools: Tools,
): Promise<ReportFinding[]> {
  const proof = parseProof(receipt.proof)
  const claimed = proof && parseCheckpoint(proof.checkpoint)
  if (proof?.extra === undefined || claimed === undefined) {
    return [finding('BUNDLE_FORMAT', 'the proof is no c2sp.org/tlog-proof@v1 with an entry')]
  }
  const { findings } = await checkHead(proof.checkpoint, claimed.origin, trust, tools)
  const placed = {
    entry: base64(proof.extra),
    index: proof.index,
    inclusion: proof.hashes.map(base64),
  }
  if (!isIncluded(placed, claimed)) {
    findings.push(finding('INCLUSION_INVALID', `the log does not hold entry ${proof.index}`))
  }
  const entry = parseEntry(proof.extra)
  if (entry?.kind !== 'record' || !agrees(receipt, entry, proof, claimed)) {
    return [...findings, finding('ENTRY_MISMATCH', 'the receipt says another thing than its proof')]
  }
  findings.push(finding('OK', `entry ${proof.index} of ${entry.issuer} arrived ${entry.arrived}`))
  return [...findings, ...(await checkGiven(record, receipt, entry, trust, tools))]
}

function agrees(receipt: Receipt, entry: RecordEntry, proof: TlogProof, head: Checkpoint): boolean {
  const { issuer, arrivedAt, index, treeSize } = receipt
  const sameEntry = entry.issuer === issuer && entry.arrived === arrivedAt
  return sameEntry && proof.index === index && head.size === treeSize
}

async function checkGiven(
  record: string | undefined,
  receipt: Receipt,
  entry: RecordEntry,
  trust: TrustDocument,
  tools: Tools,
): Promise<ReportFinding[]> {
  const { contractNumber, seq, index } = receipt
  if (record === undefined) {
    const detail = `the entry names no contract; give the record to check ${contractNumber}`
    return [finding('RECORD_NOT_GIVEN', detail, seq)]
  }
  const issuer = trust.issuers.find(({ id }) => id === receipt.issuer)
  const { platform } = trust
  const iss = issuer?.iss
  const expected = { platform, iss, contractNumber, seq, entry, index }
  const { findings } = await checkRecord(record, expected, issuer, undefined, tools)
  const clean = findings.every(({ severity }) => severity === 'warning')
  return clean
    ? [...findings, finding('OK', `that is version ${seq} of ${contractNumber}`)]
    : findings
}
