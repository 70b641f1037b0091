import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { describe, expect } from 'vitest'
import { DEMO_PAIRS, SAMPLE } from '../../src/demo.ts'
import { parseEvidence } from '../../src/log/bundle.ts'
import { answers, lookUp, plain, press, sentence } from './support/deeds.ts'
import { story } from './support/story.ts'

const OPEN = '契約書の内容と照合する'
const COMPARISON = '契約内容との照合'

/** Fills the comparison form of a result page and sends it. */
async function compare(page: Page, contract: Record<string, string>): Promise<void> {
  await page.getByText(OPEN).click()
  const form = page.getByRole('region', { name: COMPARISON })
  for (const [label, text] of Object.entries(contract)) await form.getByLabel(label).fill(text)
  await press(page, '照合する')
}

/** The comparison's outcome: what the contract says, what the guarantee says, the result. */
async function outcome(page: Page): Promise<Record<string, string[]>> {
  const table = page.getByRole('region', { name: COMPARISON }).getByRole('table')
  const rows: Record<string, string[]> = {}
  for (const row of await table.locator('tbody').getByRole('row').all()) {
    const name = plain(await row.getByRole('rowheader').innerText())
    rows[name] = (await row.getByRole('cell').allInnerTexts()).map(plain)
  }
  return rows
}

for (const script of [false, true]) {
  describe(`an officer compares with the contract ${script ? 'with' : 'without'} JavaScript`, () => {
    story('what is the same, what is spelt otherwise, what differs', async ({ visit }) => {
      const page = await visit({ script })
      await lookUp(page, SAMPLE)
      await compare(page, {
        工事名: '市道見本町線道路改良工事',
        請負金額: '￥５０，０００，０００円',
        発注者名: '富士市',
        請負契約者: '（株）高橋建設',
        工事番号: '富道第102号',
      })
      expect(await outcome(page)).toEqual({
        工事名: ['市道見本町線道路改良工事', '市道見本町線道路改良工事', '一致'],
        工事番号: ['富道第102号', '富道第101号', '不一致'],
        請負金額: ['50,000,000円', '50,000,000円', '一致'],
        発注者名: ['富士市', '富士市', '一致'],
        請負契約者: ['（株）高橋建設', '株式会社髙橋建設', '表記のみ異なる'],
      })
      const { 契約書の内容と同じか: match } = await answers(page)
      expect(match).toBe('問題あり：不一致')
      expect(await sentence(page)).toBe(
        'この電子保証は本物で有効ですが、確認していただきたい点があります',
      )
    })

    story('and is told of what cannot be read, with nothing lost', async ({ visit }) => {
      const page = await visit({ script })
      await lookUp(page, SAMPLE)
      await compare(page, { 請負金額: '5千万円', 工期の終期: '令和8年13月1日', 発注者名: '富士市' })
      expect(await page.title()).toContain('エラー：')
      const summary = page.getByRole('alert', { name: /^入力内容に誤りがあります/ })
      expect(await summary.getByRole('link').allInnerTexts()).toEqual([
        '請負金額は円単位の数字で入力してください（例：50,000,000）',
        '工期の終期は日付で入力してください（例：令和7年11月14日）',
      ])
      const form = page.getByRole('region', { name: COMPARISON })
      expect(await form.getByLabel('請負金額').inputValue()).toBe('5千万円')
      expect(await form.getByLabel('発注者名').inputValue()).toBe('富士市')
    })
  })
}

describe('an officer whose browser runs no JavaScript', () => {
  story('sees four passes, with a contract that fits all of it a fifth', async ({ visit }) => {
    const page = await visit({ script: false })
    await lookUp(page, SAMPLE)
    expect(Object.values(await answers(page))).toHaveLength(4)
    await compare(page, { 工事名: '市道見本町線道路改良工事', 請負契約者: '株式会社髙橋建設' })
    expect(await answers(page)).toMatchObject({ 契約書の内容と同じか: '問題なし：一致' })
  })

  story('finds nothing on the page that needs it', async ({ visit }) => {
    const page = await visit({ script: false })
    await lookUp(page, DEMO_PAIRS.corrected)
    const labels = await page.getByRole('button').allInnerTexts()
    expect(labels).not.toContain('確認書を印刷（A4）')
    expect(await page.getByLabel('決裁欄を付ける').isVisible()).toBe(true)
    await press(page, '共有リンクを作る')
    expect(await page.getByRole('button', { name: 'リンクをコピー' }).count()).toBe(0)
    expect(await sentence(page)).toBe('共有リンクを作りました')
  })

  story('keeps the result as files that stand for what is on the screen', async ({ visit }) => {
    const page = await visit({ script: false })
    await lookUp(page, SAMPLE)
    const reference = plain(
      await page
        .getByText(/^KX-[0-9A-Z]{10}$/)
        .first()
        .innerText(),
    )

    const receipt = await keep(page, '検証票を保存')
    expect(receipt.name).toBe(`${reference}.jws`)
    const [, claims = ''] = receipt.content.split('.')
    expect(JSON.parse(Buffer.from(claims, 'base64url').toString('utf8'))).toMatchObject({
      jti: reference,
      sub: SAMPLE.contractNumber,
      verdict: 'verified',
    })

    const evidence = await keep(page, '記録データ（JSON・署名付き）を保存')
    expect(evidence.name).toBe('12345-678901.json')
    expect(parseEvidence(JSON.parse(evidence.content))).toMatchObject({
      contractNumber: SAMPLE.contractNumber,
      verificationReceipt: receipt.content,
    })
    expect(receipt.content + evidence.content).not.toContain(SAMPLE.authKey)
  })
})

/** Saves a file of the page. */
async function keep(page: Page, name: string): Promise<{ name: string; content: string }> {
  const download = page.waitForEvent('download')
  await page.getByRole('link', { name }).click()
  const file = await download
  return { name: file.suggestedFilename(), content: await readFile(await file.path(), 'utf8') }
}
