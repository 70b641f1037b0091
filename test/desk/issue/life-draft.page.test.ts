import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { AUTH_KEY } from '../../platform/sample.ts'
import { launchBrowser } from '../../support/browser.ts'
import { newOffice } from './office.ts'

let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser.close())

test('what is typed is kept without a key, and not taken for typed upon what was done since', async () => {
  const { page, base, scene } = await newOffice(browser, false)
  const send = () => page.getByRole('button', { name: '確認へ進む' }).click()
  const shown = () => page.getByRole('main').innerText()
  await page.goto(`${base}/correct`)
  await page.getByLabel('工事名').fill('市道')
  await page.getByLabel(/理由/).fill(`認証キーは${AUTH_KEY}です`)
  await send()
  expect(await shown()).toContain('理由は保存していません')
  expect(JSON.stringify(await scene.rows('lifeDraft'))).not.toContain(AUTH_KEY)
  expect(await page.getByLabel('工事名').inputValue(), 'the rest stays').toBe('市道')

  await page.getByLabel(/理由/).fill('誤記')
  await page.locator('[name=deeds]').evaluate((one) => one.setAttribute('value', '0'))
  await send()
  expect(await shown()).toContain('この内容を入力したあとに、別の手続が行われました')
  expect(await page.getByLabel('工事名').inputValue()).toBe('市道')
  await send()
  expect(await shown(), 'seen, and gone on with').toContain('この内容で確定する')
}, 60_000)
