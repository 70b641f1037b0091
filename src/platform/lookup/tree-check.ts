import { concat, sha256, utf8 } from '../../base/bytes.ts'
import { DigestSet } from '../../base/digest-set.ts'
import { Memo } from '../../base/memo.ts'
import { type Checkpoint, noteVerifier, openCheckpoint } from '../../log/checkpoint.ts'
import { inclusionSteps, type ProofStep, proofsOf, verifyInclusion } from '../../log/proof.ts'
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
  /** The same of a key event, which may have been proved in this head before. */
  holdsKey(position: number, entry: Uint8Array): boolean | undefined
}

/** An entry as it is stored; null when the log has lost it. */
export interface StoredLeaf {
  position: number
  bytes: Uint8Array | null
}

export interface Leaves {
  /** Proved anew each time. */
  positions: readonly number[]
  /** Key events: proved once for each head and each of their bytes, since key caches go by head. */
  keys: readonly StoredLeaf[]
  /** Whether {@link TreeCheck.inclusion} is asked of all of them. */
  proofs: boolean
}

/** One row of {@link DigestSet} for key events to so many for all entries. */
const KEY_SHARE = 16

/** Holds positions against a signed head, with proof nodes read from the store each time anew. */
export function createTreeCheck(ports: Ports, { origin }: Identity) {
  const { inclusions } = ports.remembering
  const log = logReader(ports.store)
  const verifier = noteVerifier(origin, ports.logSigner.publicKey)
  const heads = new Memo<Promise<OpenedHead>>(16)
  const proved = new DigestSet(inclusions)
  const provedKeys = new DigestSet(inclusions / KEY_SHARE)

  async function open(note: string): Promise<OpenedHead> {
    const checkpoint = await openCheckpoint(note, verifier, ports.verifyEd25519)
    return { checkpoint, digest: sha256(utf8(note)) }
  }

  return async function treeCheck(row: Head | undefined, leaves: Leaves): Promise<TreeCheck> {
    if (!row) return UNTRUSTED
    const opened = await heads.get(row.note, () => open(row.note))
    if (opened.checkpoint?.size !== row.size) return UNTRUSTED
    const head = { ...opened.checkpoint, note: row.note }
    const isProved = ({ position, bytes }: StoredLeaf) =>
      bytes !== null && provedKeys.has(digestOf(opened, position, bytes))
    const keys = leaves.proofs ? leaves.keys : leaves.keys.filter((key) => !isProved(key))
    const steps = new Map<number, ProofStep[]>()
    for (const position of [...leaves.positions, ...keys.map((key) => key.position)]) {
      if (position < head.size) steps.set(position, inclusionSteps(position, head.size))
    }
    const proofOf = proofsOf(await log.hashes([...steps.values()].flat(2)))

    function inclusion(position: number): Uint8Array[] | undefined {
      try {
        return proofOf(steps.get(position) ?? [])
      } catch (error) {
        if (error instanceof MissingPart) return undefined
        throw error
      }
    }

    function holds(position: number, entry: Uint8Array): boolean | undefined {
      if (!steps.has(position)) return false
      const proof = inclusion(position)
      if (!proof) return undefined
      // Head and position fix how many hashes there are, so that no byte can pass for another's.
      const digest = digestOf(opened, position, ...proof, entry)
      if (proved.has(digest)) return true
      const held = verifyInclusion(position, head.size, leafHash(entry), proof, head.root)
      if (held) proved.add(digest)
      return held
    }

    return {
      head,
      inclusion,
      holds,
      holdsKey(position, entry) {
        if (!steps.has(position)) return isProved({ position, bytes: entry })
        const held = holds(position, entry)
        if (held) provedKeys.add(digestOf(opened, position, entry))
        return held
      },
    }
  }
}

interface OpenedHead {
  /** Undefined when the note is none of this log's. */
  checkpoint: Checkpoint | undefined
  digest: Uint8Array
}

const UNTRUSTED: TreeCheck = {
  head: undefined,
  inclusion: () => undefined,
  holds: () => undefined,
  holdsKey: () => undefined,
}

function digestOf(
  { digest }: OpenedHead,
  position: number,
  ...parts: readonly Uint8Array[]
): Uint8Array {
  const eight = new Uint8Array(8)
  new DataView(eight.buffer).setFloat64(0, position)
  return sha256(concat(digest, eight, ...parts))
}
