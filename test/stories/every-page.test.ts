import { Hono } from 'hono'
import { describe, expect } from 'vitest'
import { serve } from '../app/served.ts'
import { newWorld } from '../platform/world.ts'
import { FORM_ADDRESSES, PAGE_STATES } from './support/page-states.ts'
import { expectSound } from './support/sight.ts'
import { story } from './support/story.ts'

/** What programs ask for; all else are pages. */
const NO_PAGE = /^\/(?:v1\/|log\/|openapi\.json$|healthz$|readyz$|metrics$)/

story('the list of states leaves no page of the app out', async () => {
  // The pages of signed-in people have stories of their own, in desk/.
  const { app } = await serve(await newWorld(), { signedIn: new Hono() })
  const routes = app.routes
    .filter(({ method, path }) => method !== 'ALL' && !NO_PAGE.test(path))
    .map(({ method, path }) => `${method} ${path}`)
  expect(routes.length).toBeGreaterThan(15)
  const listed = [
    ...PAGE_STATES.flatMap((state) => state.routes),
    ...FORM_ADDRESSES.map(([path]) => `GET ${path}`),
  ]
  expect([...new Set(listed)].toSorted()).toEqual([...new Set(routes)].toSorted())
})

story(
  'the address of a form, reloaded, leads to its page in the same language',
  async ({ page, server }) => {
    for (const [path, to] of FORM_ADDRESSES) {
      await page.goto(path)
      expect(page.url()).toBe(server.origin + to)
      await page.goto(`${path}?lang=en`)
      expect(page.url()).toBe(`${server.origin}${to}?lang=en`)
    }
  },
)

describe('every page in every state', () => {
  for (const { name, title, reach } of PAGE_STATES) {
    story(`${name}: sound at both sizes`, async ({ page, server }) => {
      await reach({ page, lang: 'ja', server })
      expect(await page.title()).toBe(`${title} | 電子保証の確認`)
      expect(await page.locator('html').getAttribute('lang')).toBe('ja')
      await expectSound(page)
    })
  }
})
