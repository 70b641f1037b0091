import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { dayInTokyo, instant } from '../../../src/base/time.ts'
import { createPremiums } from '../../../src/desk/company/premiums.ts'
import { plainDay } from '../../../src/web/show.ts'
import { expectSound } from '../../stories/support/sight.ts'
import { line } from '../issue/scene.ts'
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
  expect(await scene.rows('premiumStatement')).toMatchObject([
    { settledBy: 'clerk', settledOn: today },
    { settledBy: 'clerk' },
    { settledBy: null },
    { settledBy: null },
  ])
  const post = async (who: string, number: string) =>
    (
      await fetch(`${origin}/desk/statements/east/${number}/settled`, {
        method: 'POST',
        headers: { cookie: `who=${who}`, origin },
        body: new URLSearchParams({ on: today }),
        redirect: 'manual',
      })
    ).status
  expect(await post('clerk', 'EK-000003')).toBe(409)
  expect(await post('clerk', 'EK-999999')).toBe(404)
  expect(await post('stranger', 'EK-000004')).toBe(404)
  expect(foreign).toEqual(['stranger /desk/statements/east/EK-000004/settled'])
  expect(await post('contractor', 'EK-000004')).toBe(403)
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
