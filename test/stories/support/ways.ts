import type { Page } from 'playwright-core'
import { type Lang, localHref } from '../../../src/web/lang.ts'
import type { Pair } from './deeds.ts'

/** Where something is done: a page of a demo's server, in a language. */
export interface Place {
  page: Page
  lang: Lang
  server: { origin: string; dataDir: string }
}

/** A way to a state of a page, whatever language its labels are in. */
export type Way = (place: Place) => Promise<void>

/** Opens an address in the language of the place. */
export const open =
  (path: string): Way =>
  async ({ page, lang }) =>
    void (await page.goto(localHref(lang, path)))

/** Fills the first form that goes to `action`, unfolded if need be, and sends it. */
export const send =
  (action: string, fields: Record<string, string> = {}): Way =>
  async ({ page }) => {
    const form = page.locator(`form[action^="${action}"]`).first()
    for (const [name, text] of Object.entries(fields)) {
      const field = form.locator(`[name="${name}"]`)
      const folded = field.locator('xpath=ancestor::details[not(@open)]')
      if (await folded.count()) await folded.locator('summary').click()
      await field.fill(text)
    }
    const arrived = page.waitForEvent('load')
    await form.locator('button[type=submit]').click()
    await arrived
  }

/** One way after the other. */
export const inTurn =
  (...ways: Way[]): Way =>
  async (place) => {
    for (const way of ways) await way(place)
  }

export const lookUp = ({ contractNumber, authKey }: Pair): Way =>
  inTurn(open('/'), send('/verify', { contractNumber, authKey }))

/** Compares a result with a works contract. */
export const compare = (contract: Record<string, string>): Way => send('/verify', contract)

/** Opens everything on a page that can be opened. */
export const unfold: Way = async ({ page }) => {
  for (const box of await page.locator('#show-all').all()) await box.check()
  for (const summary of await page.locator('main summary').all())
    if (await summary.isVisible()) await summary.click()
}

/** Makes a share link, then follows `next` with it. */
export const share =
  (pair: Pair, next: (link: string) => Way = () => async () => {}): Way =>
  async (place) => {
    await inTurn(lookUp(pair), send('/shares'))(place)
    const link = await place.page.locator('#share-url').innerText()
    await next(link)(place)
  }

export const openShare = (link: string): Way => inTurn(open('/v'), send('/v/open', { link }))
