import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { hex } from '../../src/base/bytes.ts'
import { append, EMPTY_ROOT, frontierRefs, MAX_SIZE, nodeId, rootOf } from '../../src/log/tree.ts'
import { keptTree, rfcRoot, sampleLeaf } from './trees.ts'

const seed = 6962

describe('a tree grown from its frontier', () => {
  test('has at each size the root of the recursive definition', () => {
    const { roots } = keptTree(130)
    const leaves = Array.from({ length: 130 }, (_, n) => sampleLeaf(n))
    expect(roots.map(hex)).toEqual(roots.map((_, size) => hex(rfcRoot(leaves.slice(0, size)))))
  })

  test('does not depend on how the leaves were grouped', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(40), { maxLength: 8 }), (groups) => {
        let [size, frontier, root] = [0, [] as Uint8Array[], EMPTY_ROOT]
        const ids: number[] = []
        for (const group of groups) {
          const leaves = Array.from({ length: group }, (_, n) => sampleLeaf(size + n))
          const next = append(size, frontier, leaves)
          ids.push(...next.nodes.map(({ ref }) => nodeId(ref)))
          ;({ size, frontier, root } = next)
        }
        const all = Array.from({ length: size }, (_, n) => sampleLeaf(n))
        expect(hex(root)).toBe(hex(rfcRoot(all)))
        expect(hex(rootOf(frontier))).toBe(hex(root))
        // Each completed node once, in the order of ids, none left out.
        expect(ids).toEqual(ids.map((_, place) => place))
      }),
      { seed, numRuns: 60 },
    )
  })

  test('differs from the root of the same leaves in another order', () => {
    const [a, b] = [sampleLeaf(0), sampleLeaf(1)]
    expect(hex(append(0, [], [a, b]).root)).not.toBe(hex(append(0, [], [b, a]).root))
  })

  test('refuses a frontier of another size', () => {
    expect(() => append(3, [sampleLeaf(0)], [])).toThrow(RangeError)
    expect(() => append(2, [sampleLeaf(0), sampleLeaf(1)], [])).toThrow(RangeError)
    expect(append(2, [sampleLeaf(0)], []).size).toBe(2)
  })
})

describe('sizes past 32 bits', () => {
  const sizes = [2 ** 32 - 1, 2 ** 32, 2 ** 32 + 1, 2 ** 40, 2 ** 52 - 1, 2 ** 52, MAX_SIZE]

  test.each(sizes)('the frontier of %d leaves covers each leaf once, largest first', (size) => {
    let covered = 0
    let before = Number.POSITIVE_INFINITY
    for (const { level, index } of frontierRefs(size)) {
      expect(level).toBeLessThan(before)
      expect(index * 2 ** level).toBe(covered)
      covered += 2 ** level
      before = level
    }
    expect(covered).toBe(size)
  })

  test.each([2 ** 32 - 1, 2 ** 32, 2 ** 32 + 1, 2 ** 40, 2 ** 52 - 8])(
    'ids go on without gap or repetition after %d leaves',
    (size) => {
      const frontier = frontierRefs(size).map((_, n) => sampleLeaf(n))
      const { nodes } = append(size, frontier, [sampleLeaf(1), sampleLeaf(2), sampleLeaf(3)])
      const ids = nodes.map(({ ref }) => nodeId(ref))
      // 2n − popcount(n) nodes stand before the first leaf past n.
      expect(ids).toEqual(ids.map((_, n) => 2 * size - frontierRefs(size).length + n))
      expect(ids.every(Number.isSafeInteger)).toBe(true)
    },
  )

  test('a node outside the largest kept tree has no id, and nothing is appended there', () => {
    expect(nodeId({ level: 0, index: 2 ** 52 - 1 })).toBe(2 ** 53 - 2 - 52)
    expect(nodeId({ level: 52, index: 0 })).toBe(2 ** 53 - 2)
    expect(() => nodeId({ level: 0, index: 2 ** 52 })).toThrow(RangeError)
    expect(() => nodeId({ level: 52, index: 1 })).toThrow(RangeError)
    const full = frontierRefs(2 ** 52).map((_, n) => sampleLeaf(n))
    expect(() => append(2 ** 52, full, [sampleLeaf(0)])).toThrow(RangeError)
  })

  test.each([-1, 0.5, Number.NaN, MAX_SIZE + 1])('%d is no size', (size) => {
    expect(() => frontierRefs(size)).toThrow(RangeError)
  })
})

test('node ids are those of golang.org/x/mod/sumdb/tlog', () => {
  // storedHashIndex of levels 0, 1, 2 in the package's own test: 0 1 3 4 7 8 10 11, 2 5 9 12, 6 13.
  const row = (level: number, count: number) =>
    Array.from({ length: count }, (_, index) => nodeId({ level, index }))
  expect(row(0, 8)).toEqual([0, 1, 3, 4, 7, 8, 10, 11])
  expect(row(1, 4)).toEqual([2, 5, 9, 12])
  expect(row(2, 2)).toEqual([6, 13])
  expect(row(3, 1)).toEqual([14])
})
