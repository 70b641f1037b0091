import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Fault } from '../../../src/base/fault.ts'
import { readRecord } from '../../../src/guarantee/record.ts'
import { launchBrowser } from '../../support/browser.ts'
import { APPROVER, CLERK, look, newOffice } from './office.ts'
import { issued, newCompanyKey, retireKey, version } from './scene.ts'

let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser.close())

const OTHER = { ...CLERK, user: 'clerk-2', name: '見本 三郎' }

test('a retired key: what the platform said and its cure; then it is signed anew, once', async () => {
  const { page, scene, base, origin, who } = await newOffice(browser, true, retireKey)
  await page.goto(base)
  const main = page.getByRole('main')
  expect(await main.innerText()).toContain('貴社の署名鍵は使用を終えています')
  expect(await main.innerText()).toContain('akashi desk key-import')
  expect(await page.getByRole('button', { name: '署名し直して送る' }).count(), 'no key').toBe(0)
  const kid = await newCompanyKey(scene)
  await page.reload()
  await look(page, 'refused')
  const action = await page
    .locator('form', { has: page.getByRole('button', { name: '署名し直して送る' }) })
    .getAttribute('action')
  await page.getByRole('button', { name: '署名し直して送る' }).click()
  await page.waitForURL(`**${base}?done=resigned`)
  expect(await page.getByRole('status').innerText()).toContain('今の署名鍵で署名し直して')
  await scene.sender.idle()
  await page.reload()
  expect(await main.innerText()).toContain('プラットフォームに到着しました')
  expect(readRecord((await version(scene)).jws).header.kid).toBe(kid)
  await look(page, 'resigned')

  const post = () => page.request.post(`${origin}${action}`, { form: {}, maxRedirects: 0 })
  const twice = await post()
  expect([twice.status(), twice.headers().location]).toEqual([303, `${base}?done=resigned`])
  who.member = OTHER
  const late = await post()
  expect([late.status(), late.headers().location]).toEqual([303, `${base}?refused=goneOn`])
  expect([await scene.records(), (await scene.rows('refusal')).length]).toEqual([1, 1])
}, 60_000)

test('a valid key: sent again, never signed anew; dropped with a reason, by two people', async () => {
  const { page, scene, base, origin, who } = await newOffice(browser, true, async (scene) => {
    scene.mishaps.push(async () => {
      throw new Fault('owner_not_started', 'said the platform')
    })
  })
  await newCompanyKey(scene)
  await page.goto(base)
  expect(await page.getByRole('button', { name: '署名し直して送る' }).count()).toBe(0)
  expect(await page.getByRole('button', { name: '同じ記録をもう一度送る' }).count()).toBe(1)
  await page.getByText('取りやめる', { exact: true }).click()
  await page.getByRole('button', { name: '取りやめの承認を依頼する' }).click()
  expect(await page.locator('.error').innerText()).toBe('取りやめる理由を入力してください')
  await page.getByLabel(/理由/).fill('aB3dE5gH7jK9')
  await page.getByRole('button', { name: '取りやめの承認を依頼する' }).click()
  expect(await page.locator('.error').innerText()).toContain('認証キーは書かずに')
  await page.getByLabel(/理由/).fill('発注者の開始日より前の契約でした')
  await look(page, 'drop')
  await page.getByRole('button', { name: '取りやめの承認を依頼する' }).click()
  await page.waitForURL(`**${base}?done=asked`)
  expect(await page.getByRole('button', { name: '承認して取りやめる' }).count()).toBe(0)
  const { application } = await issued(scene)
  const [{ id } = { id: 0 }] = await scene.rows<{ id: number }>('submission')
  let proposal = await page.locator('input[name=proposal]').first().inputValue()
  const agree = (form = { proposal }) =>
    page.request.post(`${origin}${base}/refused/${id}/agree`, { form, maxRedirects: 0 })
  expect((await agree()).status(), 'who asked').toBe(403)
  who.member = OTHER
  expect((await agree()).status(), 'no approver').toBe(403)
  who.member = APPROVER
  await page.reload()
  expect(await page.getByRole('button', { name: '依頼を取り下げる' }).count()).toBe(0)
  await page.getByText('差し戻す', { exact: true }).first().click()
  await page.getByLabel('差し戻す理由').fill('発注者に確かめてください')
  await page.getByRole('button', { name: '差し戻す' }).click()
  await page.getByText('依頼を差し戻しました。').waitFor()
  expect((await agree()).headers().location, 'it has ended').toContain('?refused=goneOn')
  who.member = CLERK
  await page.goto(base)
  const back = page.getByRole('region', { name: '記録の取りやめの依頼が差し戻されました' })
  expect(await back.innerText()).toContain('発注者に確かめてください')
  await look(page, 'drop-sent-back')
  await page.getByText('取りやめる', { exact: true }).click()
  await page.getByLabel(/理由/).fill('発注者の開始日より前の契約でした')
  await page.getByRole('button', { name: '取りやめの承認を依頼する' }).click()
  await page.waitForURL(`**${base}?done=asked`)
  expect(await back.count(), 'it is asked for anew').toBe(0)
  proposal = await page.locator('input[name=proposal]').first().inputValue()
  who.member = APPROVER
  await page.reload()
  await look(page, 'agree')
  const other = await agree({ proposal: '99' })
  expect(other.headers().location, 'not what was shown').toBe(`${base}?refused=goneOn`)
  const done = await agree()
  expect([done.status(), done.headers().location]).toEqual([
    303,
    `/desk/inbox/${application}?done=drop`,
  ])
  expect(await scene.rows('issued')).toEqual([])
  expect(await scene.rows('refusal')).toMatchObject([
    {
      deed: 'dropped',
      madeBy: 'clerk',
      approvedBy: 'approver',
      reason: '発注者の開始日より前の契約でした',
    },
  ])
}, 60_000)
