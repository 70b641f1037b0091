import { describe, expect, test } from 'vitest'
import type { LifeEvent } from '../../../src/desk/issue/life-events.ts'
import { fieldsOf, type LifeFields } from '../../../src/desk/issue/life-form.ts'
import { lifePreviewView, uponOf } from '../../../src/desk/issue/life-preview.view.ts'
import { billFirst, companyOf, issued, lifeDeskOf, line, newScene, previewed } from './scene.ts'

const BY = { madeBy: 'clerk' }
const RAISED = { guaranteedAmount: '22,400,000', contractPrice: '56,000,000' }
const LOWERED = { guaranteedAmount: '15,000,000' }

type Row = { number: string; type: 'charge' | 'refund'; yen: number; quote: string }

/** A guarantee whose first premium of 63,000 yen was billed, in the hands of its company. */
async function billed(format: 'electronic' | 'paper') {
  const made = await inForce(format)
  await billFirst(made.scene)
  return made
}

/** A guarantee that nothing was billed for. */
async function inForce(format: 'electronic' | 'paper') {
  const scene = await newScene()
  const application = await scene.apply([line({ format })])
  await scene.issue(application)
  await scene.sender.run()
  scene.world.clock.pass(1000)
  const { numberKey } = await issued(scene)
  const desk = await lifeDeskOf(scene, false)

  /** What the preview says of the premium; then it is done. */
  async function go(event: LifeEvent, fields: LifeFields = {}) {
    const { seen, shown } = await previewed(desk, numberKey, event, fields)
    expect(shown.errors).toEqual([])
    await desk.carryOut(seen, shown, BY)
    await scene.sender.run()
    scene.world.clock.pass(1000)
    return shown.premium && [shown.premium.quote.type, shown.premium.quote.yen]
  }
  const rows = () => scene.rows<Row>('premiumStatement')
  const net = async () =>
    (await rows()).reduce((all, { type, yen }) => all + (type === 'charge' ? yen : -yen), 0)
  /** A deed whose statement's number goes to another guarantee, or before which `meanwhile` happens. */
  async function overtaken(meanwhile: () => Promise<void>) {
    const seen = await desk.overview('east', numberKey)
    const terms = fieldsOf(JSON.parse(seen.issued.certificate))
    const shown = await desk.preview(seen, 'amend', { ...terms, ...RAISED, reason: '理由' })
    if (!shown.premium) throw new Error('no premium')
    const { bill } = shown.premium
    let times = 0
    shown.premium.bill = async (payment) => {
      const made = await bill(payment)
      if (++times === 1) await meanwhile()
      return made
    }
    await desk.carryOut(seen, shown, BY)
    return times
  }
  return { scene, go, rows, net, desk, numberKey, overtaken }
}

describe.each(['electronic', 'paper'] as const)('the premium of a guarantee, %s', (format) => {
  test('増額 forth and back is nothing; so is 減額', async () => {
    const { go, net, rows } = await billed(format)
    expect(await go('amend', RAISED)).toEqual(['charge', 4800])
    expect(await go('cancel_amendment')).toEqual(['refund', 4800])
    expect(await net()).toBe(63_000)
    expect(await go('amend', LOWERED)).toEqual(['refund', 15_000])
    expect(await go('cancel_amendment')).toEqual(['charge', 15_000])
    expect(await net()).toBe(63_000)
    const [, raise, back] = await rows()
    expect(JSON.parse(back?.quote ?? '')).toMatchObject({
      for: 'reversal',
      statements: [{ number: raise?.number, type: 'charge', yen: 4800 }],
    })
  })

  test('a 解約 that is taken back takes its refund back, and the next one gives as much', async () => {
    const { go, net } = await billed(format)
    const stage = 'before_advance_paid'
    expect(await go('cancel', { stage })).toEqual(['refund', 62_000])
    expect(await go('cancel_amendment')).toEqual(['charge', 62_000])
    expect(await net()).toBe(63_000)
    expect(await go('cancel', { stage })).toEqual(['refund', 62_000])
  })

  test('a 訂正 of the sum is reckoned, of other words it is not', async () => {
    const { go, net, rows } = await billed(format)
    expect(await go('correct', { worksName: '別の工事名' })).toEqual(['none', 0])
    expect(await rows()).toHaveLength(1)
    expect(await go('correct', { guaranteedAmount: '5,000,000' })).toEqual(['refund', 45_000])
    expect(await net()).toBe(18_000)
    expect(await go('correct', { guaranteedAmount: '20,000,000' })).toEqual(['charge', 45_000])
    expect(await net()).toBe(63_000)
  })

  test('a 変更 that was corrected is taken back with its 訂正', async () => {
    const { go, net, desk, numberKey } = await billed(format)
    const takesBack = async () => {
      const seen = await desk.overview('east', numberKey)
      const shown = await desk.preview(seen, 'cancel_amendment', { reason: '理由' })
      return String(lifePreviewView('', seen, shown, { manner: 'confirm' }))
    }
    await go('amend', RAISED)
    expect(await takesBack(), 'nothing was corrected yet').not.toContain('訂正で直した記載も')
    expect(await go('correct', { guaranteedAmount: '22,000,000' })).toEqual(['refund', 800])
    expect(await takesBack()).toContain('訂正で直した記載も')
    expect(await go('cancel_amendment')).toEqual(['refund', 4000])
    expect(await net()).toBe(63_000)
  })
})

describe.each(['electronic', 'paper'] as const)('where nothing was billed here, %s', (format) => {
  test('what would change the premium cannot be reckoned, and bills nothing', async () => {
    const { go, rows } = await inForce(format)
    expect(await go('correct', { worksName: '別の工事名' })).toEqual(['none', 0])
    expect(await go('amend', LOWERED)).toEqual(['unknown', 0])
    expect(await go('cancel_amendment')).toEqual(['unknown', 0])
    expect(await go('cancel', { stage: 'before_handover' })).toEqual(['unknown', 0])
    expect(await go('cancel_amendment')).toEqual(['unknown', 0])
    expect(await rows()).toEqual([])
  })
})

describe.each(['electronic', 'paper'] as const)('two deeds at once, %s', (format) => {
  test('on two guarantees of a company: each has its statement, and neither is told of the other', async () => {
    const { scene, rows, overtaken } = await billed(format)
    const { nextNumber } = await companyOf(scene.world, false)
    const times = await overtaken(async () => {
      await scene.ports.store.commit([(await nextNumber('east', 'statement')).query])
    })
    expect(times).toBe(2)
    const [first, second] = await rows()
    const numbers = [first, second].map((row) => Number(row?.number.replace(/\D/g, '')))
    expect((numbers[1] ?? 0) - (numbers[0] ?? 0)).toBe(2)
    expect(await rows()).toHaveLength(2)
  })

  test('on one guarantee: the later one is told, and bills nothing', async () => {
    const { scene, go, rows, overtaken } = await billed(format)
    const late = overtaken(async () => void (await go('amend', LOWERED)))
    await expect(late).rejects.toMatchObject({ code: 'state_conflict' })
    expect((await rows()).map(({ yen }) => yen)).toEqual([63_000, 15_000])
    expect(JSON.parse((await issued(scene)).certificate).guaranteedAmount).toBe(15_000_000)
  })
})

test('what else is open stands with the premium of a deed, and no longer once it was received', async () => {
  const { scene, desk, numberKey, go } = await billed('electronic')
  const shown = async () => {
    const seen = await desk.overview('east', numberKey)
    const preview = await desk.preview(seen, 'cancel', {
      ...{ reason: '理由', reasonCode: 'other', stage: 'after_advance_paid' },
    })
    return [preview.premium?.open, uponOf(seen, preview)] as const
  }
  await go('amend', RAISED)
  const [open, upon] = await shown()
  expect(open).toEqual([
    { number: 'EK-000001', type: 'charge', yen: 63_000 },
    { number: 'EK-000002', type: 'charge', yen: 4_800 },
  ])
  const { db } = scene.ports.store
  const on = '2026-02-02'
  await scene.ports.store.commit([
    db
      .updateTable('premiumStatement')
      .set({ settledAt: `${on}T00:00:00.000Z`, settledBy: 'clerk', settledOn: on })
      .where('number', '=', 'EK-000001')
      .compile(),
  ])
  const [left, uponNow] = await shown()
  expect(left).toEqual([{ number: 'EK-000002', type: 'charge', yen: 4_800 }])
  expect(uponNow, 'who saw the other one is asked again').not.toBe(upon)
})

test('a 返還 and a switch to paper have no premium to take back', async () => {
  const { go, rows } = await billed('electronic')
  expect(await go('release')).toBeUndefined()
  expect(await go('cancel_amendment')).toEqual(['none', 0])
  expect(await go('to_paper')).toBeUndefined()
  expect(await go('cancel_amendment')).toEqual(['none', 0])
  expect(await rows()).toHaveLength(1)
})

test('a 訂正 after a 解約 changes no premium: what it gave back hangs on what was charged', async () => {
  const { go, rows } = await billed('electronic')
  await go('cancel', { stage: 'before_advance_paid' })
  expect(await go('correct', LOWERED)).toEqual(['none', 0])
  expect(await go('cancel_amendment')).toEqual(['charge', 62_000])
  expect(await rows()).toHaveLength(3)
})

test('a statement of a difference is paid as it was asked for, though the last sending was of other guarantees', async () => {
  const { scene, go } = await billed('electronic')
  const { store } = scene.ports
  const [first] = await scene.rows<{ application: string; content: string; at: string }>(
    'applicationRevision',
  )
  const { application, content, at } = first ?? { application: '', content: '{}', at: '' }
  const asked = line({ paymentMethod: 'monthly_lump', billTo: { name: '髙橋本店' } })
  const text = (lines: object[]) => JSON.stringify({ ...JSON.parse(content), lines })
  await store.commit([
    store.db
      .updateTable('applicationRevision')
      .set({ content: text([asked]) })
      .compile(),
    store.db
      .insertInto('applicationRevision')
      .values({ application, revision: 2, form: '{}', content: text([]), byUser: 'contractor', at })
      .compile(),
  ])
  await go('amend', RAISED)
  const paid = await scene.rows<{ paymentMethod: string; billTo: string }>('premiumStatement')
  const { paymentMethod, billTo } = paid.at(-1) ?? {}
  expect([paymentMethod, billTo]).toEqual(['monthly_lump', expect.stringContaining('髙橋本店')])
})

test('what is open is said where a deed costs nothing, too', async () => {
  const { desk, numberKey, scene } = await billed('electronic')
  const shownTo = async () => {
    const { seen, shown } = await previewed(desk, numberKey, 'cancel', {})
    expect(shown.premium?.quote.type).toBe('none')
    return String(lifePreviewView('/life', seen, shown, { manner: 'confirm' }))
  }
  const page = await shownTo()
  expect(page).toContain('保証料の増減はありません')
  expect(page).toMatch(/ほかの未精算：EK-000001[\s\S]*差引き：お支払い 63,000円/)
  const { store } = scene.ports
  const paid = store.db
    .updateTable('premiumStatement')
    .set({ settledAt: '2026-02-03T06:00:00.000Z' })
  await store.commit([paid.compile()])
  expect(await shownTo(), 'near twin').not.toContain('未精算')
})
