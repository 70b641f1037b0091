import { once } from 'node:events'
import { mkdirSync } from 'node:fs'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createAdaptorServer } from '@hono/node-server'
import { serveStatic } from '@hono/node-server/serve-static'
import { Hono } from 'hono'
import type { Browser, Page } from 'playwright-core'
import { onTestFinished } from 'vitest'
import type { Member } from '../../../src/accounts/member.ts'
import { Fault } from '../../../src/base/fault.ts'
import { lifePages } from '../../../src/desk/issue/life.page.ts'
import type { AccessEvent } from '../../../src/ports.ts'
import { statusOf } from '../../../src/web/answer.ts'
import { expectSound } from '../../stories/support/sight.ts'
import { openPage } from '../../support/browser.ts'
import { billFirst, issued, lifeDeskOf, line, newScene, type Scene } from './scene.ts'

const PICTURES = process.env.PICTURES

const member = (user: string, name: string, role: Member['role']): Member => ({
  ...{ user, name, email: `${user}@east.example`, role },
  organisation: {
    id: 'o-east',
    kind: 'issuer',
    name: 'あかし東建設業保証株式会社',
    issuer: 'east',
  },
})

export const CLERK = member('clerk', '見本 花子', 'clerk')
export const APPROVER = member('approver', '見本 次郎', 'approver')

const userName = async (user: string) => [CLERK, APPROVER].find((one) => one.user === user)?.name

/** The company's pages over a guarantee that was sent; who is signed in may change. */
export async function newOffice(
  browser: Browser,
  fourEyes: boolean,
  before = async (_scene: Scene) => {},
  format: 'electronic' | 'paper' = 'electronic',
) {
  const scene = await newScene(fourEyes)
  await scene.issue(await scene.apply([line({ format })]))
  await before(scene)
  await scene.sender.run()
  scene.world.clock.pass(1000)
  await billFirst(scene)
  const lifeDesk = await lifeDeskOf(scene, fourEyes)
  const who = { member: CLERK as Member | undefined }
  const noted: AccessEvent[] = []
  const access = {
    note: async (event: AccessEvent) => void noted.push(event),
    count: async () => {},
    retry: async () => {},
  }
  const app = new Hono()
  app.use('/css/*', serveStatic({ root: 'public' }))
  app.use('/js/*', serveStatic({ root: 'public' }))
  const site = { origin: 'http://127.0.0.1', demo: true }
  app.route('/', lifePages({ lifeDesk, memberOf: async () => who.member, access, site, userName }))
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
export async function look(page: Page, name: string): Promise<void> {
  await expectSound(page)
  if (PICTURES === undefined) return
  mkdirSync(PICTURES, { recursive: true })
  for (const width of [1280, 320]) {
    await page.setViewportSize({ width, height: 900 })
    await page.screenshot({ path: `${PICTURES}/life-${name}-${width}.png`, fullPage: true })
  }
  await page.setViewportSize({ width: 1280, height: 900 })
}
