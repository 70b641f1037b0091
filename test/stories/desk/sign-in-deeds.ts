import type { Page } from 'playwright-core'
import { press } from '../support/deeds.ts'
import { expectSound } from '../support/sight.ts'
import { PASSWORD } from './house.ts'

/** Presses a button that sends a form; the status of what it was answered with at first. */
export async function pressed(page: Page, name: string): Promise<number> {
  const answered = page.waitForResponse(
    (response) =>
      response.request().isNavigationRequest() && response.request().method() === 'POST',
  )
  await press(page, name)
  return (await answered).status()
}

/** Opens the part of the account that a form is folded in, fills its fields by name, and sends it. */
export async function fillAndPress(
  page: Page,
  action: string,
  fields: Record<string, string>,
): Promise<void> {
  const form = page.locator(`form[action="${action}"]`)
  const folded = page.locator('details:not([open])').filter({ has: form })
  if ((await folded.count()) > 0) await folded.locator('summary').click()
  for (const [name, text] of Object.entries(fields)) {
    await form.locator(`[name="${name}"]`).fill(text)
  }
  const arrived = page.waitForEvent('load')
  await form.getByRole('button').click()
  await arrived
}

/** Types address and password on the page of sign-in, wherever that leads; the status. */
export async function signInAs(page: Page, email: string, password = PASSWORD): Promise<number> {
  if (new URL(page.url()).pathname !== '/sign-in') await page.goto('/sign-in')
  await page.getByLabel('メールアドレス').fill(email)
  await page.getByLabel('パスワード').fill(password)
  return pressed(page, 'ログインする')
}

export const pathOf = (page: Page): string => {
  const { pathname, search } = new URL(page.url())
  return pathname + search
}

/** What a page says is wrong. */
export const alertOf = (page: Page): Promise<string> => page.locator('#error-summary').innerText()

/** Pictures for looking at, where `SHOTS` names a folder. */
export async function keepPicture(page: Page, name: string): Promise<void> {
  const folder = process.env['SHOTS']
  if (!folder) return
  for (const width of [1280, 320]) {
    await page.setViewportSize({ width, height: 800 })
    await page.screenshot({ path: `${folder}/${name}-${width}.png`, fullPage: true })
  }
  await page.setViewportSize({ width: 1280, height: 900 })
}

/** A page is sound at both sizes; and a picture of it. */
export async function look(page: Page, name: string): Promise<void> {
  await expectSound(page)
  await keepPicture(page, name)
}
