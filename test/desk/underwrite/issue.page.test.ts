import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { expectSound } from '../../stories/support/sight.ts'
import { line, retireKey } from '../issue/scene.ts'
import { heading, newBrowser, press, serveDesk } from './served.ts'

const as = newBrowser()

test('a clerk and an approver bring an application to its issue', async () => {
  const { scene, origin } = await serveDesk()
  const id = await scene.apply([line()], 'submitted')
  const clerk = await as(origin, 'clerk')
  const approver = await as(origin, 'approver')
  await clerk.goto('/desk/inbox')
  await expectSound(clerk)
  await clerk.getByRole('rowheader').getByRole('link').click()
  await expectSound(clerk)
  expect(await clerk.getByText('保証料 63,000円').innerText()).toContain('見本料率')
  expect(await clerk.getByRole('button', { name: /引受を承認する/ }).count()).toBe(0)
  await press(clerk, '受け付ける')
  expect(await clerk.getByRole('status').innerText()).toContain(
    '次は承認者が審査し、引受を承認します',
  )
  await approver.goto(`/desk/inbox/${id}`)
  await press(approver, '引受を承認する')
  expect(await heading(approver)).toContain('引受承認')
  await clerk.reload()
  const receipt = clerk.locator('.receipt')
  expect(await receipt.innerText()).toContain('63,000円（都度納付）')
  const day = clerk.getByLabel(/受領した日/)
  const today = await day.inputValue()
  for (const [typed, said] of [
    ['きのう', /年月日で入力してください/],
    ['2099-01-01', /今日より後です/],
    ['2020-01-01', /作った日（.*）より前です/],
  ] as const) {
    await day.fill(typed)
    await press(clerk, '保証料の受領を確認する')
    expect(await receipt.locator('.error').innerText()).toMatch(said)
    const summary = clerk.getByRole('alert')
    expect(await summary.getByRole('link').innerText()).toMatch(said)
    expect(await summary.evaluate((one) => one === document.activeElement)).toBe(true)
    expect(await day.inputValue()).toBe(typed)
  }
  await expectSound(clerk)
  await day.fill(today)
  await press(clerk, '保証料の受領を確認する')
  expect(await clerk.locator('.premium').innerText()).toMatch(/63,000円[\s\S]*都度納付　.*受領/)
  await approver.reload()
  expect(await approver.getByText('引受を承認した人は、発行できません').count()).toBe(1)
  expect(await approver.getByRole('link', { name: /発行へ進む/ }).count()).toBe(0)
  const sign = (page: Page) => page.getByRole('button', { name: '署名して発行する' })
  await approver.goto(`/desk/inbox/${id}/advance_payment/issue`)
  expect(await approver.getByText('引受を承認した人は、発行できません').count()).toBe(1)
  expect(await sign(approver).count()).toBe(0)
  expect(await approver.getByRole('region', { name: '引受と発行' }).innerText()).toMatch(
    /発行する人\s+引受を承認した人とは別の/,
  )
  await clerk.getByRole('link', { name: '前払金保証：発行へ進む' }).click()
  await expectSound(clerk)
  const [shown] = await clerk.getByRole('region', { name: /前払金保証証書/ }).allInnerTexts()
  for (const part of [
    '20,000,000',
    '50,000,000',
    '市道本町線 道路改良工事（第2工区）',
    '富士市長',
  ]) {
    expect(shown).toContain(part)
  }
  expect(await clerk.getByRole('region', { name: '引受と発行' }).innerText()).toMatch(
    /承認　太郎[\s\S]*63,000円[\s\S]*受付　花子[\s\S]*二人による確認/,
  )
  await scene.issue(await scene.apply([line()]))
  await sign(clerk).click()
  expect(await clerk.getByRole('alert').innerText()).toMatch(
    /保証契約番号が \S+-\S+1 から \S+-\S+2 に変わりました。発行していません/,
  )
  await expectSound(clerk)
  const late = await clerk.context().newPage()
  await late.goto(clerk.url())
  await sign(clerk).click()
  expect(await clerk.getByRole('status').innerText()).toContain('署名しました')
  await sign(late).click()
  expect(await late.getByRole('status').innerText(), 'pressed twice').toContain('署名しました')
  expect(await scene.rows('issued')).toHaveLength(2)
  await clerk.goto(`/desk/inbox/${id}/advance_payment/issue`)
  expect(await clerk.getByRole('alert').innerText()).toContain('この手続はできません')
  await clerk.goto(`/desk/inbox/${id}`)
  expect(await heading(clerk)).toContain('発行手続中')
  expect(await clerk.getByText('送信しています').count()).toBe(1)
  await scene.sender.run()
  await clerk.reload()
  expect(await clerk.getByText(/プラットフォームに到着しました 20/).count()).toBe(1)
  const next = await scene.apply([line()])
  await retireKey(scene)
  await clerk.goto(`/desk/inbox/${next}/advance_payment/issue`)
  expect(await clerk.getByRole('alert').innerText()).toMatch(
    /署名鍵は使用を終えています.*key-import/,
  )
  expect(await sign(clerk).count()).toBe(0)
  await clerk.goto(`/desk/inbox/${id}`)
  expect(await clerk.getByText('次の手続：').count()).toBe(0)
  await clerk.goto('/desk/inbox?tab=issued')
  expect(await clerk.getByRole('row').count()).toBe(3)
})
