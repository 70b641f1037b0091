import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import { serveStatic } from '@hono/node-server/serve-static'
import { Hono } from 'hono'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, onTestFinished } from 'vitest'
import type { Member } from '../../../src/accounts/member.ts'
import { createPremiums } from '../../../src/desk/company/premiums.ts'
import { createIssueLine } from '../../../src/desk/issue/issue-line.ts'
import { createPress } from '../../../src/desk/print/press.ts'
import { statementPages } from '../../../src/desk/underwrite/statements.page.ts'
import { underwritePages } from '../../../src/desk/underwrite/underwrite.page.ts'
import { fontFiles } from '../../../src/outside/font-files.ts'
import { faultOf, statusOf } from '../../../src/web/answer.ts'
import { launchBrowser, openPage } from '../../support/browser.ts'
import { newScene } from '../issue/scene.ts'

const EAST = {
  id: 'org-east',
  kind: 'issuer',
  name: 'あかし東建設業保証株式会社',
  issuer: 'east',
} as const
const FIRM = { id: 'takahashi', kind: 'contractor', name: '株式会社髙橋建設' } as const
const person = (
  user: string,
  name: string,
  role: Member['role'],
  organisation: Member['organisation'],
) => ({
  ...{ user, name, role, organisation, email: `${user}@sample.example` },
})
const MEMBERS: Record<string, Member> = {
  clerk: person('clerk', '受付　花子', 'clerk', EAST),
  approver: person('approver', '承認　太郎', 'approver', EAST),
  stranger: person('stranger', '西　一郎', 'clerk', { ...EAST, id: 'org-west', issuer: 'west' }),
  contractor: person('contractor', '髙橋　健一', 'contractor', FIRM),
  rival: person('rival', '山﨑　洋子', 'contractor', { ...FIRM, id: 'yamazaki' }),
}

/** The pages on a real desk and platform; who is signed in is told by a cookie. */
export async function serveDesk() {
  const scene = await newScene(true)
  const { store, clock, platform } = scene.ports
  const company = scene.parts.company as never
  const foreign: string[] = []
  const doors = {
    ...{ store, clock, platform, company },
    memberOf: async (request: Request) =>
      MEMBERS[/who=(\w+)/.exec(request.headers.get('cookie') ?? '')?.[1] ?? ''],
    site: { origin: 'http://127.0.0.1', demo: false },
    premiums: createPremiums(scene.ports, scene.parts.company),
    issueLine: createIssueLine(scene.parts),
    tell: {
      returned: async () => [],
      declined: async () => [],
      premium: async () => [],
      givenBack: async () => [],
    },
    userName: async (user: string) => MEMBERS[user]?.name,
    press: createPress(fontFiles),
    report: (event: string) => void foreign.push(event),
    noteForeign: async ({ user }: Member, path: string) => void foreign.push(`${user} ${path}`),
  }
  const app = new Hono()
  app.use('/css/*', serveStatic({ root: 'public' }))
  app.use('/js/*', serveStatic({ root: 'public' }))
  app.use('/fonts/*', serveStatic({ root: 'public' }))
  app.get('/favicon.ico', serveStatic({ root: 'public' }))
  app.get('/icon.svg', serveStatic({ root: 'public' }))
  app.route('/', underwritePages(doors))
  app.route('/', statementPages(doors))
  app.onError((error, c) => c.text(error.message, statusOf(faultOf(error).code) as 404))
  const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' })
  await new Promise((done) => server.once('listening', done))
  onTestFinished(() => void server.close())
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return { scene, origin, foreign }
}

/**
 * One browser for a file of tests, made before the first and closed after the last.
 * @returns a page in which somebody is signed in
 */
export function newBrowser(): (origin: string, who: string) => Promise<Page> {
  let browser: Browser
  beforeAll(async () => {
    browser = await launchBrowser()
  })
  afterAll(() => browser.close())
  return (origin, who) => signedIn(browser, origin, who)
}

/** The heading of the one 前払金保証 on a page of an application, with its 手続状況. */
export function heading(page: Page): Promise<string> {
  return page.locator('h2', { hasText: '前払金保証' }).innerText()
}

/** Presses the button of the one 前払金保証. */
export function press(page: Page, name: string): Promise<void> {
  return page.getByRole('button', { name: `前払金保証：${name}` }).click()
}

async function signedIn(browser: Browser, origin: string, who: string): Promise<Page> {
  const { page, context, violations } = await openPage(browser, origin)
  await context.addCookies([{ name: 'who', value: who, url: origin }])
  onTestFinished(async () => {
    expect(violations).toEqual([])
    await context.close()
  })
  return page
}
