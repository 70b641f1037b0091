import { describe, expect } from 'vitest'
import { DEMO_PAIRS, SAMPLE } from '../../src/demo.ts'
import { lookUp } from './support/deeds.ts'
import { A4_AT_100_DPI, print, readQr } from './support/paper.ts'
import { story } from './support/story.ts'

const COPY =
  'この書面は確認結果の控えです。保証証書の提出に代わるものではありません。現在の内容は上記サイトで保証契約番号と認証キーを入力して確認してください。'

const bare = (text: string): string => text.replace(/\s+/g, '')

describe('an officer prints the 確認書', () => {
  for (const name of ['sample', 'amended', 'jv', 'cancelled'] as const) {
    story(`${name}: one page of A4 that says it is a copy, without the key`, async ({ page }) => {
      const pair = DEMO_PAIRS[name]
      await lookUp(page, pair)
      const receipt = /KX-[0-9A-HJKMNP-TV-Z]{10}/.exec(await page.content())?.[0]
      const paper = await print(page)
      expect(paper.pages).toBe(1)
      expect(paper.size).toEqual(A4_AT_100_DPI)
      expect(paper.text).toContain('電子保証確認結果')
      expect(paper.text).toContain(bare(await page.getByRole('heading', { level: 1 }).innerText()))
      expect(paper.text).toContain(pair.contractNumber)
      expect(paper.text).toContain(receipt)
      expect(paper.text).toContain('見本')
      expect(paper.text).toContain(COPY)
      expect(paper.text).not.toContain(pair.authKey)
    })
  }

  story('with the rows of the certificate and its history, and no button', async ({ page }) => {
    await lookUp(page, DEMO_PAIRS.amended)
    const { text } = await print(page)
    for (const part of [
      '保証金額17,600,000円',
      '請負契約者山﨑土木株式会社',
      '発注者名富士市',
      '変更（増額）',
      '保証金額15,400,000円→17,600,000円',
    ])
      expect(text).toContain(part)
    for (const part of ['確認書を印刷', '共有リンク', '契約書の内容と照合する', 'English'])
      expect(text).not.toContain(part)
  })

  story('with boxes for approval where they are asked for', async ({ page }) => {
    await lookUp(page, DEMO_PAIRS.amended)
    expect((await print(page)).text).not.toContain('決裁欄')
    await page.getByLabel('決裁欄を付ける').check()
    const paper = await print(page)
    expect(paper.text).toContain('決裁欄課長係長担当')
    expect(paper.pages).toBe(1)
  })

  story('with the western calendar alone where it is asked for', async ({ page }) => {
    await lookUp(page, SAMPLE)
    expect((await print(page)).text).toMatch(/令和\d+年\d+月\d+日（\d{4}年\d+月\d+日）/)
    await page.getByLabel('日付を西暦だけにする').check()
    const { text } = await print(page)
    expect(text).not.toContain('令和')
    expect(text).toMatch(/電子保証発行日時\d{4}年\d+月\d+日10:24（日本時間）/)
  })

  story('with the corrected entry when the history shows it', async ({ page }) => {
    await lookUp(page, DEMO_PAIRS.corrected)
    expect((await print(page)).text).not.toContain('修善工事')
    await page.getByLabel('訂正・変更取消も表示する').check()
    expect((await print(page)).text).toContain('修善工事')
  })

  story('from the button, which is there with JavaScript alone', async ({ page, visit }) => {
    await lookUp(page, SAMPLE)
    await page.evaluate(() => {
      window.print = () => document.body.setAttribute('data-printed', '')
    })
    await page.getByRole('button', { name: '確認書を印刷（A4）' }).click()
    expect(await page.locator('body[data-printed]').count()).toBe(1)
    const plainPage = await visit({ script: false })
    await lookUp(plainPage, SAMPLE)
    expect(await plainPage.getByRole('button', { name: '確認書を印刷（A4）' }).count()).toBe(0)
  })
})

describe('the QR code for checking again', () => {
  for (const name of ['sample', 'bond'] as const) {
    story(
      `${name}: the same on the screen and on paper scanned at 100 dpi`,
      async ({ page, server }) => {
        const { contractNumber } = DEMO_PAIRS[name]
        await lookUp(page, DEMO_PAIRS[name])
        const locator = `${server.origin}/#n=${contractNumber}`
        expect(readQr((await print(page)).picture)).toEqual([locator])
        const qr = page.getByRole('img', { name: `${contractNumber}の確認ページを開くQRコード` })
        expect(readQr(await qr.screenshot())).toEqual([locator])
      },
    )
  }

  story(
    'opens the look-up with the number, and leaves the address bar clean',
    async ({ page, server }) => {
      await page.goto(`${server.origin}/#n=${SAMPLE.contractNumber}`)
      const number = page.getByLabel('保証契約番号')
      expect(await number.inputValue()).toBe(SAMPLE.contractNumber)
      expect(page.url()).toBe(`${server.origin}/`)
      expect(await page.getByLabel('認証キー').evaluate((one) => one.matches(':focus'))).toBe(true)
      expect(await page.getByLabel('認証キー').inputValue()).toBe('')
    },
  )

  story(
    'does nothing but fill the number: a key in the address is not taken',
    async ({ page, server }) => {
      await page.goto(`${server.origin}/#n=12345-678901&k=${SAMPLE.authKey}`)
      expect(await page.getByLabel('認証キー').inputValue()).toBe('')
      await page.goto(`${server.origin}/?n=12345-678901`)
      expect(await page.getByLabel('保証契約番号').inputValue()).toBe('')
    },
  )
})
