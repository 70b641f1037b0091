import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { concat, hex } from '../../src/base/bytes.ts'
import {
  consistencySteps,
  inclusionSteps,
  proofHashes,
  verifyConsistency,
  verifyInclusion,
} from '../../src/log/proof.ts'
import {
  append,
  frontierRefs,
  leafHash,
  MAX_SIZE,
  type NodeRef,
  nodeHash,
  nodeId,
  rootOf,
} from '../../src/log/tree.ts'
import { flipBit, keptTree, sampleLeaf } from './trees.ts'

const seed = 9162
const { roots, hashOf } = keptTree(300)
const rootAt = (size: number) => roots[size] as Uint8Array
const inclusion = (index: number, size: number) => proofHashes(inclusionSteps(index, size), hashOf)
const consistency = (from: number, to: number) => proofHashes(consistencySteps(from, to), hashOf)

describe('an inclusion proof from kept nodes', () => {
  test('verifies for every leaf of every tree up to 40 leaves', () => {
    for (let size = 1; size <= 40; size++) {
      for (let index = 0; index < size; index++) {
        const proof = inclusion(index, size)
        expect(verifyInclusion(index, size, sampleLeaf(index), proof, rootAt(size))).toBe(true)
      }
    }
  })

  test('fails with any single bit changed, in leaf, proof or root', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 300 }), fc.nat(), fc.nat(), (size, pick, bit) => {
        const index = pick % size
        const proof = inclusion(index, size)
        const parts = [sampleLeaf(index), rootAt(size), ...proof]
        const verify = ([leaf, root, ...hashes]: Uint8Array[]) =>
          verifyInclusion(index, size, leaf as Uint8Array, hashes, root as Uint8Array)
        expect(verify(parts)).toBe(true)
        parts.forEach((_, at) => {
          expect(verify(parts.map((part, n) => (n === at ? flipBit(part, bit) : part)))).toBe(false)
        })
      }),
      { seed, numRuns: 200 },
    )
  })

  test('that is valid but of another leaf is refused', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 300 }), fc.nat(), fc.nat(), (size, one, two) => {
        const [index, other] = [one % size, two % size]
        fc.pre(index !== other)
        const [root, proof] = [rootAt(size), inclusion(other, size)]
        expect(verifyInclusion(other, size, sampleLeaf(other), proof, root)).toBe(true)
        expect(verifyInclusion(index, size, sampleLeaf(index), proof, root)).toBe(false)
        expect(verifyInclusion(index, size, sampleLeaf(other), proof, root)).toBe(false)
        expect(verifyInclusion(other, size, sampleLeaf(index), proof, root)).toBe(false)
      }),
      { seed, numRuns: 200 },
    )
  })

  test('that is valid but of another size is refused', () => {
    const proof = inclusion(4, 11)
    expect(verifyInclusion(4, 11, sampleLeaf(4), proof, rootAt(11))).toBe(true)
    expect(verifyInclusion(4, 12, sampleLeaf(4), proof, rootAt(12))).toBe(false)
    expect(verifyInclusion(4, 10, sampleLeaf(4), proof, rootAt(10))).toBe(false)
  })

  test('with a hash too many, too few, or of the wrong length is refused', () => {
    const [leaf, root, proof] = [sampleLeaf(4), rootAt(11), inclusion(4, 11)]
    const verify = (hashes: Uint8Array[]) => verifyInclusion(4, 11, leaf, hashes, root)
    expect(verify(proof)).toBe(true)
    expect(verify(proof.slice(1))).toBe(false)
    expect(verify(proof.slice(0, -1))).toBe(false)
    expect(verify([...proof, root])).toBe(false)
    expect(verify([leaf, ...proof])).toBe(false)
    expect(verify(proof.map((hash) => hash.subarray(0, 31)))).toBe(false)
  })

  test('cannot make two hashes out of none', () => {
    // Joined, an empty leaf and both leaves are the same bytes as the two leaves.
    const [both, none] = [concat(sampleLeaf(0), sampleLeaf(1)), new Uint8Array()]
    expect(hex(nodeHash(none, both))).toBe(hex(rootAt(2)))
    expect(verifyInclusion(0, 2, none, [both], rootAt(2))).toBe(false)
    expect(verifyConsistency(1, 2, none, rootAt(2), [both])).toBe(false)
  })

  test('does not let an inner node pass for a leaf', () => {
    const inner = nodeHash(sampleLeaf(0), sampleLeaf(1))
    const proof = inclusion(0, 4).slice(1)
    // With the sizes halved the arithmetic holds: only the leaf prefix tells the two apart.
    expect(verifyInclusion(0, 2, inner, proof, rootAt(4))).toBe(true)
    const text = new Uint8Array([...sampleLeaf(0), ...sampleLeaf(1)])
    expect(verifyInclusion(0, 2, leafHash(text), proof, rootAt(4))).toBe(false)
  })

  test.each([
    [3, 3],
    [0, 0],
    [-1, 3],
    [0.5, 3],
    [0, MAX_SIZE + 1],
  ])('there is none for leaf %d in a tree of %d', (index, size) => {
    expect(() => inclusionSteps(index, size)).toThrow(RangeError)
    expect(verifyInclusion(index, size, sampleLeaf(0), [], sampleLeaf(0))).toBe(false)
  })
})

describe('a consistency proof from kept nodes', () => {
  test('verifies between every two sizes up to 40', () => {
    for (let to = 1; to <= 40; to++) {
      for (let from = 1; from <= to; from++) {
        const proof = consistency(from, to)
        expect(verifyConsistency(from, to, rootAt(from), rootAt(to), proof)).toBe(true)
      }
    }
  })

  test('fails with any single bit changed, in either root or the proof', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 300 }), fc.nat(), fc.nat(), (to, pick, bit) => {
        const from = 1 + (pick % to)
        const parts = [rootAt(from), rootAt(to), ...consistency(from, to)]
        const verify = ([older, newer, ...hashes]: Uint8Array[]) =>
          verifyConsistency(from, to, older as Uint8Array, newer as Uint8Array, hashes)
        expect(verify(parts)).toBe(true)
        parts.forEach((_, at) => {
          expect(verify(parts.map((part, n) => (n === at ? flipBit(part, bit) : part)))).toBe(false)
        })
      }),
      { seed, numRuns: 200 },
    )
  })

  test('that is valid but of another pair of trees is refused', () => {
    const proof = consistency(6, 11)
    expect(verifyConsistency(6, 11, rootAt(6), rootAt(11), proof)).toBe(true)
    expect(verifyConsistency(5, 11, rootAt(5), rootAt(11), proof)).toBe(false)
    expect(verifyConsistency(6, 12, rootAt(6), rootAt(12), proof)).toBe(false)
    expect(verifyConsistency(6, 11, rootAt(5), rootAt(11), proof)).toBe(false)
  })

  test('of a tree that was rewritten does not exist', () => {
    const rewritten = append(
      0,
      [],
      Array.from({ length: 11 }, (_, n) => sampleLeaf(n === 2 ? 99 : n)),
    )
    expect(verifyConsistency(6, 11, rootAt(6), rewritten.root, consistency(6, 11))).toBe(false)
  })

  test('of a tree with itself is empty, and two roots of one size are a fork', () => {
    expect(consistencySteps(7, 7)).toEqual([])
    expect(verifyConsistency(7, 7, rootAt(7), rootAt(7), [])).toBe(true)
    expect(verifyConsistency(7, 7, rootAt(7), rootAt(8), [])).toBe(false)
    expect(verifyConsistency(7, 7, rootAt(7), rootAt(7), [rootAt(7)])).toBe(false)
  })

  test('from the empty tree is empty and proves nothing', () => {
    expect(consistencySteps(0, 7)).toEqual([])
    expect(verifyConsistency(0, 7, rootAt(0), rootAt(7), [])).toBe(false)
    expect(verifyConsistency(0, 0, rootAt(0), rootAt(0), [])).toBe(false)
  })

  test.each([
    [8, 7],
    [-1, 7],
    [1, MAX_SIZE + 1],
  ])('there is none from %d to %d', (from, to) => {
    expect(() => consistencySteps(from, to)).toThrow(RangeError)
    expect(verifyConsistency(from, to, sampleLeaf(0), sampleLeaf(0), [])).toBe(false)
  })
})

test('a node that was not kept stops the proof', () => {
  expect(() => inclusion(299, 301)).toThrow('no node')
})

describe('proofs in trees past 32 bits', () => {
  const sizes = [2 ** 32 - 1, 2 ** 32, 2 ** 32 + 1, 2 ** 40 + 3, 2 ** 52 - 1, 2 ** 52, MAX_SIZE]

  /** A tree whose leaves are all alike but one, so that any node can be computed at once. */
  function oddOneOut(odd: number) {
    const plain = [sampleLeaf(0)]
    for (let level = 1; level <= 53; level++) {
      const below = plain[level - 1] as Uint8Array
      plain.push(nodeHash(below, below))
    }
    const nodeOf = ({ level, index }: NodeRef): Uint8Array => {
      if (Math.floor(odd / 2 ** level) !== index) return plain[level] as Uint8Array
      if (level === 0) return sampleLeaf(1)
      const child = (side: number) => nodeOf({ level: level - 1, index: index * 2 + side })
      return nodeHash(child(0), child(1))
    }
    return { nodeOf, root: (size: number) => rootOf(frontierRefs(size).map(nodeOf)) }
  }

  test.each(sizes)('inclusion in %d leaves, at the ends and in the middle', (size) => {
    for (const odd of [0, 1, Math.floor(size / 2), 2 ** 31, 2 ** 32 - 2, size - 2, size - 1]) {
      const { nodeOf, root } = oddOneOut(odd)
      const proof = proofHashes(inclusionSteps(odd, size), nodeOf)
      expect(verifyInclusion(odd, size, sampleLeaf(1), proof, root(size))).toBe(true)
      // What a 32-bit shift would take for the same place.
      const alias = odd >= 2 ** 32 ? odd - 2 ** 32 : odd + 2 ** 32
      expect(verifyInclusion(alias, size, sampleLeaf(1), proof, root(size))).toBe(false)
    }
  })

  test.each(sizes)('consistency of smaller trees with %d leaves', (size) => {
    const { nodeOf, root } = oddOneOut(2 ** 31 + 7)
    for (const from of [1, 3, 2 ** 31 + 8, 2 ** 32 - 2, Math.floor(size / 2), size - 1]) {
      const proof = proofHashes(consistencySteps(from, size), nodeOf)
      expect(verifyConsistency(from, size, root(from), root(size), proof)).toBe(true)
      const near = from + 1 === size ? from - 1 : from + 1
      expect(verifyConsistency(near, size, root(near), root(size), proof)).toBe(false)
    }
  })

  test.each([2 ** 32 + 1, 2 ** 40 + 3, 2 ** 52])(
    'all nodes of a proof in %d leaves have ids',
    (size) => {
      const refs = [...inclusionSteps(size - 2, size), ...consistencySteps(size - 3, size)].flat()
      expect(refs.map(nodeId).every(Number.isSafeInteger)).toBe(true)
    },
  )
})
