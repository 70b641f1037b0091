import { equalBytes } from '../../base/bytes.ts'
import type { ReadRecord } from '../../guarantee/record.ts'
import { parseReceipt, type Receipt, type TrustDocument } from '../../log/bundle.ts'
import {
  openCheckpoint,
  parseCheckpoint,
  parseVkey,
  type VerifyEd25519,
} from '../../log/checkpoint.ts'
import { parseEntry } from '../../log/entry.ts'
import { verifyInclusion } from '../../log/proof.ts'
import { parseProof } from '../../log/receipt.ts'
import { leafHash } from '../../log/tree.ts'

/** A receipt that is what it says, or what is wrong with it, for the operator. */
export type CheckedReceipt = { receipt: Receipt } | { wrong: string }

/**
 * Holds what a platform answered against the pinned log keys: a head that the log signed, a tree
 * that holds the entry, an entry that is this very record's, and a receipt that says the same.
 * A sealed log speaks only for what it had when it was sealed.
 */
export async function checkReceipt(
  value: unknown,
  issuer: string,
  { sha256, payload }: Pick<ReadRecord, 'sha256' | 'payload'>,
  trust: TrustDocument,
  verify: VerifyEd25519,
): Promise<CheckedReceipt> {
  const receipt = parseReceipt(value)
  const proof = receipt && parseProof(receipt.proof)
  if (receipt === undefined || proof?.extra === undefined) return wrong('it is no receipt')
  const head = await pinnedHead(proof.checkpoint, trust, verify)
  if (head === undefined) return wrong('no pinned log signed its head')
  const leaf = leafHash(proof.extra)
  if (!verifyInclusion(proof.index, head.size, leaf, proof.hashes, head.root)) {
    return wrong('the log does not hold its entry')
  }
  const entry = parseEntry(proof.extra)
  if (entry?.kind !== 'record' || !equalBytes(entry.sha256, sha256) || entry.issuer !== issuer) {
    return wrong('it is that of another record')
  }
  const says = [receipt.issuer, receipt.contractNumber, receipt.seq, receipt.arrivedAt]
  const shows = [issuer, payload.sub, payload.seq, entry.arrived]
  const placed = receipt.index === proof.index && receipt.treeSize === head.size
  if (!placed || says.some((said, i) => said !== shows[i])) {
    return wrong('it says another thing than its proof')
  }
  return { receipt }
}

async function pinnedHead(note: string, { log }: TrustDocument, verify: VerifyEd25519) {
  const origin = parseCheckpoint(note)?.origin
  const pinned = [log, ...log.previous].find((one) => one.origin === origin)
  const verifier = pinned && parseVkey(pinned.vkey)
  const head = verifier && (await openCheckpoint(note, verifier, verify))
  const sealed = log.previous.find((one) => one.origin === origin)
  return head && sealed && head.size > sealed.size ? undefined : head
}

function wrong(why: string): CheckedReceipt {
  return { wrong: why }
}
