import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { expect, onTestFinished } from 'vitest'
import { openPage } from '../../support/browser.ts'
import type { RunningServer } from '../../support/server.ts'
import { press } from '../support/deeds.ts'

/** A browser of one person's own; that no page broke a rule of the site is part of the story. */
export async function personAt(browser: Browser, { origin }: RunningServer): Promise<Page> {
  const { page, context, violations } = await openPage(browser, origin)
  onTestFinished(async () => {
    await context.close()
    expect(violations).toEqual([])
  })
  return page
}

/** Signs in as the demo's file of sign-ins says. */
export async function signIn(browser: Browser, server: RunningServer, role: string): Promise<Page> {
  const lines = readFileSync(join(server.dataDir, 'demo-accounts.txt'), 'utf8').split('\n')
  const [, email = '', password = ''] =
    lines.map((line) => line.trim().split(/\s+/)).find(([first]) => first === role) ?? []
  const page = await personAt(browser, server)
  await page.goto('/sign-in')
  await page.getByLabel('メールアドレス').fill(email)
  await page.getByLabel('パスワード').fill(password)
  await press(page, 'ログインする')
  return page
}
