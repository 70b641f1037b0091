import { describe, expect, test } from 'vitest'
import { quote } from '../../../src/desk/premium/quote.ts'
import type { RateTable } from '../../../src/desk/premium/rate-table.ts'
import { CON, INT } from './tables.ts'

const AT = '2025-11-14T05:05:00.000Z'

function yenOf(table: RateTable, guaranteedAmount: number, end = '2026-09-15'): number {
  return quote(table, { guaranteedAmount, coverage: { start: '2025-11-20', end } }, AT).yen
}

describe('terms', () => {
  const units = (table: RateTable, start: string, end: string) =>
    quote(table, { guaranteedAmount: 1000, coverage: { start, end } }, AT).periodUnits

  test.each([
    ['2025-11-20', '2025-11-20', 1],
    ['2025-11-20', '2025-12-19', 1],
    ['2025-11-20', '2025-12-20', 2],
    ['2025-11-01', '2025-11-30', 1],
    ['2025-11-01', '2025-12-01', 2],
    // 民法 art. 143 (2): where there is no such day, the month ends with its last one.
    ['2026-01-31', '2026-02-28', 1],
    ['2026-01-31', '2026-03-01', 2],
    ['2026-01-31', '2026-03-30', 2],
    ['2026-01-31', '2026-03-31', 3],
    ['2024-02-29', '2025-02-28', 12],
    ['2024-02-29', '2025-03-01', 13],
    ['2025-12-15', '2026-01-14', 1],
  ])('from %s to %s: %i started months', (start, end, months) => {
    expect(units(CON, start, end)?.units).toBe(months)
  })

  test('a last day that does not count', () => {
    const table: RateTable = {
      ...CON,
      period: { mode: 'block', unit: 'day', count: 'exclusive', blockSize: 30, minBlocks: 1 },
    }
    expect(units(table, '2025-11-01', '2025-12-01')).toEqual({ unit: 'day', units: 30, blocks: 1 })
    expect(units(table, '2025-11-01', '2025-12-02')).toEqual({ unit: 'day', units: 31, blocks: 2 })
    expect(units(table, '2025-11-01', '2025-11-01')).toEqual({ unit: 'day', units: 0, blocks: 1 })
  })

  test('days of 365, months of 12, and factors by bands', () => {
    const prorata = (base: 365 | 12): RateTable => ({ ...INT, period: { mode: 'prorata', base } })
    // 10,000,000 × 0.065 % = 6,500; 300 days, 10 months.
    expect(yenOf(prorata(365), 10_000_000)).toBe(5342)
    expect(yenOf(prorata(12), 10_000_000)).toBe(5416)
    const bands: RateTable = {
      ...INT,
      period: {
        mode: 'bands',
        unit: 'month',
        bands: [
          { upTo: 6, factorPpm: 800_000 },
          { upTo: null, factorPpm: 1_000_000 },
        ],
      },
    }
    expect(yenOf(bands, 10_000_000, '2026-05-19')).toBe(5200)
    expect(yenOf(bands, 10_000_000, '2026-05-20')).toBe(6500)
  })
})
