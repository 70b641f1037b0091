import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { launchBrowser, openPage, type Visit } from '../../support/browser.ts'
import { startServer } from '../../support/server.ts'

type VisitOptions = Parameters<typeof openPage>[2] & {
  /** Where relative addresses start, unless it is the server's own origin. */
  origin?: string
}

/**
 * A story in a real browser, against a server that holds the demo.
 *
 * `page` is an officer's; `visit` gives further pages, each of a person of its own. That none of
 * them broke the Content-Security-Policy, logged an error or asked another origin, and that the
 * server met nothing that it did not expect, is part of every story.
 *
 * Server, browser and pages serve one story after another, through all files: to start them anew
 * costs more than most stories do. What the site keeps in a browser is the mark of a right answer,
 * which changes no page. What a story leaves on the server is share links, and failures that count;
 * where a list of links is read, no other story makes any, and who fails often has a mark of its own.
 */
export const story = test
  // What the server is started with; also, a fixture that ends with a cleanup has to name another.
  .extend('env', { scope: 'worker' }, {} as Record<string, string>)
  .extend('server', { scope: 'worker' }, async ({ env }, { onCleanup }) => {
    const server = await startServer(env)
    onCleanup(async () => void (await server.stop()))
    return server
  })
  .extend('browser', { scope: 'worker' }, async ({ env: _ }, { onCleanup }) => {
    const browser = await launchBrowser()
    onCleanup(() => browser.close())
    return Object.assign(browser, { idle: new Map<string, Visit[]>() })
  })
  .extend('visit', async ({ server, browser }, { onCleanup }) => {
    const busy: { kind: string; visit: Visit }[] = []
    onCleanup(async () => {
      for (const { kind, visit } of busy) {
        await visit.page.goto('about:blank')
        browser.idle.set(kind, [...(browser.idle.get(kind) ?? []), visit])
      }
      expect(busy.flatMap(({ visit }) => visit.violations.splice(0))).toEqual([])
      expect(server.output()).not.toContain('"event":"internal"')
    })
    return async ({ origin = server.origin, ...options }: VisitOptions = {}): Promise<Page> => {
      const kind = JSON.stringify([origin, options])
      const visit = browser.idle.get(kind)?.pop() ?? (await openPage(browser, origin, options))
      busy.push({ kind, visit })
      return visit.page
    }
  })
  .extend('page', ({ visit }) => visit())
