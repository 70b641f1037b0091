import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type CancelStage, quoteCancel } from '../../../src/desk/premium/cancel.ts'
import { quoteChange } from '../../../src/desk/premium/change.ts'
import type { PremiumInput } from '../../../src/desk/premium/premium.ts'
import { quote } from '../../../src/desk/premium/quote.ts'
import type { RateTable } from '../../../src/desk/premium/rate-table.ts'
import { ADV, CON, INT } from './tables.ts'

const AT = '2026-03-02T01:00:00.000Z'
const ON = '2026-03-02'
const START = '2025-11-20'

function inputOf(guaranteedAmount: number, end = '2026-09-15'): PremiumInput {
  return { guaranteedAmount, coverage: { start: START, end } }
}

function changed(
  table: RateTable,
  was: PremiumInput,
  becomes: PremiumInput,
  more: { atChange?: RateTable; chargedYen?: number; on?: string; correction?: true } = {},
) {
  const { atChange = table, chargedYen = quote(table, was, AT).yen, on = ON, ...how } = more
  return quoteChange({ atIssue: table, atChange }, { was, becomes, on, chargedYen, ...how }, AT)
}

type Rules = RateTable['change']
const withRules = (table: RateTable, rules: Partial<Rules>): RateTable => ({
  ...table,
  change: { ...table.change, ...rules },
})

describe('changes as desk-domain.md §1.3 has them', () => {
  test('A3: an increase is charged', () => {
    expect(changed(ADV, inputOf(20_000_000), inputOf(22_400_000))).toMatchObject({
      type: 'charge',
      yen: 4800,
      steps: [{ rule: 'increase', before: 63_000, after: 67_800, yen: 4800 }],
      mark: '見本料率',
    })
  })

  test('A4: a decrease is given back', () => {
    expect(changed(ADV, inputOf(20_000_000), inputOf(15_000_000))).toMatchObject({
      type: 'refund',
      yen: 15_000,
      steps: [{ rule: 'decrease', before: 63_000, after: 48_000, yen: -15_000 }],
    })
  })

  test('C2: a longer term is charged', () => {
    const longer = inputOf(5_000_000, '2026-12-25')
    expect(changed(CON, inputOf(5_000_000), longer)).toMatchObject({
      type: 'charge',
      yen: 20_000,
      steps: [{ rule: 'expiryOnly', before: 20_000, after: 40_000 }],
    })
  })
})

describe('what else a change does', () => {
  test('nothing changed, nothing due; nor by a term that has no part in the premium', () => {
    expect(changed(ADV, inputOf(20_000_000), inputOf(20_000_000))).toMatchObject({
      type: 'none',
      yen: 0,
      steps: [],
    })
    expect(changed(ADV, inputOf(20_000_000), inputOf(20_000_000, '2027-03-31'))).toMatchObject({
      type: 'none',
      yen: 0,
    })
  })

  test('a step of a table by whole sums names the bands that it leads between; others have none', () => {
    const low = { above: 0, upTo: 5_000_000, ratePpm: 4000 }
    const high = { above: 5_000_000, upTo: null, ratePpm: 3500 }
    const bands = (from: number, to: number, table = CON) =>
      changed(table, inputOf(from), inputOf(to)).steps.map((step) => step.bands)
    expect(bands(5_000_000, 5_500_000)).toEqual([{ before: low, after: high }])
    expect(bands(5_000_001, 5_000_000)).toEqual([{ before: high, after: low }])
    expect(bands(4_000_000, 5_000_000), 'within a band').toEqual([undefined])
    expect(bands(2_000_000, 22_400_000, ADV), 'each band takes its part').toEqual([undefined])
    const asNew = withRules(CON, { increase: { method: 'delta_as_new', minChargeYen: 0 } })
    expect(bands(5_000_000, 5_500_000, asNew), 'by the added sum alone').toEqual([undefined])
  })

  test('sum and term together come to the difference of the whole', () => {
    const becomes = inputOf(6_000_000, '2026-12-25')
    const both = changed(CON, inputOf(5_000_000), becomes)
    expect(both.steps.map(({ rule }) => rule)).toEqual(['expiryOnly', 'increase'])
    // 6,000,000 × 0.35 % × 2 blocks
    expect(both).toMatchObject({ type: 'charge', yen: 42_000 - 20_000 })
  })

  test('a small refund is not made, one of the least sum is', () => {
    // 250,000 × 0.2 % = 500
    const [was, less] = [inputOf(30_000_000), inputOf(29_750_000)]
    expect(changed(ADV, was, less)).toMatchObject({ type: 'refund', yen: 500 })
    expect(changed(ADV, was, inputOf(29_750_500))).toMatchObject({ type: 'none', yen: 0 })
    const none = { method: 'difference_of_totals', refund: false, minRefundYen: 0 } as const
    expect(changed(withRules(ADV, { decrease: none }), was, less)).toMatchObject({ type: 'none' })
  })

  test('a small charge is not made, one of the least sum is', () => {
    const increase = { method: 'difference_of_totals', minChargeYen: 2000 } as const
    const table = withRules(ADV, { increase })
    expect(changed(table, inputOf(30_000_000), inputOf(31_000_000))).toMatchObject({ yen: 2000 })
    expect(changed(table, inputOf(30_000_000), inputOf(30_999_000))).toMatchObject({ yen: 0 })
  })

  test('an increase goes by the table of its day, both totals of it', () => {
    const dearer: RateTable = {
      ...ADV,
      id: 'dearer',
      tiers: { mode: 'flat', bands: [{ upTo: null, ratePpm: 5000 }] },
    }
    const rise = changed(ADV, inputOf(20_000_000), inputOf(22_000_000), { atChange: dearer })
    expect(rise).toMatchObject({ yen: 10_000, rateTableId: 'dearer' })
    const fall = changed(ADV, inputOf(20_000_000), inputOf(15_000_000), { atChange: dearer })
    expect(fall).toMatchObject({ yen: 15_000, rateTableId: ADV.id })
  })

  test('the minimum is kept, unless the table gives it up', () => {
    const [was, less] = [inputOf(1_000_000), inputOf(100_000)]
    expect(changed(ADV, was, less)).toMatchObject({ type: 'refund', yen: 3000 })
    expect(changed(withRules(ADV, { keepMinimum: false }), was, less)).toMatchObject({ yen: 3600 })
    const longer = inputOf(100_000, '2027-03-31')
    expect(changed(withRules(ADV, { keepMinimum: false }), less, longer)).toMatchObject({ yen: 0 })
  })

  test('no more is given back than was charged, less the minimum that is kept', () => {
    const [was, less] = [inputOf(20_000_000), inputOf(15_000_000)]
    expect(changed(ADV, was, less, { chargedYen: 9000 })).toMatchObject({ yen: 8000 })
    expect(changed(ADV, was, less, { chargedYen: 0 })).toMatchObject({ type: 'none', yen: 0 })
  })
})

describe('other methods', () => {
  const rules = (method: Rules['increase']['method']): Partial<Rules> => ({
    increase: { method, minChargeYen: 0 },
    decrease: { method, refund: true, minRefundYen: 0 },
    expiryOnly: { method },
  })

  test('the difference as a guarantee of its own', () => {
    const table = withRules(ADV, rules('delta_as_new'))
    // 2,400,000 from the first band on.
    expect(changed(table, inputOf(20_000_000), inputOf(22_400_000))).toMatchObject({ yen: 9600 })
    // The minimum is charged again, and not given back.
    expect(changed(table, inputOf(20_000_000), inputOf(20_200_000))).toMatchObject({ yen: 1000 })
    expect(changed(table, inputOf(20_000_000), inputOf(19_800_000))).toMatchObject({
      type: 'refund',
      yen: 800,
    })
    const term = withRules(CON, rules('delta_as_new'))
    const longer = inputOf(5_000_000, '2026-12-25')
    expect(changed(term, inputOf(5_000_000), longer)).toMatchObject({ yen: 20_000 })
    const ended = { on: '2026-09-16' }
    expect(changed(table, inputOf(20_000_000), inputOf(22_400_000), ended).yen).toBe(0)
  })

  test('the difference for what is left of the term', () => {
    const table = withRules(ADV, rules('prorata_remaining'))
    // 4,800 × 198 of 300 days; the day of the change counts.
    expect(changed(table, inputOf(20_000_000), inputOf(22_400_000))).toMatchObject({ yen: 3168 })
    expect(changed(table, inputOf(20_000_000), inputOf(15_000_000))).toMatchObject({
      type: 'refund',
      yen: 9900,
    })
    // 63,000 × 30 more of 300 days.
    const longer = inputOf(20_000_000, '2026-10-15')
    expect(changed(table, inputOf(20_000_000), longer)).toMatchObject({ yen: 6300 })
  })
})

describe('a 訂正', () => {
  const correction = true

  test('gives back and charges the whole difference, however small, whatever the rules of changes', () => {
    const none = { method: 'prorata_remaining', refund: false, minRefundYen: 500 } as const
    const dear = { method: 'delta_as_new', minChargeYen: 5000 } as const
    const table = withRules(ADV, { decrease: none, increase: dear, keepMinimum: false })
    const [was, less] = [inputOf(20_000_000), inputOf(19_900_000)]
    expect(changed(table, was, less, { correction })).toMatchObject({ type: 'refund', yen: 300 })
    expect(changed(table, was, less)).toMatchObject({ type: 'none' })
    expect(changed(table, less, was, { correction })).toMatchObject({
      type: 'charge',
      yen: 300,
      correction,
    })
    expect(changed(table, less, was).yen).not.toBe(300)
  })

  test('keeps the minimum, for what should have been charged has one', () => {
    const table = withRules(ADV, { keepMinimum: false })
    const [was, less] = [inputOf(1_000_000), inputOf(100_000)]
    expect(changed(table, was, less, { correction })).toMatchObject({ yen: 3000 })
  })
})

describe('cancellations', () => {
  test.each([
    ['before_handover', 63_000],
    ['before_advance_paid', 62_000],
    ['after_advance_paid', 0],
  ] as const)('%s gives back %i of 63,000 yen', (stage, yen) => {
    expect(quoteCancel(ADV, { stage, chargedYen: 63_000 }, AT)).toMatchObject({
      for: 'cancel',
      stage,
      chargedYen: 63_000,
      type: yen > 0 ? 'refund' : 'none',
      yen,
      mark: '見本料率',
    })
  })

  test('what is kept back is never more than was charged', () => {
    const stage = 'before_advance_paid'
    expect(quoteCancel(ADV, { stage, chargedYen: 700 }, AT)).toMatchObject({ type: 'none', yen: 0 })
    expect(quoteCancel(ADV, { stage, chargedYen: 1001 }, AT)).toMatchObject({ yen: 1 })
  })
})

describe('whatever the change', () => {
  const amount = fc.integer({ min: 1, max: 999_999_999_999 })
  const days = ['2026-03-01', '2026-09-15', '2026-11-19', '2026-11-20', '2028-02-29']
  const input = fc.tuple(amount, fc.constantFrom(...days)).map(([sum, end]) => inputOf(sum, end))
  const method = fc.constantFrom(
    'difference_of_totals' as const,
    'delta_as_new' as const,
    'prorata_remaining' as const,
  )
  const table = fc
    .tuple(fc.constantFrom(ADV, INT, CON), method, method, method, fc.boolean())
    .map(([base, increase, decrease, expiryOnly, keepMinimum]) =>
      withRules(base, {
        increase: { method: increase, minChargeYen: 0 },
        decrease: { method: decrease, refund: true, minRefundYen: 0 },
        expiryOnly: { method: expiryOnly },
        keepMinimum,
      }),
    )

  test('a sum is never below zero, and no refund is more than was charged', () => {
    fc.assert(
      fc.property(table, input, input, fc.nat(1_000_000_000), (rates, was, becomes, chargedYen) => {
        const { type, yen } = changed(rates, was, becomes, { chargedYen })
        expect(yen).toBeGreaterThanOrEqual(0)
        expect(Number.isSafeInteger(yen)).toBe(true)
        expect(type === 'none').toBe(yen === 0)
        if (type === 'refund') expect(yen).toBeLessThanOrEqual(chargedYen)
      }),
    )
  })

  test('there and back by differences of totals comes to nothing', () => {
    const free = withRules(ADV, {
      decrease: { method: 'difference_of_totals', refund: true, minRefundYen: 0 },
    })
    fc.assert(
      fc.property(input, input, (was, becomes) => {
        const signed = ({ type, yen }: { type: string; yen: number }) =>
          type === 'refund' ? -yen : yen
        const there = signed(changed(free, was, becomes))
        const back = signed(changed(free, becomes, was))
        expect(there).toBe(-back || 0)
      }),
    )
  })

  test('a cancellation gives back no more than was charged', () => {
    const stages: CancelStage[] = ['before_handover', 'before_advance_paid', 'after_advance_paid']
    fc.assert(
      fc.property(fc.constantFrom(...stages), fc.nat(2_000_000_000), (stage, chargedYen) => {
        const { yen } = quoteCancel(ADV, { stage, chargedYen }, AT)
        expect(yen).toBeGreaterThanOrEqual(0)
        expect(yen).toBeLessThanOrEqual(chargedYen)
      }),
    )
  })
})
