import { sha256, utf8 } from '../../src/base/bytes.ts'
import { append, EMPTY_ROOT, leafHash, type NodeRef, nodeHash, nodeId } from '../../src/log/tree.ts'

/** Leaf hash of the n-th leaf of the sample tree. */
export function sampleLeaf(n: number): Uint8Array {
  return leafHash(utf8(`leaf ${n}`))
}

/** MTH of RFC 6962 §2.1, the recursive definition itself, over leaf hashes. */
export function rfcRoot(leaves: readonly Uint8Array[]): Uint8Array {
  const [only] = leaves
  if (only === undefined) return sha256(new Uint8Array())
  if (leaves.length === 1) return only
  let k = 1
  while (k * 2 < leaves.length) k *= 2
  return nodeHash(rfcRoot(leaves.slice(0, k)), rfcRoot(leaves.slice(k)))
}

/** A tree of `size` sample leaves with all its nodes kept, grown one leaf at a time. */
export function keptTree(size: number) {
  const kept = new Map<number, Uint8Array>()
  const roots: Uint8Array[] = [EMPTY_ROOT]
  let frontier: Uint8Array[] = []
  for (let n = 0; n < size; n++) {
    const next = append(n, frontier, [sampleLeaf(n)])
    for (const { ref, hash } of next.nodes) kept.set(nodeId(ref), hash)
    frontier = next.frontier
    roots.push(next.root)
  }
  const hashOf = (ref: NodeRef) => {
    const hash = kept.get(nodeId(ref))
    if (hash === undefined) throw new Error(`no node at level ${ref.level}, index ${ref.index}`)
    return hash
  }
  return { kept, roots, hashOf }
}

/** A copy of `bytes` with one bit turned over. */
export function flipBit(bytes: Uint8Array, bit: number): Uint8Array {
  const copy = Uint8Array.from(bytes)
  const at = Math.floor(bit / 8) % copy.length
  copy[at] = (copy[at] as number) ^ (1 << (bit % 8))
  return copy
}
