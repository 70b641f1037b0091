import { once } from 'node:events'
import { mkdirSync } from 'node:fs'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createAdaptorServer } from '@hono/node-server'
import { serveStatic } from '@hono/node-server/serve-static'
import { Hono } from 'hono'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import type { Member } from '../../../src/accounts/member.ts'
import { Fault } from '../../../src/base/fault.ts'
import { createCompany } from '../../../src/desk/company/company.ts'
import { createPremiums } from '../../../src/desk/company/premiums.ts'
import { lifePages } from '../../../src/desk/issue/life.page.ts'
import { createLife } from '../../../src/desk/issue/life.ts'
import { createLifeDesk } from '../../../src/desk/issue/life-desk.ts'
import type { AccessEvent } from '../../../src/ports.ts'
import { statusOf } from '../../../src/web/answer.ts'
import { expectSound } from '../../stories/support/sight.ts'
import { launchBrowser, openPage } from '../../support/browser.ts'
import { issued, later, line, newScene, type Scene } from './scene.ts'

const PICTURES = process.env.PICTURES

let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser.close())

const member = (user: string, name: string, role: Member['role']): Member => ({
  ...{ user, name, email: `${user}@east.example`, role },
  organisation: {
    id: 'o-east',
    kind: 'issuer',
    name: 'あかし東建設業保証株式会社',
    issuer: 'east',
  },
})

const CLERK = member('clerk', '見本 花子', 'clerk')
const APPROVER = member('approver', '見本 次郎', 'approver')

/** The company's pages over a guarantee that has arrived; who is signed in may change. */
async function office(fourEyes: boolean) {
  const scene = await newScene(fourEyes)
  await scene.issue(await scene.apply([line()]))
  await scene.sender.run()
  scene.world.clock.pass(1000)
  const { ports } = scene
  const company = createCompany(ports)
  const parts = { ports, company, sender: scene.sender, life: createLife(scene.parts) }
  const lifeDesk = createLifeDesk({ ...parts, premiums: createPremiums(ports, company) })
  const who = { member: CLERK as Member | undefined }
  const noted: AccessEvent[] = []
  const access = {
    note: async (event: AccessEvent) => void noted.push(event),
    count: async () => {},
    retry: async () => {},
  }
  const app = new Hono()
  app.use('/css/*', serveStatic({ root: 'public' }))
  const site = { origin: 'http://127.0.0.1', demo: true }
  app.route('/', lifePages({ lifeDesk, memberOf: async () => who.member, access, site }))
  app.onError((error, c) => {
    if (!(error instanceof Fault)) throw error
    return c.text(error.code, statusOf(error.code) as 404)
  })
  const server = createAdaptorServer({ fetch: app.fetch }) as Server
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const { page, context } = await openPage(browser, origin)
  onTestFinished(async () => {
    await context.close()
    server.closeAllConnections()
    server.close()
  })
  const { contractNumber } = await issued(scene)
  const base = `/desk/guarantees/east/${contractNumber}/life`
  return { scene, page, who, noted, base, origin }
}

/** Sound at both sizes; a picture of each where somebody wants to look. */
async function look(page: Page, name: string): Promise<void> {
  await expectSound(page)
  if (PICTURES === undefined) return
  mkdirSync(PICTURES, { recursive: true })
  for (const width of [1280, 320]) {
    await page.setViewportSize({ width, height: 900 })
    await page.screenshot({ path: `${PICTURES}/life-${name}-${width}.png`, fullPage: true })
  }
  await page.setViewportSize({ width: 1280, height: 900 })
}

const amount = async (scene: Scene) =>
  JSON.parse((await issued(scene)).certificate).guaranteedAmount

test('a clerk increases a guarantee: form, old → new with what it costs, and its arrival', async () => {
  const { page, scene, base } = await office(false)
  await page.goto(base)
  await look(page, 'overview')
  await page.getByRole('link', { name: '変更', exact: true }).click()
  await look(page, 'form')
  await page.getByLabel('保証金額').fill('２２，４００，０００円')
  await page.getByLabel('請負金額').fill('56,000,000')
  await page.getByLabel(/理由/).fill('設計変更')
  await page.getByRole('button', { name: '確認へ進む' }).click()
  await look(page, 'preview')
  const shown = await page.getByRole('main').innerText()
  expect(shown).toContain('20,000,000円')
  expect(shown).toContain('22,400,000円')
  await page.getByRole('button', { name: 'この内容で確定する' }).click()
  await page.waitForURL(`**${base}`)
  expect(await page.getByRole('main').innerText()).toContain('変更（増額）')
  await expect.poll(() => amount(scene)).toBe(22_400_000)
  expect(await scene.rows('premiumStatement')).toMatchObject([{ type: 'charge' }])
}, 60_000)

test('everything that is wrong is told at once, and what was typed stays', async () => {
  const { page, base } = await office(false)
  await page.goto(`${base}/correct`)
  await page.getByLabel('保証金額').fill('二千万円')
  await page.getByLabel('保証期限').fill('2026-02-30')
  await page.getByLabel('工事名').fill('')
  await page.getByRole('button', { name: '確認へ進む' }).click()
  const errors = page.getByRole('alert').getByRole('link')
  expect(await errors.count()).toBe(4)
  expect(await page.getByLabel('保証金額').inputValue()).toBe('二千万円')
  await look(page, 'errors')
}, 60_000)

test('a platform that is down: 「未到着（再送待ち n回目）」, then the arrival', async () => {
  const { page, scene, base } = await office(false)
  const down = async (): Promise<never> => {
    throw new Fault('store_unavailable', 'down')
  }
  scene.mishaps.push(down)
  await page.goto(`${base}/cancel`)
  await page.getByLabel(/理由/).fill('契約不成立')
  await page.getByRole('button', { name: '確認へ進む' }).click()
  await page.getByRole('button', { name: 'この内容で確定する' }).click()
  await page.waitForURL(`**${base}`)
  await page.reload()
  expect(await page.getByRole('main').innerText()).toContain('未到着（再送待ち 1回目）')
  expect(await page.getByRole('link', { name: '返還', exact: true }).count()).toBe(0)
  await look(page, 'waiting')
  await later(scene)
  await page.reload()
  expect(await page.getByRole('main').innerText()).toContain('プラットフォームに到着しました')
  await page.goto(`${base}/release`)
  await page.getByRole('button', { name: '確認へ進む' }).click()
  expect(await page.getByRole('alert').innerText()).toContain('今の状態では、この手続はできません')
}, 60_000)

test('where the company asks for two, who asked cannot agree, and another one does', async () => {
  const { page, scene, base, who, origin } = await office(true)
  await page.goto(`${base}/to_paper`)
  await page.getByLabel(/理由/).fill('発注者の求め')
  await page.getByRole('button', { name: '確認へ進む' }).click()
  await page.getByRole('button', { name: 'この内容で承認を依頼する' }).click()
  await page.waitForURL(`**${base}`)
  expect(await page.getByRole('main').innerText()).toContain('依頼した人は承認できません')
  expect((await issued(scene)).state).toBe('in_force')
  const post = () =>
    page.request.post(`${origin}${base}/approve`, { form: { upon: '2' }, maxRedirects: 0 })
  expect((await post()).status()).toBe(403)
  who.member = APPROVER
  await page.reload()
  await look(page, 'approve')
  await page.getByRole('button', { name: '承認して確定する' }).click()
  await expect.poll(async () => (await issued(scene)).state).toBe('on_paper')
  const [, version] = await scene.rows<{ madeBy: string; approvedBy: string }>('issuedVersion')
  expect([version?.madeBy, version?.approvedBy]).toEqual(['clerk', 'approver'])
  await page.goto(base)
  expect(await page.getByRole('button', { name: '承認して確定する' }).count()).toBe(0)
}, 60_000)

test('another company’s guarantee is not there, and who asked is noted; nor for a contractor', async () => {
  const { page, base, who, noted } = await office(false)
  const status = async (path: string) =>
    (await page.request.get(path, { maxRedirects: 0 })).status()
  const at = new URL(base, (await page.goto(base))?.url()).href
  expect(await status(at.replace('/east/', '/west/'))).toBe(404)
  expect(noted).toMatchObject([{ kind: 'foreign_id', detail: { user: 'clerk' } }])
  expect(await status(at.replace(/\d{5}-\d{6}/, '99999-999999'))).toBe(404)
  who.member = { ...CLERK, role: 'contractor' }
  expect(await status(at)).toBe(403)
  who.member = undefined
  expect(await status(at)).toBe(303)
}, 60_000)
