import type { Instant } from '../../base/time.ts'
import type { Receipt } from '../../log/bundle.ts'
import { parseEntry } from '../../log/entry.ts'
import { inclusionSteps, proofHashes } from '../../log/proof.ts'
import { formatProof } from '../../log/receipt.ts'
import type { NodeRef } from '../../log/tree.ts'
import type { Ports } from '../../ports.ts'
import { logReader } from './log-reader.ts'

export interface Placed {
  issuer: string
  contractNumber: string
  seq: number
  arrivedAt: Instant
  index: number
  entry: Uint8Array
}

/** The receipt of an entry in the tree of `note`, whose nodes `hashOf` knows. */
export function receiptIn(
  { entry, ...placed }: Placed,
  tree: { size: number; note: string; hashOf: (ref: NodeRef) => Uint8Array },
): Receipt {
  const hashes = proofHashes(inclusionSteps(placed.index, tree.size), tree.hashOf)
  return {
    ...placed,
    treeSize: tree.size,
    proof: formatProof({ index: placed.index, hashes, checkpoint: tree.note, extra: entry }),
  }
}

/**
 * The receipt that was given for an entry, built again from kept nodes and the checkpoint of its
 * group: byte for byte the same.
 */
export function createReceiptAgain({ store }: Ports) {
  const log = logReader(store)

  return async function receiptAgain(
    placed: Omit<Placed, 'arrivedAt' | 'entry'>,
  ): Promise<Receipt> {
    const entry = await log.entryAt(placed.index)
    const head = await log.checkpointCovering(placed.index + 1)
    const parsed = entry && parseEntry(entry)
    if (!entry || !parsed || !head) throw new Error(`the entry ${placed.index} is damaged`)
    const hashOf = await log.hashes(inclusionSteps(placed.index, head.size).flat())
    return receiptIn({ ...placed, arrivedAt: parsed.arrived, entry }, { ...head, hashOf })
  }
}
