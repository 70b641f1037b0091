import { expect, test } from 'vitest'
import * as z from 'zod'
import { type Certificate, certificateSchema } from '../../src/guarantee/certificate.ts'
import { quickReader } from '../../src/guarantee/quick-claims.ts'
import { certificate } from './sample.ts'

/** Every member that a certificate may have, in another order than the schema's. */
const FULL: Certificate = certificate({
  worksNumber: '7-12',
  worksPlace: '富士市',
  worksCategory: 'consulting',
  worksContractDate: '2026-01-15',
  fiscalYearAmount: 1,
  depositBank: '富士銀行',
  claimDeadline: '2026-12-31',
  lowBid: true,
  multiYear: false,
  finalYear: false,
  interimApprovalDate: '2026-05-01',
  relatedContractNumber: '12345-678901',
  issuerBranch: '静岡',
  issuerName: '保証',
  issuerAddress: '静岡市',
  issuerRepresentative: '代表',
  specialClauses: ['特約'],
  terms: { sha256: 'A'.repeat(43), id: 't', title: '約款' },
  coverage: { end: '2026-09-30', start: '2026-02-03' },
  worksPeriod: { start: '2026-01-16', end: '2026-09-30' },
  jvMembers: ['髙田建設', '渡邉組'],
  jvName: '髙田・渡邉JV',
  contractor: { name: '髙田建設', address: '富士市永田町1', representative: '髙田 一郎' },
  owner: { name: '富士市長', title: '富士市', code: '222101' },
})

/** What may stand in any member; nearly all of it is wrong in most of them. */
const VALUES: unknown[] = [
  ...[undefined, null, true, false, 0, -0, 1, -1, 1.5, 1e12, 999_999_999_999, 2 ** 53, Number.NaN],
  ...['', ' ', 'a', 'a\u0000', '\ud800', '𠮷'.repeat(200), '𠮷'.repeat(201), 'a'.repeat(201)],
  ...['2026-02-28', '2026-02-29', '2024-02-29', '2000-02-29', '1900-02-29', '2026-04-31'],
  ...['2026-13-01', '2026-00-10', '2026-10-00', '2026-1-01', '2027-01-01', '0000-01-31'],
  ...['works', 'A'.repeat(43), `${'A'.repeat(42)}B`, 'A'.repeat(44), [], ['a'], ['a', ''], [1], {}],
  { start: '2026-01-16', end: '2026-09-30' },
  { start: '2026-09-30', end: '2026-01-16' },
  { end: '2026-09-30' },
  { id: 't', title: '約款', more: '' },
]

/** Copies with one member set or left out, at any depth. */
function variants(whole: object): object[] {
  return Object.entries({ ...whole, __more: undefined }).flatMap(([name, member]) => {
    const { [name]: _, ...without } = whole as Record<string, unknown>
    const inside = member !== null && typeof member === 'object' ? variants(member) : []
    const set = [...VALUES, ...inside].map((value) => ({ ...without, [name]: value }))
    return [without, ...set]
  })
}

test('takes what zod takes, member by member and in the same order, and nothing else', () => {
  const quick = quickReader(certificateSchema)
  const counts = { taken: 0, refused: 0 }
  for (const value of variants(FULL)) {
    const zod = certificateSchema.safeParse(value)
    expect(JSON.stringify(quick(value)), JSON.stringify(value)).toBe(JSON.stringify(zod.data))
    counts[zod.success ? 'taken' : 'refused'] += 1
  }
  expect(counts.taken).toBeGreaterThan(200)
  expect(counts.refused).toBeGreaterThan(1000)
})

test('copies only what does not stand in the order of the schema', () => {
  const quick = quickReader(certificateSchema)
  const ordered = quick(FULL)
  expect(ordered).toBeDefined()
  expect(quick(ordered)).toBe(ordered)
  const { kind, ...rest } = ordered as NonNullable<typeof ordered>
  const turned = { ...rest, kind }
  expect(quick(turned)).not.toBe(turned)
  expect(JSON.stringify(quick(turned))).toBe(JSON.stringify(ordered))
  const inside = {
    ...ordered,
    coverage: Object.fromEntries([
      ['end', '2026-09-30'],
      ['start', '2026-01-16'],
    ]),
  }
  expect(Object.keys(quick(inside)?.coverage ?? {})).toEqual(['start', 'end'])
})

test.each([undefined, null, 1, 'a', [], [FULL]])('takes no certificate in %j', (value) => {
  expect(quickReader(certificateSchema)(value)).toBeUndefined()
})

test('is not made of a schema of which nobody said what it takes', () => {
  expect(() => quickReader(z.strictObject({ a: z.string() }))).toThrow('nobody said')
})
