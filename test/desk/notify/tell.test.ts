import { expect, test } from 'vitest'
import { dayInTokyo, instant } from '../../../src/base/time.ts'
import { createCompany } from '../../../src/desk/company/company.ts'
import { createPremiums } from '../../../src/desk/company/premiums.ts'
import { createIssueLine } from '../../../src/desk/issue/issue-line.ts'
import type { LifeEvent } from '../../../src/desk/issue/life-events.ts'
import type { LifeFields } from '../../../src/desk/issue/life-form.ts'
import { createOutbox } from '../../../src/desk/notify/outbox.ts'
import { createTell } from '../../../src/desk/notify/tell.ts'
import { isToPay } from '../../../src/desk/underwrite/payees.ts'
import {
  createStatements,
  isMarkable,
  type StatementSeen,
} from '../../../src/desk/underwrite/statements.ts'
import { DEFAULT_PATTERN } from '../../../src/guarantee/contract-number.ts'
import { billFirst, issued, lifeDeskOf, line, newScene, previewed } from '../issue/scene.ts'

async function newTell(mail?: string, format: 'paper' | 'electronic' = 'paper') {
  const scene = await newScene()
  const { ports } = scene
  const company = createCompany(ports)
  const profile = await company.profileOf('east')
  const branches = profile.branches.map(({ mail: _, ...one }) =>
    one.id === 'shizuoka' && mail !== undefined ? { ...one, mail } : one,
  )
  await company.set({ id: 'east', numberPattern: DEFAULT_PATTERN }, { ...profile, branches })
  const { officeOf, mailOf, receptionOf, accountOf, dueOn } = company
  const outbox = createOutbox(ports, 'Net Desk <noreply@east.example>')
  const origin = 'https://hosho.example.lg.jp'
  const offices = { officeOf, mailOf, receptionOf, accountOf, dueOn }
  const tell = createTell({ store: ports.store, outbox, ...offices, origin })
  const mails = () =>
    scene.rows<{ purpose: string; recipient: string; subject: string; body: string }>('mail')
  const application = await scene.apply([line({ format })])
  return { scene, tell, mails, application }
}

const about = (application: string) => ({
  ...{ issuer: 'east', org: 'takahashi', application, number: 'A-1' },
})

test('what is issued on paper is told in its own commit, and not where that fails', async () => {
  const { scene, tell, mails, application } = await newTell()
  const issueLine = createIssueLine({ ...scene.parts, tell: tell.onPaper })
  const wish = { issuer: 'east', application, kind: 'advance_payment' } as const
  const { digest } = await issueLine.draft(wish)
  const two = [1, 2].map(() => issueLine.issue({ ...wish, digest, madeBy: 'clerk' }))
  await Promise.allSettled(two)
  expect(await mails()).toMatchObject([
    { purpose: 'paper_issue', recipient: 'soumu@takahashi.example' },
  ])
  expect((await mails())[0]?.body).toContain('正 ES-000001、副 ES-000001-2')
})

test('a 引受不可 goes to the contractor, a 取下げ to the office that has an address', async () => {
  const { scene, tell, mails, application } = await newTell('shizuoka@east.example')
  await scene.ports.store.commit([
    ...(await tell.declined(about(application), 'advance_payment', '引受限度')),
    ...(await tell.withdrawn(about(application), 'advance_payment', {
      reason: '契約不成立',
      billed: true,
    })),
  ])
  const [declined, withdrawn] = await mails()
  expect(declined).toMatchObject({ recipient: 'soumu@takahashi.example' })
  expect(declined?.body).toContain('引受限度')
  expect(withdrawn).toMatchObject({ recipient: 'shizuoka@east.example' })
  expect(withdrawn?.body).toMatch(/^あかし東建設業保証株式会社 静岡支店 ご担当者様/)
  expect(withdrawn?.body).toContain('契約不成立')
  expect(withdrawn?.body).toContain('保証料計算書は、取消になりました')
})

test('near twin: without an address the office finds it in its inbox alone', async () => {
  const { tell, application } = await newTell()
  const nobody = { reason: '', billed: false }
  expect(await tell.withdrawn(about(application), 'advance_payment', nobody)).toEqual([])
})

/** A guarantee in force whose premium of 63,000 yen was billed; each deed and what mails it brought. */
async function inForce(format: 'paper' | 'electronic') {
  const { scene, tell, mails, application } = await newTell(undefined, format)
  const { store } = scene.ports
  await scene.issue(application)
  await scene.sender.run()
  scene.world.clock.pass(1000)
  await billFirst(scene)
  const { numberKey } = await issued(scene)
  const desk = await lifeDeskOf(scene, false, tell.difference)
  const go = async (event: LifeEvent, fields: LifeFields, beforeTold = async () => {}) => {
    const before = (await mails()).length
    const { seen, shown } = await previewed(desk, numberKey, event, fields)
    await desk.carryOut(seen, shown, { madeBy: 'clerk' })
    await scene.sender.run()
    scene.world.clock.pass(1000)
    await beforeTold()
    const arrived = scene.told.at(-1)
    if (format === 'electronic' && arrived) {
      expect(await mails(), 'nothing before it is told').toHaveLength(before)
      await store.commit(await tell.happened(arrived))
    }
    return (await mails()).slice(before)
  }
  return { go, scene }
}

test.each(['electronic', 'paper'] as const)(
  'a difference and a refund are told, %s',
  async (format) => {
    const { go } = await inForce(format)
    const raised = { guaranteedAmount: '22,400,000', contractPrice: '56,000,000' }
    const charge = (await go('amend', raised)).filter(({ purpose }) =>
      purpose.startsWith('premium'),
    )
    expect(charge).toMatchObject([
      { purpose: 'premium_charge', recipient: 'soumu@takahashi.example' },
    ])
    expect(charge[0]?.body).toMatch(/63,000円 → 67,800円[\s\S]*4,800円[\s\S]*EK-000002/)
    expect(charge[0]?.body).toMatch(/支払期限[\s\S]*見本銀行/)
    const stage = 'before_advance_paid'
    const refund = (await go('cancel', { stage })).find(
      ({ purpose }) => purpose === 'premium_refund',
    )
    expect(refund?.body).toMatch(/解約により[\s\S]*67,800円 → 1,000円[\s\S]*66,800円/)
  },
)

test('who has paid before the record arrives is not asked to', async () => {
  const { go, scene } = await inForce('electronic')
  const { store, clock } = scene.ports
  const paid = store.db.updateTable('premiumStatement').set({ settledAt: instant(clock.now()) })
  const raised = { guaranteedAmount: '22,400,000', contractPrice: '56,000,000' }
  const told = await go('amend', raised, () => store.commit([paid.compile()]))
  expect(told.map(({ purpose }) => purpose)).toEqual(['amend'])
})

test('a sum is due from the day on which it is told, and until its record has arrived nobody pays it', async () => {
  const { go, scene } = await inForce('electronic')
  const { store } = scene.ports
  const statements = createStatements(store)
  const newest = async () => (await statements.page({ issuer: 'east' }, 1)).rows[0] as StatementSeen
  const raised = { guaranteedAmount: '22,400,000', contractPrice: '56,000,000' }
  const onItsWay = (arrivedAt: string | null) =>
    store.commit([
      store.db.updateTable('issuedVersion').set({ arrivedAt }).where('seq', '=', 2).compile(),
    ])
  let before: StatementSeen | undefined
  const letters = await go('amend', raised, async () => {
    const arrived = scene.told.at(-1) as (typeof scene.told)[number]
    await onItsWay(null)
    before = await newest()
    const late = '2026-02-20T05:00:00.000Z'
    await onItsWay(late)
    scene.told.push({ ...arrived, arrivedAt: late })
  })
  expect(before).toMatchObject({ yen: 4800, dueOn: '2026-02-17', isPending: true })
  expect([before && isMarkable(before), before && isToPay(before)]).toEqual([false, false])
  const after = await newest()
  expect(after).toMatchObject({ number: before?.number, dueOn: '2026-03-06', isPending: false })
  expect([isMarkable(after), isToPay(after)]).toEqual([true, true])
  expect(letters.map(({ body }) => body).join()).toContain('2026年3月6日')
})

test('near twin: a change that costs nothing brings no mail of money', async () => {
  const { go } = await inForce('electronic')
  const told = await go('correct', { worksName: '別の工事名' })
  expect(told.map(({ purpose }) => purpose)).toEqual(['correct'])
})

test('what is given back with a 差戻し is told under the number of the application', async () => {
  const { scene, tell, mails, application } = await newTell()
  const company = createCompany(scene.ports)
  const premiums = createPremiums(scene.ports, company)
  const of = { issuer: 'east', org: 'takahashi', application, kind: 'advance_payment' } as const
  const on = dayInTokyo(instant(scene.ports.clock.now()))
  const was = { guaranteedAmount: 20_000_000, coverage: { end: '2027-09-30' }, documentDate: on }
  const { store } = scene.ports
  await store.commit((await (await premiums.forIssue(of, was)).bill(line())).queries)
  const paid = { settledAt: instant(scene.ports.clock.now()), settledBy: 'clerk', settledOn: on }
  await store.commit([store.db.updateTable('premiumStatement').set(paid).compile()])
  const { row, queries } = await premiums.giveBack(of)
  if (!row) throw new Error('nothing is given back')
  await store.commit([...queries, ...(await tell.givenBack(about(application), row))])
  const [mail] = await mails()
  expect(mail).toMatchObject({ purpose: 'premium_refund', subject: '保証料返還のお知らせ' })
  expect(mail?.body).toMatch(/差戻しにより[\s\S]*受付番号[\s\S]*A-1[\s\S]*63,000円 → 0円/)
})
