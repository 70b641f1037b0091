import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bundlePath, parseBundlePath, parseTilePath, tilePath } from '../../src/log/tile.ts'
import { vectorsFolder } from './vectors.ts'

interface Vectors {
  tile_path: { level: number; index: number; p: number; path: string }[]
  entries_path: { n: number; p: number; path: string }[]
  parse: {
    path_level: string
    path_index: string
    ok: boolean
    level: number
    index: string
    p: number
  }[]
}

const folder = vectorsFolder('tlog-tiles')

describe.skipIf(folder === undefined)('paths of tessera', () => {
  const vectors: Vectors =
    folder === undefined
      ? { tile_path: [], entries_path: [], parse: [] }
      : JSON.parse(readFileSync(join(folder, 'tessera-paths.json'), 'utf8'))

  test('a tile and a bundle have the path that other logs give them', () => {
    for (const { level, index, p, path } of vectors.tile_path) {
      expect(tilePath({ level, index: BigInt(index), width: p || 256 })).toBe(path)
    }
    for (const { n, p, path } of vectors.entries_path) {
      expect(bundlePath({ index: BigInt(n), width: p || 256 })).toBe(path)
    }
    expect(vectors.tile_path.length).toBeGreaterThan(0)
  })

  test('a path is read as others read it, and refused as others refuse it', () => {
    for (const { path_level, path_index, ok, level, index, p } of vectors.parse) {
      const read = parseTilePath(path_level, path_index)
      // Tessera reads any grouping of digits; a second spelling of one tile is a second cache entry.
      const expected = ok ? { level, index: BigInt(index), width: p || 256 } : undefined
      expect([path_index, read]).toEqual([path_index, expected])
    }
    expect(vectors.parse.length).toBeGreaterThan(0)
  })
})

test('every place has one path, and the path leads back to it', () => {
  const places = fc.record({
    index: fc.bigInt({ min: 0n, max: 10n ** 18n - 1n }),
    width: fc.integer({ min: 1, max: 256 }),
  })
  fc.assert(
    fc.property(places, (place) => {
      const path = bundlePath(place).replace('tile/entries/', '')
      expect(parseBundlePath(path)).toEqual(place)
      expect(parseBundlePath(path.replace(/^x?/, 'x000/'))).toBeUndefined()
    }),
    { seed: 20261123, numRuns: 300 },
  )
})
