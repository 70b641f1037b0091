import { base64, concat, sha256, utf8 } from '../../base/bytes.ts'
import { Memo } from '../../base/memo.ts'
import { type Checkpoint, noteVerifier, openCheckpoint } from '../../log/checkpoint.ts'
import { inclusionSteps, proofHashes, verifyInclusion } from '../../log/proof.ts'
import { leafHash } from '../../log/tree.ts'
import type { Identity, Ports } from '../../ports.ts'
import { type Head, logReader, MissingPart } from '../log/log-reader.ts'

/** Entries held against the newest signed head of the log. */
export interface TreeCheck {
  /** The head, or undefined when there is none or its signature does not verify. */
  head: (Checkpoint & { note: string }) | undefined
  /** The inclusion proof of a position; undefined when a node of it is missing. */
  inclusion(position: number): Uint8Array[] | undefined
  /** Whether the head's tree holds these bytes at this position; undefined: cannot be checked. */
  holds(position: number, entry: Uint8Array): boolean | undefined
}

const REMEMBERED = 50_000

/** Holds positions against a signed head, with proof nodes read from the store each time anew. */
export function createTreeCheck(ports: Ports, { origin }: Identity) {
  const log = logReader(ports.store)
  const verifier = noteVerifier(origin, ports.logSigner.publicKey)
  const heads = new Memo<Promise<Checkpoint | undefined>>(16)
  const inclusions = new Memo<boolean>(REMEMBERED)

  return async function treeCheck(
    row: Head | undefined,
    positions: readonly number[],
  ): Promise<TreeCheck> {
    const opened =
      row &&
      (await heads.get(row.note, () => openCheckpoint(row.note, verifier, ports.verifyEd25519)))
    if (!row || !opened || opened.size !== row.size) return UNTRUSTED
    const head = { ...opened, note: row.note }
    const inside = positions.filter((position) => position < head.size)
    const steps = new Map(inside.map((position) => [position, inclusionSteps(position, head.size)]))
    const hashOf = await log.hashes([...steps.values()].flat(2))

    function inclusion(position: number): Uint8Array[] | undefined {
      try {
        return proofHashes(steps.get(position) ?? [], hashOf)
      } catch (error) {
        if (error instanceof MissingPart) return undefined
        throw error
      }
    }

    return {
      head,
      inclusion,
      holds(position, entry) {
        if (!steps.has(position)) return false
        const proof = inclusion(position)
        if (!proof) return undefined
        // With their lengths, so that no byte can move from one part to the next.
        const parts = [position, head.note, ...[entry, ...proof].map(({ length }) => length)]
        const input = concat(utf8(JSON.stringify(parts)), entry, ...proof)
        return inclusions.get(base64(sha256(input)), () =>
          verifyInclusion(position, head.size, leafHash(entry), proof, head.root),
        )
      },
    }
  }
}

const UNTRUSTED: TreeCheck = {
  head: undefined,
  inclusion: () => undefined,
  holds: () => undefined,
}
