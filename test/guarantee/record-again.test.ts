import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { sha256, utf8 } from '../../src/base/bytes.ts'
import { readRecord, rereadRecord } from '../../src/guarantee/record.ts'
import { certificate, compact, HEADER, payload } from './sample.ts'

/** Members of objects in another order, at every depth. */
function shuffled(value: unknown, key: (name: string) => number): unknown {
  if (Array.isArray(value) || value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => key(a) - key(b))
      .map(([name, member]) => [name, shuffled(member, key)]),
  )
}

/** Every member that a certificate may have. */
const full = certificate({
  owner: { name: '富士市長', title: '富士市', code: '222101' },
  contractor: { name: '髙田建設 株式会社', address: '富士市永田町1', representative: '髙田 一郎' },
  jvName: '髙田・渡邉JV',
  jvMembers: ['髙田建設', '渡邉組'],
  worksPeriod: { start: '2026-01-16', end: '2026-09-30' },
  coverage: { start: '2026-02-03', end: '2026-09-30' },
  terms: { id: 't', title: '約款', sha256: 'A'.repeat(43) },
  specialClauses: ['特約'],
})

describe('a record read again', () => {
  test.each([payload(), payload({ certificate: full })])(
    'is what the gate gave, member by member and in the same order, however it was signed',
    (claims) => {
      fc.assert(
        fc.property(fc.integer(), (seed) => {
          const order = (name: string) => sha256(utf8(`${seed} ${name}`))[0] as number
          const jws = compact(HEADER, shuffled(claims, order) as object)
          const { contentId: _, ...read } = readRecord(jws)
          const again = rereadRecord(jws, sha256(utf8(jws)))
          expect(again).toEqual(read)
          expect(JSON.stringify(again.payload)).toBe(JSON.stringify(read.payload))
        }),
        { seed: 7515, numRuns: 40 },
      )
    },
  )
})
