import { equalBytes } from '../../base/bytes.ts'
import type { Instant } from '../../base/time.ts'
import type { Receipt } from '../../log/bundle.ts'
import { parseEntry } from '../../log/entry.ts'
import { inclusionSteps, proofHashes, verifyInclusion } from '../../log/proof.ts'
import { formatProof } from '../../log/receipt.ts'
import { leafHash } from '../../log/tree.ts'
import type { Identity, Ports } from '../../ports.ts'
import { logReader, MissingPart } from './log-reader.ts'
import { createOpenHead } from './open-head.ts'
import type { Landed } from './proposal.ts'

export interface Placed {
  issuer: string
  contractNumber: string
  seq: number
  arrivedAt: Instant
}

/** The receipt of an entry where it landed. */
export function receiptOf(placed: Placed, { index, size, note, entry, hashes }: Landed): Receipt {
  return {
    ...placed,
    index,
    treeSize: size,
    proof: formatProof({ index, hashes, checkpoint: note, extra: entry }),
  }
}

/** What asks for a receipt again: the place of a record, and the hash that its entry commits to. */
export interface Asked extends Omit<Placed, 'arrivedAt'> {
  index: number
  /** Of the compact JWS. */
  sha256: Uint8Array
}

/**
 * The receipt that was given for an entry, built again from kept nodes and the checkpoint of its
 * group: byte for byte the same. Checked before it is given, since nobody would believe the next
 * one after one that does not verify.
 * @throws Fault store_unavailable when a part of it is missing or damaged
 */
export function createReceiptAgain(ports: Ports, identity: Identity) {
  const log = logReader(ports.store)
  const openHead = createOpenHead(ports, identity)

  return async function receiptAgain({ index, sha256, ...placed }: Asked): Promise<Receipt> {
    const { issuer } = placed
    const entry = (await log.entryAt(index)) ?? new Uint8Array()
    const parsed = parseEntry(entry)
    const head = await log.checkpointCovering(index + 1)
    const opened = head && (await openHead(head.note))
    const isOfRecord =
      parsed?.kind === 'record' && parsed.issuer === issuer && equalBytes(parsed.sha256, sha256)
    if (!isOfRecord || !opened || opened.size !== head.size) throw new MissingPart(`entry ${index}`)
    const steps = inclusionSteps(index, head.size)
    const hashes = proofHashes(steps, await log.hashes(steps.flat()))
    if (!verifyInclusion(index, head.size, leafHash(entry), hashes, opened.root)) {
      throw new MissingPart(`a node of the path of entry ${index}`)
    }
    const { size, note } = head
    return receiptOf({ ...placed, arrivedAt: parsed.arrived }, { index, size, note, entry, hashes })
  }
}
