import { concat, sha256 } from '../base/bytes.ts'

/** Largest tree that sizes, indexes and proofs can speak of, in leaves. */
export const MAX_SIZE = Number.MAX_SAFE_INTEGER

/** Node ids reach 2 × size, so a tree of which nodes are kept ends here. */
const MAX_KEPT_SIZE = 2 ** 52

/** Length of every hash of the tree, in bytes (SHA-256). */
export const HASH_LENGTH = 32

/** Root of the tree without leaves, SHA-256 of nothing (RFC 6962 §2.1). */
export const EMPTY_ROOT: Uint8Array = sha256(new Uint8Array())

const LEAF_PREFIX = Uint8Array.of(0)
const NODE_PREFIX = Uint8Array.of(1)

/** What a node is the hash of, written over each time: {@link nodeHash} is asked more than all else. */
const pair = concat(NODE_PREFIX, new Uint8Array(2 * HASH_LENGTH))

/** A complete subtree of 2^level leaves, the index-th of its level, counted from 0 on the left. */
export interface NodeRef {
  level: number
  index: number
}

/** A tree after {@link append}. */
export interface Appended {
  /** Leaves of the new tree. */
  size: number
  /** Roots of the complete subtrees of the new tree, as {@link frontierRefs} lists them. */
  frontier: Uint8Array[]
  root: Uint8Array
  /** Every subtree that became complete, leaves included, in the order of completion. */
  nodes: { ref: NodeRef; hash: Uint8Array }[]
}

/** Hash of a leaf, SHA-256(0x00 ‖ entry) (RFC 6962 §2.1). */
export function leafHash(entry: Uint8Array): Uint8Array {
  return sha256(concat(LEAF_PREFIX, entry))
}

/** Hash of an inner node, SHA-256(0x01 ‖ left ‖ right) (RFC 6962 §2.1). */
export function nodeHash(left: Uint8Array, right: Uint8Array): Uint8Array {
  // What is damaged may have any length, and leads to no root.
  const isWhole = left.length + right.length === 2 * HASH_LENGTH
  if (!isWhole) return sha256(concat(NODE_PREFIX, left, right))
  pair.set(left, 1)
  pair.set(right, 1 + left.length)
  return sha256(pair)
}

/** Whether `value` can be the size of a tree. */
export function isSize(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0
}

/**
 * One integer for each node: its place in the order in which an append-only writer completes
 * nodes (`StoredHashIndex` of golang.org/x/mod/sumdb/tlog). Injective, dense, never renumbered.
 *
 * @throws RangeError for a node outside a tree of 2^52 leaves, where ids would pass 2^53 − 1
 */
export function nodeId(ref: NodeRef): number {
  const lastLeaf = (ref.index + 1) * 2 ** ref.level - 1
  if (!isSize(ref.level) || !isSize(ref.index) || lastLeaf >= MAX_KEPT_SIZE) {
    throw new RangeError(`no node id for level ${ref.level}, index ${ref.index}`)
  }
  // Before a leaf stand all leaves to its left and every node that these completed.
  let id = ref.level
  for (let count = lastLeaf; count > 0; count = Math.floor(count / 2)) id += count
  return id
}

/**
 * The complete subtrees that make up a tree of `size` leaves, left to right, largest first.
 *
 * @throws RangeError unless `size` is an integer from 0 to {@link MAX_SIZE}
 */
export function frontierRefs(size: number): NodeRef[] {
  if (!isSize(size)) throw new RangeError(`no tree has ${size} leaves`)
  const refs: NodeRef[] = []
  // From the smallest subtree up: division instead of shifts, which would cut sizes to 32 bits.
  for (let level = 0, count = size; count > 0; level++, count = Math.floor(count / 2)) {
    if (count % 2 === 1) refs.push({ level, index: count - 1 })
  }
  return refs.reverse()
}

/**
 * Root of a tree from the roots of its complete subtrees, left to right (RFC 6962 §2.1: the split
 * is at the largest power of two, so the smallest subtrees are joined first).
 */
export function rootOf(frontier: readonly Uint8Array[]): Uint8Array {
  if (frontier.length === 0) return EMPTY_ROOT
  return frontier.reduceRight((right, left) => nodeHash(left, right))
}

/**
 * Appends leaves to a tree of which only the frontier is known; O(log size) for each leaf.
 *
 * @param size leaves of the tree so far
 * @param frontier roots of its complete subtrees, as {@link frontierRefs} lists them
 * @param leaves leaf hashes ({@link leafHash}), in order
 * @throws RangeError when `frontier` is not that of `size`, or the tree would outgrow node ids
 */
export function append(
  size: number,
  frontier: readonly Uint8Array[],
  leaves: readonly Uint8Array[],
): Appended {
  if (frontierRefs(size).length !== frontier.length) {
    throw new RangeError(`a tree of ${size} leaves has another frontier`)
  }
  if (size + leaves.length > MAX_KEPT_SIZE) throw new RangeError('the tree is full')
  const open = frontier.slice()
  const nodes: Appended['nodes'] = []
  leaves.forEach((leaf, i) => {
    let node = { ref: { level: 0, index: size + i }, hash: leaf }
    nodes.push(node)
    // A right child completes its parent; its left sibling is the last subtree still open.
    while (node.ref.index % 2 === 1) {
      const { level, index } = node.ref
      const sibling = open.pop() as Uint8Array
      node = {
        ref: { level: level + 1, index: (index - 1) / 2 },
        hash: nodeHash(sibling, node.hash),
      }
      nodes.push(node)
    }
    open.push(node.hash)
  })
  return { size: size + leaves.length, frontier: open, root: rootOf(open), nodes }
}
