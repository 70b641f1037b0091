import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { launchBrowser, openPage, type Visit } from '../../support/browser.ts'
import { startServer } from '../../support/server.ts'

type VisitOptions = Parameters<typeof openPage>[2] & {
  /** Where relative addresses start, unless it is the server's own origin. */
  origin?: string
}

/**
 * A story in a real browser, against a server that holds the demo and serves the whole file.
 *
 * `page` is an officer's; `visit` gives further pages, each of a person of its own. That none of
 * them broke the Content-Security-Policy, logged an error or asked another origin, and that the
 * server met nothing that it did not expect, is part of every story.
 *
 * The site keeps nothing in a browser, so pages of the same kind serve one story after another: a
 * new one costs more than most stories do.
 */
export const story = test
  .extend('env', { scope: 'file' }, {} as Record<string, string>)
  .extend('world', { scope: 'file' }, async ({ env }, { onCleanup }) => {
    const [server, browser] = await Promise.all([startServer(env), launchBrowser()])
    onCleanup(async () => {
      await browser.close()
      expect(await server.stop()).toBe(0)
      expect(server.output()).not.toContain('"event":"internal"')
    })
    return { server, browser, idle: new Map<string, Visit[]>() }
  })
  .extend('server', { scope: 'file' }, ({ world }) => world.server)
  .extend('visit', async ({ world }, { onCleanup }) => {
    const busy: { kind: string; visit: Visit }[] = []
    onCleanup(async () => {
      for (const { kind, visit } of busy) {
        await visit.page.goto('about:blank')
        world.idle.set(kind, [...(world.idle.get(kind) ?? []), visit])
      }
      expect(busy.flatMap(({ visit }) => visit.violations.splice(0))).toEqual([])
    })
    return async ({ origin, ...options }: VisitOptions = {}): Promise<Page> => {
      const kind = JSON.stringify([origin, options])
      const known = world.idle.get(kind)?.pop()
      const visit = known ?? (await openPage(world.browser, origin ?? world.server.origin, options))
      busy.push({ kind, visit })
      return visit.page
    }
  })
  .extend('page', ({ visit }) => visit())
