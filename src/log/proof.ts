import { equalBytes } from '../base/bytes.ts'
import {
  frontierRefs,
  HASH_LENGTH,
  isSize,
  type NodeRef,
  nodeHash,
  nodeId,
  rootOf,
} from './tree.ts'

/**
 * How one hash of a proof comes from kept nodes: the root of these complete subtrees, left to
 * right, joined as {@link rootOf} does; a single one is the hash itself.
 */
export type ProofStep = NodeRef[]

/**
 * What an inclusion proof of leaf `index` in a tree of `size` leaves consists of, from the leaf's
 * sibling to the root's child: PATH(index, D[size]) of RFC 6962 §2.1.1.
 *
 * @throws RangeError unless 0 ≤ index < size
 */
export function inclusionSteps(index: number, size: number): ProofStep[] {
  if (!isSize(index) || !isSize(size) || index >= size) {
    throw new RangeError(`no leaf ${index} in a tree of ${size}`)
  }
  const steps: ProofStep[] = []
  let start = 0
  let end = size
  while (end - start > 1) {
    const middle = start + largestPowerBelow(end - start)
    if (index < middle) {
      steps.push(rangeRefs(middle, end))
      end = middle
    } else {
      steps.push(rangeRefs(start, middle))
      start = middle
    }
  }
  return steps.reverse()
}

/**
 * What a proof consists of that the tree of `from` leaves is the beginning of the tree of `to`:
 * PROOF(from, D[to]) of RFC 6962 §2.1.2. Empty when the sizes are equal or `from` is 0.
 *
 * @throws RangeError unless 0 ≤ from ≤ to
 */
export function consistencySteps(from: number, to: number): ProofStep[] {
  if (!isSize(from) || !isSize(to) || from > to) {
    throw new RangeError(`a tree of ${from} is not the beginning of a tree of ${to}`)
  }
  if (from === 0) return []
  const steps: ProofStep[] = []
  let start = 0
  let end = to
  while (end !== from) {
    const middle = start + largestPowerBelow(end - start)
    if (from <= middle) {
      steps.push(rangeRefs(middle, end))
      end = middle
    } else {
      steps.push(rangeRefs(start, middle))
      start = middle
    }
  }
  // Where the walk never went right, what remains is the old tree, whose root the reader has.
  if (start > 0) steps.push(rangeRefs(start, end))
  return steps.reverse()
}

/**
 * The hashes of a proof, from kept nodes.
 *
 * @param hashOf hash of a complete subtree; throws when that node is not at hand
 */
export function proofHashes(
  steps: readonly ProofStep[],
  hashOf: (ref: NodeRef) => Uint8Array,
): Uint8Array[] {
  return steps.map((step) => rootOf(step.map(hashOf)))
}

/**
 * {@link proofHashes} of many proofs of one tree: the ragged right edge, which most of them have in
 * common, is joined once.
 */
export function proofsOf(
  hashOf: (ref: NodeRef) => Uint8Array,
): (steps: readonly ProofStep[]) => Uint8Array[] {
  // Only the edge is joined of several nodes, and where it begins says which.
  const edges = new Map<number, Uint8Array>()

  function edge(step: ProofStep): Uint8Array {
    const start = nodeId(step[0] as NodeRef)
    const known = edges.get(start) ?? rootOf(step.map(hashOf))
    edges.set(start, known)
    return known
  }

  return (steps) =>
    steps.map((step) => (step.length === 1 ? hashOf(step[0] as NodeRef) : edge(step)))
}

/**
 * Whether `proof` leads from a leaf to a root (RFC 9162 §2.1.3.2). Never throws; false for sizes
 * and hashes that cannot be.
 *
 * @param index place of the leaf, from 0
 * @param size leaves of the tree
 * @param leafHash hash of the leaf, 32 bytes
 * @param proof hashes from the leaf's sibling upwards
 */
export function verifyInclusion(
  index: number,
  size: number,
  leafHash: Uint8Array,
  proof: readonly Uint8Array[],
  root: Uint8Array,
): boolean {
  if (!isSize(index) || !isSize(size) || index >= size) return false
  if (![leafHash, root, ...proof].every(isHash)) return false
  let place = index
  let last = size - 1
  let hash = leafHash
  for (const sibling of proof) {
    if (last === 0) return false
    if (place % 2 === 1 || place === last) {
      hash = nodeHash(sibling, hash)
      ;[place, last] = climbToRightChild(place, last)
    } else {
      hash = nodeHash(hash, sibling)
    }
    place = parent(place)
    last = parent(last)
  }
  return last === 0 && equalBytes(hash, root)
}

/**
 * Whether `proof` shows that the tree with `fromRoot` is the beginning of the tree with `toRoot`
 * (RFC 9162 §2.1.4.2). Never throws. False for `from` 0: every tree begins with the empty one, so
 * there is nothing to prove, and who accepts that case says so himself.
 *
 * @param from leaves of the older tree
 * @param to leaves of the newer tree
 */
export function verifyConsistency(
  from: number,
  to: number,
  fromRoot: Uint8Array,
  toRoot: Uint8Array,
  proof: readonly Uint8Array[],
): boolean {
  if (!isSize(from) || !isSize(to) || from === 0 || from > to) return false
  if (from === to) return proof.length === 0 && equalBytes(fromRoot, toRoot)
  if (![fromRoot, toRoot, ...proof].every(isHash)) return false
  // A complete older tree is itself a node of the newer one; the proof leaves it out.
  const [first, ...rest] = isPowerOfTwo(from) ? [fromRoot, ...proof] : proof
  if (first === undefined) return false
  let [place, last] = [from - 1, to - 1]
  while (place % 2 === 1) [place, last] = [parent(place), parent(last)]
  let [older, newer] = [first, first]
  for (const sibling of rest) {
    if (last === 0) return false
    if (place % 2 === 1 || place === last) {
      older = nodeHash(sibling, older)
      newer = nodeHash(sibling, newer)
      ;[place, last] = climbToRightChild(place, last)
    } else {
      newer = nodeHash(newer, sibling)
    }
    place = parent(place)
    last = parent(last)
  }
  return last === 0 && equalBytes(older, fromRoot) && equalBytes(newer, toRoot)
}

/** On the ragged right edge a node without a sibling stands for its parent: up until it has one. */
function climbToRightChild(place: number, last: number): [number, number] {
  let [up, edge] = [place, last]
  while (up % 2 === 0 && up !== 0) [up, edge] = [parent(up), parent(edge)]
  return [up, edge]
}

/** Division instead of a shift, which would cut indexes to 32 bits. */
function parent(index: number): number {
  return Math.floor(index / 2)
}

function isHash(bytes: Uint8Array): boolean {
  return bytes.length === HASH_LENGTH
}

function isPowerOfTwo(size: number): boolean {
  return size === 1 || largestPowerBelow(size) * 2 === size
}

/** The largest power of two smaller than `count`, which is at least 2 (k of RFC 6962 §2.1). */
function largestPowerBelow(count: number): number {
  let power = 1
  while (power * 2 < count) power *= 2
  return power
}

/** Complete subtrees of the leaves from `start` up to `end`; `start` is where a split put it. */
function rangeRefs(start: number, end: number): NodeRef[] {
  const count = end - start
  // All but the right edge: one complete subtree.
  if (isPowerOfTwo(count)) return [{ level: Math.log2(count), index: start / count }]
  return frontierRefs(count).map(({ level, index }) => ({
    level,
    index: index + start / 2 ** level,
  }))
}
