import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { PremiumInput } from '../../../src/desk/premium/premium.ts'
import { quote, tableOn } from '../../../src/desk/premium/quote.ts'
import type { RateTable } from '../../../src/desk/premium/rate-table.ts'
import { ADV, CON, INT } from './tables.ts'

const AT = '2025-11-14T05:05:00.000Z'
const TERM = { start: '2025-11-20', end: '2026-09-15' }

function inputOf(guaranteedAmount: number, end = TERM.end): PremiumInput {
  return { guaranteedAmount, coverage: { ...TERM, end } }
}

const yenOf = (table: RateTable, amount: number, end?: string) =>
  quote(table, inputOf(amount, end), AT).yen

describe('premiums as desk-domain.md §1.3 has them', () => {
  test.each([
    ['A1', ADV, 20_000_000, undefined, 63_000],
    ['A5', ADV, 200_000, undefined, 1000],
    ['A7', ADV, 3_000_001, undefined, 12_000],
    ['I1', INT, 10_000_000, undefined, 6500],
    ['I2', INT, 1_234_000, undefined, 802],
    ['C1', CON, 5_000_000, '2026-09-15', 20_000],
    ['C3', CON, 5_000_001, '2026-09-15', 17_500],
    ['C5', CON, 5_000_000, '2026-11-19', 20_000],
    ['C6', CON, 5_000_000, '2026-11-20', 40_000],
  ] as const)('%s', (_, table, amount, end, yen) => {
    expect(yenOf(table, amount, end)).toBe(yen)
  })

  test('A2: a class of the contractor, and a twin of another class', () => {
    const good = quote(ADV, { ...inputOf(20_000_000), contractorClass: 'A' }, AT)
    expect(good).toMatchObject({ yen: 56_700, classesApplied: [{ code: 'good_record' }] })
    const other = quote(ADV, { ...inputOf(20_000_000), contractorClass: 'B' }, AT)
    expect(other).toMatchObject({ yen: 63_000, classesApplied: [] })
  })

  test('the first bill of the leaflet is 83,000 yen', () => {
    expect(yenOf(ADV, 20_000_000) + yenOf(CON, 5_000_000)).toBe(83_000)
  })
})

describe('what a quote says of itself', () => {
  test('its lines, its table and the minimum', () => {
    expect(quote(ADV, inputOf(3_000_001), AT)).toEqual({
      for: 'issue',
      rateTableId: 'demo-adv-2025-04',
      rateTableSha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      rateTableLabel: '見本料率（前払金保証）',
      termsId: 'demo-terms-2025-04',
      mark: '見本料率',
      tax: 'exempt',
      inputs: inputOf(3_000_001),
      lines: [
        { part: 3_000_000, ratePpm: 4000, subtotal: '12000' },
        { part: 1, ratePpm: 3000, subtotal: '0.003' },
      ],
      classesApplied: [],
      beforeMinimum: 12_000,
      minimumApplied: false,
      yen: 12_000,
      computedAt: AT,
    })
    expect(quote(ADV, inputOf(200_000), AT)).toMatchObject({
      beforeMinimum: 800,
      minimumApplied: true,
    })
    expect(quote(CON, inputOf(5_000_000, '2026-12-25'), AT)).toMatchObject({
      periodUnits: { unit: 'month', units: 14, blocks: 2 },
    })
  })

  test('a table that is no demo has no mark, and another digest', () => {
    const real = quote({ ...ADV, demo: false }, inputOf(20_000_000), AT)
    expect(real).not.toHaveProperty('mark')
    expect(real.rateTableSha256).not.toBe(quote(ADV, inputOf(20_000_000), AT).rateTableSha256)
  })

  test('the digest goes by what the table says, not by the order in which it says it', () => {
    const turned = Object.fromEntries(Object.entries(ADV).reverse()) as unknown as RateTable
    expect(quote(turned, inputOf(1), AT).rateTableSha256).toBe(
      quote(ADV, inputOf(1), AT).rateTableSha256,
    )
  })

  test.each([0, -1, 1.5, 1_000_000_000_000, Number.NaN])('no premium of %s yen', (amount) => {
    expect(() => yenOf(ADV, amount)).toThrow(expect.objectContaining({ code: 'amount_invalid' }))
  })

  test('no premium for a term that ends before it starts; one of a day has one', () => {
    expect(() => yenOf(CON, 5_000_000, '2025-11-19')).toThrow(
      expect.objectContaining({ code: 'claim_invalid' }),
    )
    expect(yenOf(CON, 5_000_000, '2025-11-20')).toBe(20_000)
  })

  test('a premium past every sum is refused', () => {
    const steep: RateTable = {
      ...CON,
      tiers: { mode: 'flat', bands: [{ upTo: null, ratePpm: 1_000_000 }] },
    }
    expect(() => yenOf(steep, 999_999_999_999, '2026-12-25')).toThrow(
      expect.objectContaining({ code: 'amount_invalid' }),
    )
  })
})

describe('rounding and classes', () => {
  const rounding = (unit: 1 | 10 | 100, mode: 'down' | 'up' | 'half_up'): RateTable => ({
    ...INT,
    rounding: { unit, mode, stage: 'total' },
  })

  test.each([
    [1, 'down', 802],
    [1, 'up', 803],
    [1, 'half_up', 802],
    [10, 'up', 810],
    [100, 'half_up', 800],
    [100, 'up', 900],
  ] as const)('802.1 yen to %i yen, %s', (unit, mode, yen) => {
    expect(yenOf(rounding(unit, mode), 1_234_000)).toBe(yen)
  })

  test('half a yen goes up, a little less does not', () => {
    expect(yenOf(rounding(1, 'half_up'), 10_000)).toBe(7)
    expect(yenOf(rounding(1, 'half_up'), 9999)).toBe(6)
  })

  test('each band for itself, or the total', () => {
    const up = (stage: 'total' | 'per_band'): RateTable => ({
      ...ADV,
      tiers: {
        mode: 'marginal',
        bands: [
          { upTo: 3_000_001, ratePpm: 4000 },
          { upTo: null, ratePpm: 3000 },
        ],
      },
      rounding: { unit: 10, mode: 'up', stage },
    })
    // 12,000.004 + 0.003
    expect(yenOf(up('total'), 3_000_002)).toBe(12_010)
    expect(yenOf(up('per_band'), 3_000_002)).toBe(12_020)
  })

  test('of one group the cheapest class counts, groups add up, in their order', () => {
    const when = { contractorClass: 'A' }
    const label = '見本'
    const classes: RateTable['classes'] = [
      { code: 'less', label, op: 'subtractPpm', ratePpm: 50, stackGroup: 'a', order: 1, when },
      { code: 'lesser', label, op: 'subtractPpm', ratePpm: 150, stackGroup: 'a', order: 2, when },
      {
        code: 'half',
        label,
        op: 'multiply',
        factorPpm: 500_000,
        stackGroup: 'b',
        order: 3,
        when: {},
      },
    ]
    const table = { ...INT, classes }
    const quoted = quote(table, { ...inputOf(10_000_000), contractorClass: 'A' }, AT)
    // (650 − 150) ppm × 0.5
    expect(quoted.yen).toBe(2500)
    expect(quoted.classesApplied.map(({ code }) => code)).toEqual(['lesser', 'half'])
    expect(yenOf(table, 10_000_000)).toBe(3250)
  })

  test('a rate that is lessened by more than itself is none', () => {
    const free: RateTable['classes'][number] = {
      code: 'free',
      label: '見本',
      op: 'subtractPpm',
      ratePpm: 1000,
      stackGroup: 'a',
      order: 1,
      when: {},
    }
    expect(yenOf({ ...INT, classes: [free] }, 10_000_000)).toBe(0)
  })

  test('a class with bands of its own, and a band with a fixed sum', () => {
    const bands = [
      { upTo: 5_000_000, fixedYen: 3000 },
      { upTo: null, ratePpm: 100 },
    ]
    const one = { code: 'fixed', label: '定額', stackGroup: 'a', order: 1, when: {} }
    const replaced: RateTable = { ...INT, classes: [{ ...one, op: 'replaceBands', bands }] }
    expect(quote(replaced, inputOf(4_000_000), AT)).toMatchObject({
      yen: 3000,
      lines: [{ part: 4_000_000, fixedYen: 3000, subtotal: '3000' }],
    })
    expect(yenOf(replaced, 10_000_000)).toBe(1000)
  })
})

describe('whatever the sum', () => {
  const amount = fc.integer({ min: 1, max: 999_999_999_999 })

  test('a premium by marginal bands never falls as the sum rises', () => {
    fc.assert(
      fc.property(amount, amount, fc.constantFrom(undefined, 'A'), (a, b, contractorClass) => {
        const [less, more] = [Math.min(a, b), Math.max(a, b)]
        const of = (sum: number) =>
          quote(ADV, { ...inputOf(sum), ...(contractorClass && { contractorClass }) }, AT).yen
        expect(of(less)).toBeLessThanOrEqual(of(more))
      }),
    )
  })

  test('by whole bands it may fall, which the cliff shows', () => {
    expect(yenOf(CON, 5_000_001)).toBeLessThan(yenOf(CON, 5_000_000))
  })

  test('it is a whole number of units, never below the minimum, and its lines add up', () => {
    fc.assert(
      fc.property(amount, fc.constantFrom(ADV, INT, CON), (sum, table) => {
        const { yen, lines, beforeMinimum } = quote(table, inputOf(sum), AT)
        expect(Number.isSafeInteger(yen)).toBe(true)
        expect(yen).toBeGreaterThanOrEqual(table.minimumYen)
        expect(beforeMinimum % table.rounding.unit).toBe(0)
        expect(lines.reduce((all, { part }) => all + part, 0)).toBe(sum)
        const micro = lines.reduce(
          (all, { part, ratePpm = 0 }) => all + BigInt(part) * BigInt(ratePpm),
          0n,
        )
        const given = BigInt(beforeMinimum) * 1_000_000n
        expect(given).toBeLessThanOrEqual(micro)
        expect(micro - given).toBeLessThan(BigInt(table.rounding.unit) * 1_000_000n)
      }),
    )
  })
})

describe('the table of a day', () => {
  const old: RateTable = { ...ADV, id: 'old', effectiveTo: '2026-03-31' }
  const next: RateTable = { ...ADV, id: 'next', effectiveFrom: '2026-04-01' }

  test.each([
    ['2025-03-31', undefined],
    ['2025-04-01', 'old'],
    ['2026-03-31', 'old'],
    ['2026-04-01', 'next'],
  ])('on %s it is %s', (day, id) => {
    expect(tableOn([next, CON, old], 'advance_payment', day)?.id).toBe(id)
  })

  test('of another kind there is none', () => {
    expect(tableOn([next, old], 'contract', '2026-04-01')).toBeUndefined()
  })
})
