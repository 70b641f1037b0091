import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { launchBrowser, openPage } from '../../support/browser.ts'
import { startServer } from '../../support/server.ts'

type VisitOptions = Parameters<typeof openPage>[2] & {
  /** Where relative addresses start, unless it is the server's own origin. */
  origin?: string
}

/**
 * A story in a real browser, against a server that holds the demo and serves the whole file.
 *
 * `page` is an officer's; `visit` opens further pages, each in a context of its own. That none of
 * them broke the Content-Security-Policy, logged an error or asked another origin, and that the
 * server met nothing that it did not expect, is part of every story.
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
    return { server, browser }
  })
  .extend('server', { scope: 'file' }, ({ world }) => world.server)
  .extend('visit', async ({ world }, { onCleanup }) => {
    const visits: Awaited<ReturnType<typeof openPage>>[] = []
    onCleanup(async () => {
      for (const { context } of visits) await context.close()
      expect(visits.flatMap(({ violations }) => violations)).toEqual([])
    })
    return async ({ origin, ...options }: VisitOptions = {}): Promise<Page> => {
      const visit = await openPage(world.browser, origin ?? world.server.origin, options)
      visits.push(visit)
      return visit.page
    }
  })
  .extend('page', ({ visit }) => visit())
