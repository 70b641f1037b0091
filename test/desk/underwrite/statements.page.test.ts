import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { dayInTokyo, instant } from '../../../src/base/time.ts'
import { createPremiums } from '../../../src/desk/company/premiums.ts'
import { createSettleStatement } from '../../../src/desk/underwrite/settle-statement.ts'
import { plainDay } from '../../../src/web/show.ts'
import { expectSound } from '../../stories/support/sight.ts'
import { line } from '../issue/scene.ts'
import { newDesk } from './desk.ts'
import { newBrowser, serveDesk } from './served.ts'

const as = newBrowser()

test('a charge by the month and a refund are noted as settled on their own row, by whom and when', async () => {
  const { scene, origin, foreign } = await serveDesk()
  const { store } = scene.ports
  const premiums = createPremiums(scene.ports, scene.parts.company)
  const billed = async (paymentMethod: 'monthly_lump' | 'per_case') => {
    const application = await scene.apply([line({ paymentMethod })], 'issued')
    const kind = 'advance_payment'
    const about = { issuer: 'east', org: 'takahashi', application, kind } as const
    const was = {
      guaranteedAmount: 20_000_000,
      coverage: { end: '2026-09-15' },
      documentDate: '2025-11-20',
    }
    const first = await premiums.forIssue(about, was)
    await store.commit((await first.bill(line({ paymentMethod }))).queries)
    const end = await premiums.forCancel(about, was, 'before_advance_paid')
    await store.commit((await end.bill()).queries)
  }
  const today = dayInTokyo(instant(scene.ports.clock.now()))
  await billed('monthly_lump')
  await billed('per_case')
  const clerk = await as(origin, 'clerk')
  const approver = await as(origin, 'approver')
  await clerk.goto('/desk/statements')
  await approver.goto('/desk/statements')
  const row = (page: Page, number: string) =>
    page.getByRole('row').filter({ has: page.getByRole('rowheader', { name: number }) })
  const mark = (page: Page, number: string) => page.getByLabel(`${number} を`)
  const settle = async (page: Page, number: string, day?: string) => {
    const one = row(page, number)
    if (!(await one.locator('details').evaluate((one) => one.hasAttribute('open')))) {
      await mark(page, number).click()
    }
    if (day !== undefined) await one.getByRole('textbox').fill(day)
    await one.getByRole('button').click()
  }
  expect(await mark(clerk, 'EK-000003').count(), 'paid by the case').toBe(0)
  const open = /ほかの未精算：EK-000003（保証料 63,000円）\s*差引き：お支払い 1,000円/
  expect(await row(clerk, 'EK-000004').innerText(), 'its charge is open').toMatch(open)
  expect(await row(clerk, 'EK-000002').innerText(), 'by the month').not.toContain('未精算')
  await settle(clerk, 'EK-000001', '2099-01-01')
  expect(await clerk.getByRole('alert').innerText()).toContain('今日より後です')
  await expectSound(clerk)
  await settle(clerk, 'EK-000001', today)
  expect(await clerk.getByRole('status').innerText()).toBe('記録しました。')
  await settle(approver, 'EK-000001')
  expect(await approver.getByRole('alert').innerText()).toContain('ほかの人が先に記録しました')
  await settle(clerk, 'EK-000002')
  expect(await row(clerk, 'EK-000001').innerText()).toMatch(/受領済み[\s\S]*受付　花子/)
  expect(await row(clerk, 'EK-000002').innerText()).toMatch(/返還済み[\s\S]*受付　花子/)
  expect(await mark(clerk, 'EK-000001').count()).toBe(0)
  await expectSound(clerk)
  const undo = (number: string) => clerk.getByLabel(`計算書番号 ${number} の記録を取り消す`)
  expect(await undo('EK-000003').count(), 'nothing was noted').toBe(0)
  scene.world.clock.pass(60_000)
  await undo('EK-000001').click()
  await row(clerk, 'EK-000001').getByRole('button').click()
  expect(await clerk.getByRole('alert').innerText()).toContain('取り消す理由を入力してください')
  await expectSound(clerk)
  const [noted] = await scene.rows<{ settledAt: string }>('premiumStatement')
  await row(clerk, 'EK-000001').getByRole('textbox').fill('別の入金でした')
  await row(clerk, 'EK-000001').getByRole('button').click()
  expect(await clerk.getByRole('status').innerText()).toContain('未精算に戻りました')
  expect(await row(clerk, 'EK-000001').innerText()).toMatch(
    /一括納付[\s\S]*受領済み（.*）の記録を、受付　花子さんが .* に取り消しました。理由：別の入金でした/,
  )
  await expectSound(clerk)
  const { undo: again } = createSettleStatement(scene.ports)
  const how = { settledAt: noted?.settledAt ?? '', byUser: 'approver', reason: '同じ理由' }
  expect(await again('east', 'EK-000001', how), 'somebody had done so').toBe(false)
  await settle(clerk, 'EK-000001')
  expect(await again('east', 'EK-000001', how), 'it was noted anew').toBe(false)
  expect(await scene.rows('settlementUndone')).toMatchObject([
    { number: 'EK-000001', settledBy: 'clerk', settledOn: today, byUser: 'clerk' },
  ])
  expect(await scene.rows('premiumStatement')).toMatchObject([
    { settledBy: 'clerk', settledOn: today },
    { settledBy: 'clerk' },
    { settledBy: null },
    { settledBy: null },
  ])
  const post = async (who: string, number: string, deed = 'settled') =>
    (
      await fetch(`${origin}/desk/statements/east/${number}/${deed}`, {
        method: 'POST',
        headers: { cookie: `who=${who}`, origin },
        body: new URLSearchParams({ on: today, reason: '理由', settledAt: today }),
        redirect: 'manual',
      })
    ).status
  expect(await post('clerk', 'EK-000003')).toBe(409)
  expect(await post('clerk', 'EK-999999')).toBe(404)
  expect(await post('stranger', 'EK-000004')).toBe(404)
  expect(foreign).toEqual(['stranger /desk/statements/east/EK-000004/settled'])
  expect(await post('contractor', 'EK-000004')).toBe(403)
  expect(await post('contractor', 'EK-000002', 'undone')).toBe(403)
  expect(await post('clerk', 'EK-999999', 'undone')).toBe(404)
  const contractor = await as(origin, 'contractor')
  await contractor.goto('/desk/statements')
  expect(await row(contractor, 'EK-000002').innerText()).toContain('返還済み')
  expect(await contractor.getByText('受付　花子').count()).toBe(0)
  expect(await contractor.getByRole('button', { name: /にする/ }).count()).toBe(0)
  const due = plainDay(
    'ja',
    (await scene.rows<{ dueOn: string }>('premiumStatement'))[2]?.dueOn ?? '',
  )
  expect(await row(contractor, 'EK-000003').innerText()).toMatch(`支払期限 ${due}`)
  expect(await row(contractor, 'EK-000003').innerText()).toContain('EK-000004（返還 62,000円）')
  expect(await row(contractor, 'EK-000001').innerText(), 'by the month').not.toContain('支払期限')
  const payees = contractor.getByRole('region', { name: '保証料の振込先' })
  expect(await payees.innerText()).toMatch(/見本銀行 見本支店 普通 0000000（見本。振り込まないで/)
  await expectSound(contractor)
  expect(await clerk.getByRole('region', { name: '保証料の振込先' }).count()).toBe(0)
}, 60_000)

test('the receipt of a first premium that is paid by the case is a step of its application, and not taken back', async () => {
  const { scene, act } = await newDesk()
  const id = await scene.apply([line()], 'received')
  await act(id, 'accept')
  await act(id, 'settle')
  const [first] = await scene.rows<{ number: string; settledAt: string }>('premiumStatement')
  const { number = '', settledAt = '' } = first ?? {}
  const { undo } = createSettleStatement(scene.ports)
  const how = { settledAt, byUser: 'clerk', reason: '理由' }
  await expect(undo('east', number, how)).rejects.toMatchObject({ code: 'state_conflict' })
  await expect(undo('west', number, how)).rejects.toMatchObject({ code: 'not_found' })
})
