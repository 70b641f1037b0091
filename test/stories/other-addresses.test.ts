import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Page } from 'playwright-core'
import { describe, expect } from 'vitest'
import { SAMPLE } from '../../src/demo.ts'
import { answers, lookUp, press, sentence } from './support/deeds.ts'
import { story } from './support/story.ts'

const GENUINE = 'この電子保証は本物で、現在も有効です'
const FORGED = '送信元を確認できませんでした'

describe('an officer reaches the site by http under a name of the office network', () => {
  story('looks up, compares, shares: all of it but the copy button', async ({ server, visit }) => {
    const page = await visit({ origin: `http://hosho.example:${server.port}` })
    await lookUp(page, SAMPLE)
    expect(new URL(page.url()).hostname).toBe('hosho.example')
    expect(await sentence(page)).toBe(GENUINE)
    expect(Object.keys(await answers(page))).toHaveLength(4)

    await page.getByText('契約書の内容と照合する').click()
    await page.getByLabel('請負金額').fill('50000000')
    await press(page, '照合する')
    expect(await answers(page)).toMatchObject({ 契約書の内容と同じか: '問題なし：一致' })

    await press(page, '共有リンクを作る')
    expect(await sentence(page)).toBe('共有リンクを作りました')
    expect(await page.evaluate(() => isSecureContext)).toBe(false)
    expect(await page.getByRole('button', { name: 'リンクをコピー' }).count()).toBe(0)
    expect(await page.getByRole('button', { name: 'このページを印刷' }).count()).toBe(1)

    await press(page, '確認結果に戻る')
    expect(await sentence(page)).toBe(GENUINE)
  })

  story('is shown the address to expect, which is another one', async ({ server, visit }) => {
    const page = await visit({ origin: `http://hosho.example:${server.port}` })
    await page.goto('/')
    expect(await page.getByText(server.origin).count()).toBeGreaterThan(0)
  })

  story('and keeps its window apart from others where browsers can', async ({ page, server }) => {
    const policy = 'cross-origin-opener-policy'
    const loopback = await page.request.get(`${server.origin}/`)
    expect(loopback.headers()[policy]).toBe('same-origin')
    const host = { host: `hosho.example:${server.port}` }
    const named = await page.request.get(`${server.origin}/`, { headers: host })
    expect(named.headers()[policy]).toBe(undefined)
  })
})

describe('another site posts a form to this one', () => {
  /** A page of a foreign origin whose form goes to `action`. */
  async function foreignForm(page: Page, action: string): Promise<void> {
    const server = createServer((_request, response) => {
      response.setHeader('content-type', 'text/html; charset=utf-8')
      response.end(`<!doctype html><title>foreign</title><form method="post" action="${action}">
        <input name="contractNumber" value="${SAMPLE.contractNumber}">
        <input name="authKey" value="${SAMPLE.authKey}"><button>確認する</button></form>`)
    })
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
    await page.goto(`http://elsewhere.example:${(server.address() as AddressInfo).port}/`)
    await press(page, '確認する')
    server.close()
  }

  for (const path of ['/verify', '/v/open', '/shares', '/shares/list', '/shares/revoke']) {
    story(`${path}: refused, whatever it says`, async ({ server, browser }) => {
      const context = await browser.newContext()
      const page = await context.newPage()
      const answered = page.waitForResponse((response) => response.request().method() === 'POST')
      await foreignForm(page, server.origin + path)
      expect((await answered).status()).toBe(403)
      expect(await sentence(page)).toBe(FORGED)
      expect(await page.content()).not.toContain('20,000,000円')
      await context.close()
    })
  }

  story('the same form on this site is taken', async ({ page }) => {
    await lookUp(page, SAMPLE)
    expect(await sentence(page)).toBe(GENUINE)
  })
})
