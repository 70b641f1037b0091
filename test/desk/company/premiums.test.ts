import { beforeEach, describe, expect, test } from 'vitest'
import { milliseconds } from '../../../src/base/time.ts'
import type { Payment, Reckoned, StatementQuote } from '../../../src/desk/company/bills.ts'
import type { Company } from '../../../src/desk/company/company.ts'
import { createPremiums, type Premiums } from '../../../src/desk/company/premiums.ts'
import type { Store } from '../../../src/store/store.ts'
import { example, ISSUER, openCompany } from './opened.ts'

const ABOUT = { issuer: 'sample', org: 'firm', application: 'a1', kind: 'advance_payment' } as const
const WAS = {
  guaranteedAmount: 20_000_000,
  coverage: { end: '2026-09-15' },
  documentDate: '2025-11-20',
}
const PAYMENT: Payment = {
  paymentMethod: 'monthly_lump',
  billTo: { name: '株式会社髙橋建設', postalCode: '417-0000', address: '静岡県富士市見本町1-1' },
}

let store: Store
let company: Company
let premiums: Premiums
let now = ''

beforeEach(async () => {
  const opened = await openCompany()
  store = opened.ports.store
  company = opened.company
  now = '2025-11-20T01:00:00.000Z'
  premiums = createPremiums({ store, clock: { now: () => milliseconds(now) } }, company)
})

async function bill(made: Reckoned<StatementQuote>, payment?: Payment) {
  const { row, queries } = await made.bill(payment)
  if (queries.length > 0) await store.commit(queries)
  return row?.number
}

const rows = () =>
  store.all(store.db.selectFrom('premiumStatement').selectAll().orderBy('number').compile())

describe('premiums are billed as statements', () => {
  test('the first one, with its quote, its payer and a number', async () => {
    const made = await premiums.forIssue(ABOUT, WAS)
    expect(made.quote).toMatchObject({ yen: 63_000, mark: '見本料率' })
    expect(await rows()).toEqual([])
    expect(await bill(made, PAYMENT)).toBe('AK-000001')
    const [row] = await rows()
    expect(row).toMatchObject({
      ...ABOUT,
      type: 'charge',
      yen: 63_000,
      madeAt: now,
      settledAt: null,
    })
    expect(JSON.parse(row?.quote ?? '')).toEqual(made.quote)
    expect(JSON.parse(row?.billTo ?? '')).toEqual(PAYMENT.billTo)
  })

  test('支払期限 is fixed with the statement, and there is none by the month or without days', async () => {
    const perCase = { ...PAYMENT, paymentMethod: 'per_case' } as const
    const dueOn = async (payment: Payment) => {
      const made = await (await premiums.forIssue(ABOUT, WAS)).bill(payment)
      await store.commit(made.queries)
      return made.row?.dueOn
    }
    expect(await dueOn(perCase)).toBe('2025-12-04')
    expect(await dueOn(PAYMENT)).toBeNull()
    const { premiumDueDays: _, ...undated } = example()
    await company.set(ISSUER, undated)
    expect(await dueOn(perCase)).toBeNull()
    expect((await rows()).map((row) => row.dueOn)).toEqual(['2025-12-04', null, null])
  })

  test('the classed contractor pays by its class, another firm does not', async () => {
    const contractorClasses = [{ organisation: 'firm', contractorClass: 'A' }]
    await company.set(ISSUER, { ...example(), contractorClasses })
    expect((await premiums.forIssue(ABOUT, WAS)).quote.yen).toBe(56_700)
    expect((await premiums.forIssue({ ...ABOUT, org: 'other' }, WAS)).quote.yen).toBe(63_000)
  })

  test.each([
    [undefined, 'A', 63_000, 15_000],
    ['A', undefined, 56_700, 13_500],
  ])(
    'classed %s at its issue and %s since: a decrease gives back as was charged',
    async (then, since, charged, back) => {
      const classed = (contractorClass?: string) =>
        company.set(ISSUER, {
          ...example(),
          contractorClasses: contractorClass ? [{ organisation: 'firm', contractorClass }] : [],
        })
      await classed(then)
      const first = await premiums.forIssue(ABOUT, WAS)
      expect(first.quote.yen).toBe(charged)
      await bill(first, PAYMENT)
      await classed(since)
      const becomes = { ...WAS, guaranteedAmount: 15_000_000 }
      const of = async (how: 'forChange' | 'forCorrection') =>
        (await premiums[how](ABOUT, { was: WAS, becomes })).quote
      expect(await of('forChange')).toMatchObject({ type: 'refund', yen: back })
      expect(await of('forCorrection')).toMatchObject({ type: 'refund', yen: back })
    },
  )

  test('a day without a table has no premium', async () => {
    const early = premiums.forIssue(ABOUT, { ...WAS, documentDate: '2025-03-31' })
    await expect(early).rejects.toMatchObject({ code: 'state_conflict' })
  })

  test('an increase, a decrease and the end, each of what has been charged so far', async () => {
    await bill(await premiums.forIssue(ABOUT, WAS), PAYMENT)
    now = '2026-01-20T01:00:00.000Z'
    const more = { ...WAS, guaranteedAmount: 22_400_000 }
    const rise = await premiums.forChange(ABOUT, { was: WAS, becomes: more })
    expect(rise.quote).toMatchObject({ type: 'charge', yen: 4800, chargedYen: 63_000 })
    await bill(rise)
    now = '2026-02-20T01:00:00.000Z'
    const less = { ...WAS, guaranteedAmount: 15_000_000 }
    const fall = await premiums.forChange(ABOUT, { was: more, becomes: less })
    expect(fall.quote).toMatchObject({ type: 'refund', yen: 19_800, chargedYen: 67_800 })
    await bill(fall)
    now = '2026-03-20T01:00:00.000Z'
    const end = await premiums.forCancel(ABOUT, less, 'before_advance_paid')
    expect(end.quote).toMatchObject({ type: 'refund', yen: 47_000, chargedYen: 48_000 })
    await bill(end)
    expect(
      (await rows()).map(({ type, yen, paymentMethod }) => [type, yen, paymentMethod]),
    ).toEqual([
      ['charge', 63_000, 'monthly_lump'],
      ['charge', 4800, 'monthly_lump'],
      ['refund', 19_800, 'monthly_lump'],
      ['refund', 47_000, 'monthly_lump'],
    ])
  })

  test('what comes to nothing is no statement', async () => {
    await bill(await premiums.forIssue(ABOUT, WAS), PAYMENT)
    const becomes = { ...WAS, coverage: { end: '2026-12-25' } }
    const change = await premiums.forChange(ABOUT, { was: WAS, becomes })
    expect(change.quote).toMatchObject({ type: 'none', yen: 0 })
    expect(await bill(change)).toBeUndefined()
    expect(await rows()).toHaveLength(1)
  })

  test('a change without a first statement is not billed to nobody', async () => {
    const becomes = { ...WAS, guaranteedAmount: 22_400_000 }
    const change = await premiums.forChange(ABOUT, { was: WAS, becomes })
    await expect(change.bill()).rejects.toMatchObject({ code: 'state_conflict' })
  })

  test('later rates are those of the day of an increase, not of a decrease', async () => {
    await bill(await premiums.forIssue(ABOUT, WAS), PAYMENT)
    const profile = example()
    const [old] = profile.rateTables
    const dearer = {
      ...old,
      id: 'later',
      effectiveFrom: '2026-04-01',
      tiers: { mode: 'flat', bands: [{ upTo: null, ratePpm: 10_000 }] },
    }
    profile.rateTables[0] = { ...old, effectiveTo: '2026-03-31' }
    profile.rateTables.push(dearer)
    await company.set(ISSUER, profile)
    now = '2026-04-01T01:00:00.000Z'
    const rise = { ...WAS, guaranteedAmount: 22_000_000 }
    const fall = { ...WAS, guaranteedAmount: 15_000_000 }
    const of = async (becomes: typeof WAS) =>
      (await premiums.forChange(ABOUT, { was: WAS, becomes })).quote
    expect(await of(rise)).toMatchObject({ yen: 20_000, rateTableId: 'later' })
    expect(await of(fall)).toMatchObject({ yen: 15_000, rateTableId: old.id })

    const risen = await bill(await premiums.forChange(ABOUT, { was: WAS, becomes: rise }))
    const correct = (statement?: string) =>
      premiums.forCorrection(ABOUT, { was: rise, becomes: WAS }, statement)
    expect((await correct(risen)).quote, 'by the table of what was wrong').toMatchObject({
      ...{ type: 'refund', yen: 20_000, rateTableId: 'later', correction: true },
    })
    expect((await correct()).quote).toMatchObject({ yen: 4000, rateTableId: old.id })
    const back = await premiums.forReversal(ABOUT, [risen ?? '', 'AK-999999'])
    expect(back?.quote).toMatchObject({
      ...{ type: 'refund', yen: 20_000, chargedYen: 83_000, rateTableId: 'later' },
      statements: [{ number: risen, type: 'charge', yen: 20_000 }],
    })
    expect(await premiums.forReversal(ABOUT, ['AK-999999'])).toBeUndefined()
  })
})
