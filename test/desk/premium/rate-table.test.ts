import { describe, expect, test } from 'vitest'
import type { Fault } from '../../../src/base/fault.ts'
import type { RateTable } from '../../../src/desk/premium/rate-table.ts'
import {
  readRateTable,
  tablesFaults,
  tablesWarnings,
} from '../../../src/desk/premium/rate-table-checks.ts'
import { ADV, CON, INT } from './tables.ts'

function faultsOf(value: unknown): [string, string][] {
  try {
    readRateTable(value)
    return []
  } catch (error) {
    const { code, errors = [] } = error as Fault
    expect(code).toBe('body_invalid')
    return errors.map(({ field, detail }) => [field, detail])
  }
}

const bands = (...list: unknown[]) => ({ ...ADV, tiers: { mode: 'marginal', bands: list } })
const RATE = { ratePpm: 1000 }

describe('a rate table is read whole or not at all', () => {
  test('those of the examples are', () => {
    for (const table of [ADV, INT, CON]) expect(readRateTable(table)).toEqual(table)
  })

  test.each<[string, unknown, string, RegExp]>([
    [
      'a gap above the last band',
      bands({ upTo: 100, ...RATE }),
      'tiers.bands.0.upTo',
      /must be null/,
    ],
    [
      'an open band that is not the last',
      bands({ upTo: null, ...RATE }, { upTo: null, ...RATE }),
      'tiers.bands.0.upTo',
      /only the last/,
    ],
    [
      'a limit that does not rise',
      bands({ upTo: 100, ...RATE }, { upTo: 100, ...RATE }, { upTo: null, ...RATE }),
      'tiers.bands.1.upTo',
      /above the limit of the band before it, 100/,
    ],
    ['no band', bands(), 'tiers.bands', /one band at least/],
    [
      'a negative rate',
      bands({ upTo: null, ratePpm: -1 }),
      'tiers.bands.0.ratePpm',
      /parts per million/,
    ],
    ['a rate that is no integer', bands({ upTo: null, ratePpm: 0.5 }), 'tiers.bands.0', /upTo/],
    [
      'a band with a rate and a sum',
      bands({ upTo: null, ratePpm: 1, fixedYen: 1 }),
      'tiers.bands.0',
      /upTo, fixedYen/,
    ],
    [
      'two bands of a flat table',
      { ...INT, tiers: { mode: 'flat', bands: ADV.tiers.bands } },
      'tiers.bands',
      /flat/,
    ],
    [
      'a negative factor',
      { ...ADV, classes: [{ ...ADV.classes[0], factorPpm: -1 }] },
      'classes.0.factorPpm',
      /factor/,
    ],
    [
      'two classes of one code',
      { ...ADV, classes: [ADV.classes[0], ADV.classes[0]] },
      'classes.1.code',
      /twice/,
    ],
    [
      'a gap in the bands of a class',
      {
        ...ADV,
        classes: [
          {
            code: 'x',
            label: 'x',
            op: 'replaceBands',
            bands: [{ upTo: 5, ...RATE }],
            stackGroup: 'x',
            order: 1,
            when: {},
          },
        ],
      },
      'classes.0.bands.0.upTo',
      /must be null/,
    ],
    [
      'a gap in the bands of the term',
      { ...ADV, period: { mode: 'bands', unit: 'month', bands: [{ upTo: 6, factorPpm: 1 }] } },
      'period.bands.0.upTo',
      /must be null/,
    ],
    [
      'a term counted otherwise',
      { ...ADV, period: { mode: 'weekly' } },
      'period.mode',
      /none, block, prorata or bands/,
    ],
    [
      'a block of nothing',
      { ...CON, period: { ...CON.period, blockSize: 0 } },
      'period.blockSize',
      /1/,
    ],
    ['an end before the beginning', { ...ADV, effectiveTo: '2025-03-31' }, 'effectiveTo', /before/],
    ['a day that does not exist', { ...ADV, effectiveFrom: '2025-02-29' }, 'effectiveFrom', /day/],
    ['a demo that does not say so', { ...ADV, label: '前払金保証料率' }, 'label', /見本料率/],
    [
      'a unit of five yen',
      { ...ADV, rounding: { ...ADV.rounding, unit: 5 } },
      'rounding.unit',
      /1, 10/,
    ],
    ['a member that is not known', { ...ADV, discount: 5 }, 'discount', /not known/],
    ['another tax', { ...ADV, tax: '10' }, 'tax', /exempt/],
    [
      'a refund of more than all',
      { ...ADV, cancel: { ...ADV.cancel, before_handover: { refundPpm: 1_000_001 } } },
      'cancel.before_handover.refundPpm',
      /1000000/,
    ],
  ])('%s is refused', (_, value, field, detail) => {
    expect(faultsOf(value)).toContainEqual([field, expect.stringMatching(detail)])
  })

  test('the twins that are allowed', () => {
    expect(faultsOf({ ...ADV, effectiveTo: '2025-04-01' })).toEqual([])
    expect(faultsOf({ ...ADV, demo: false, label: '前払金保証料率' })).toEqual([])
    expect(faultsOf(bands({ upTo: 100, ...RATE }, { upTo: null, fixedYen: 0 }))).toEqual([])
  })

  test('everything is said at once', () => {
    const wrong = { ...ADV, tax: '10', minimumYen: -1, kind: 'performance_bond' }
    expect(faultsOf(wrong).map(([field]) => field)).toEqual(['kind', 'minimumYen', 'tax'])
  })
})

describe('the tables of a company', () => {
  const from = (id: string, effectiveFrom: string, effectiveTo: string | null): RateTable => ({
    ...ADV,
    id,
    effectiveFrom,
    effectiveTo,
  })
  const faults = (...tables: RateTable[]) => tablesFaults(tables).map(({ field }) => field)

  test('follow each other', () => {
    const tables = [from('a', '2025-04-01', '2026-03-31'), from('b', '2026-04-01', null)]
    expect(faults(...tables, CON, INT)).toEqual([])
    expect(tablesWarnings(tables)).toEqual([])
  })

  test.each([
    ['on one day', from('b', '2026-03-31', null)],
    ['wholly', from('b', '2025-06-01', '2025-07-31')],
    ['as the wider one', from('b', '2024-01-01', null)],
  ])('do not overlap %s', (_, other) => {
    expect(faults(from('a', '2025-04-01', '2026-03-31'), other)).toEqual(['1.effectiveFrom'])
    expect(faults(from('a', '2025-04-01', '2026-03-31'), { ...other, kind: 'contract' })).toEqual(
      [],
    )
    expect(faults(from('a', '2025-04-01', '2026-03-31'), { ...other, issuerId: 'b' })).toEqual([])
  })

  test('have each an id of their own', () => {
    expect(faults(ADV, { ...CON, id: ADV.id })).toEqual(['1.id'])
  })

  test('are warned of where the premium falls, and where a day has none', () => {
    expect(tablesWarnings([ADV, CON])).toMatchObject([
      {
        field: '1.tiers.bands',
        detail: expect.stringContaining('20000 to 17500 yen above 5000000'),
      },
    ])
    const gap = [from('a', '2025-04-01', '2026-03-31'), from('b', '2026-04-02', null)]
    expect(tablesWarnings(gap)).toMatchObject([
      { field: '0.effectiveTo', detail: expect.stringContaining('2026-04-01') },
    ])
  })
})
