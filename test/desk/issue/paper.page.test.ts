import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Fault } from '../../../src/base/fault.ts'
import { launchBrowser } from '../../support/browser.ts'
import { textOf } from '../print/reading.ts'
import { CLERK, look, newOffice } from './office.ts'
import { issued, later, type Scene } from './scene.ts'

let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser.close())

const office = (format: 'electronic' | 'paper') => newOffice(browser, false, async () => {}, format)

/** A picture alone, where somebody wants one: what the page is built of is sound on others. */
async function glance(page: Page, name: string): Promise<void> {
  if (process.env.PICTURES !== undefined) await look(page, name)
}

const amount = async (scene: Scene) =>
  JSON.parse((await issued(scene)).certificate).guaranteedAmount

test('a paper guarantee: its sheets are printed, made anew with a reason, and the old ones are void', async () => {
  const { page, base, noted, who, origin } = await office('paper')
  await page.goto(base)
  await glance(page, 'paper')
  const main = page.getByRole('main')
  expect(await main.innerText()).toContain('未印刷')
  const link = page.getByRole('link', { name: '証書番号 ES-000001 の正・副を印刷（PDF）' })
  const old = (await link.getAttribute('href')) ?? ''
  const first = await page.request.get(old)
  expect(first.headers()['content-type']).toBe('application/pdf')
  expect(textOf(await first.body())).toContain('髙橋建設')
  expect((await (await page.request.get(old)).body()).equals(await first.body())).toBe(true)
  await page.reload()
  expect(await main.innerText()).toContain('計2回')
  await page.getByRole('link', { name: '再発行', exact: true }).click()
  await page.getByRole('button', { name: '確認へ進む' }).click()
  expect(await page.getByRole('alert').innerText()).toContain('理由を入力してください')
  await page.getByLabel(/理由/).fill('紛失届のとおり')
  await page.getByRole('button', { name: '確認へ進む' }).click()
  await glance(page, 'paper-reissue')
  expect(await main.innerText()).toContain('ES-000001、ES-000001-2')
  await page.getByRole('button', { name: 'この内容で確定する' }).click()
  await page.waitForURL((url) => url.pathname === base)
  await look(page, 'paper-reissued')
  expect(await main.innerText()).toContain('無効（再発行）')
  expect(await link.count()).toBe(0)
  const refused = await page.goto(old)
  expect(refused?.status()).toBe(409)
  expect(await main.innerText()).toContain('この証書は無効です')
  await glance(page, 'paper-void')
  expect((await page.request.get(`${base}/sheets/9/certificate.pdf`)).status()).toBe(404)
  const foreign = `${origin}${old.replace('/east/', '/west/')}`
  expect((await page.request.get(foreign)).status()).toBe(404)
  expect(noted).toMatchObject([{ kind: 'foreign_id', detail: { user: 'clerk' } }])
  who.member = { ...CLERK, role: 'contractor' }
  expect((await page.request.get(old)).status()).toBe(403)
}, 60_000)

test('a paper guarantee is changed: a form with the same terms is refused, a 変更 is printed', async () => {
  const { page, base, scene } = await office('paper')
  await page.goto(`${base}/amend`)
  await glance(page, 'paper-amend')
  await page.getByLabel(/理由/).fill('設計変更')
  await page.getByRole('button', { name: '確認へ進む' }).click()
  expect(await page.getByRole('alert').innerText()).toContain('変わる事項がありません')
  await page.getByLabel('保証金額').fill('22,400,000')
  await page.getByLabel('請負金額').fill('56,000,000')
  await page.getByRole('button', { name: '確認へ進む' }).click()
  await glance(page, 'paper-amend-preview')
  await page.getByRole('button', { name: 'この内容で確定する' }).click()
  await page.waitForURL((url) => url.pathname === base)
  await look(page, 'paper-amended')
  expect(await amount(scene)).toBe(22_400_000)
  expect(await scene.rows('premiumStatement')).toMatchObject([{}, { type: 'charge', yen: 4800 }])
  const shown = await page.getByRole('main').innerText()
  expect(shown).toContain('変更 第1回')
  expect(shown).toContain('変更前（変更の証書と併せて有効）')
}, 60_000)

test('before the switch to paper has arrived the page says why nothing can be printed', async () => {
  const { page, base, scene, origin } = await office('electronic')
  scene.mishaps.push(async () => {
    throw new Fault('store_unavailable', 'down')
  })
  await page.goto(`${base}/to_paper`)
  await page.getByLabel(/理由/).fill('発注者の求め')
  await page.getByRole('button', { name: '確認へ進む' }).click()
  await page.getByRole('button', { name: 'この内容で確定する' }).click()
  await page.waitForURL((url) => url.pathname === base)
  await glance(page, 'switching')
  expect(await page.getByRole('main').innerText()).toContain('証書（紙）は印刷できません')
  const make = () => page.request.post(`${origin}${base}/sheets`, { maxRedirects: 0 })
  expect((await make()).status()).toBe(409)
  expect(await scene.rows('paperSheet')).toEqual([])
  await later(scene)
  await page.reload()
  await look(page, 'switched')
  const clicks = await Promise.all([make(), make()])
  expect(clicks.map((answer) => answer.status())).toEqual([303, 303])
  expect(await scene.rows('paperSheet')).toHaveLength(2)
  await page.reload()
  await glance(page, 'switched-sheets')
  const link = page.getByRole('link', { name: /を印刷（PDF）$/ })
  const pdf = await (await page.request.get((await link.getAttribute('href')) ?? '')).body()
  expect(textOf(pdf)).toContain('電子証書は無効です')
}, 60_000)
