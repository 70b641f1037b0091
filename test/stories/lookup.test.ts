import { describe, expect } from 'vitest'
import { DEMO_PAIRS, SAMPLE } from '../../src/demo.ts'
import { answers, lookUp, particular, plain, press, sentence } from './support/deeds.ts'
import { noticeText } from './support/notice.ts'
import { story } from './support/story.ts'

const GENUINE = 'この電子保証は本物で、現在も有効です'
const FOUR_PASSES = {
  内容は書き換えられていないか: '問題なし：改ざんなし',
  誰が発行したか: '問題なし：あかし東建設業保証株式会社',
  記録台帳に残っているか: '問題なし：台帳に記録あり',
  いまも効力があるか: '問題なし：有効',
}

describe('an officer types what stands on paper', () => {
  const SPELLINGS: [name: string, contractNumber: string, authKey: string][] = [
    ['as printed', '12345-678901', 'Z28YUE4J3Bux'],
    ['full-width', '１２３４５－６７８９０１', 'Ｚ２８ＹＵＥ４Ｊ３Ｂｕｘ'],
    ['without hyphen, key in groups', '12345678901', 'Z28Y UE4J 3Bux'],
    ['with spaces and a long-vowel mark', ' 12345 ー 678901 ', '　Z28YUE4J3Bux　'],
  ]
  for (const [name, contractNumber, authKey] of SPELLINGS) {
    story(`${name}, and sees four passes`, async ({ page }) => {
      await lookUp(page, { contractNumber, authKey })
      expect(await sentence(page)).toBe(GENUINE)
      expect(await answers(page)).toEqual(FOUR_PASSES)
    })
  }

  story('and reads the rows of the certificate, without the key anywhere', async ({ page }) => {
    await lookUp(page, SAMPLE)
    expect(await particular(page, '保証契約番号')).toBe('12345-678901')
    expect(await particular(page, '保証金額')).toBe('20,000,000円')
    expect(await particular(page, '請負金額')).toBe('50,000,000円')
    expect(await particular(page, '請負契約者')).toBe('株式会社髙橋建設')
    expect(await particular(page, 'JV名')).toBe('―（記載なし）')
    expect(await particular(page, '商品名')).toBe('前払金保証')
    expect(await particular(page, '電子保証発行日時')).toMatch(
      /^令和\d+年\d+月\d+日（\d{4}年\d+月\d+日）10:24（日本時間）$/,
    )
    expect(await page.content()).not.toContain(SAMPLE.authKey)
    expect(page.url()).not.toContain('#')
  })

  story('and is named in the result as having said so', async ({ page }) => {
    await page.goto('/')
    await page.getByText('確認者を記録に残す（任意）').click()
    await page.getByLabel('所属').fill('契約検査課')
    await page.getByLabel('氏名').fill('山田 花子')
    await page.getByLabel('保証契約番号').fill(SAMPLE.contractNumber)
    await page.getByLabel('認証キー').fill(SAMPLE.authKey)
    await press(page, '確認する')
    const panel = page.getByRole('region', { name: GENUINE })
    expect(plain(await panel.textContent())).toContain('契約検査課 山田 花子（自己申告）')
  })
})

describe('an officer compares the key with the notice by its reading row', () => {
  const row = (symbols: string): string =>
    [...symbols].map((symbol) => `${symbol}${kindOf(symbol)}`).join('')
  const kindOf = (symbol: string): string =>
    /\d/.test(symbol) ? '数' : /[A-Z]/.test(symbol) ? '大' : '小'

  story('while typing, with a count that is spoken', async ({ page }) => {
    await page.goto('/')
    await page.getByLabel('認証キー').pressSequentially('Z28YUE4J3Bu')
    const reading = page.locator('#reading')
    expect(await reading.textContent()).toBe(row('Z28YUE4J3Bu'))
    await page.getByRole('status').getByText('いま11文字入力されています').waitFor()
    await page.getByLabel('認証キー').press('x')
    await page.getByRole('status').getByText('12文字入力されています', { exact: true }).waitFor()
  })

  story('also without JavaScript, in the answer to a wrong one', async ({ visit }) => {
    const page = await visit({ script: false })
    await lookUp(page, { ...SAMPLE, authKey: 'Z28YUE4J3Buy' })
    expect(await page.locator('#reading').textContent()).toBe(row('Z28YUE4J3Buy'))
  })
})

describe('an officer pastes the whole notice into either field', () => {
  for (const field of ['保証契約番号', '認証キー']) {
    story(`${field}: both are filled at once`, async ({ page }) => {
      await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
      await page.goto('/')
      await page.evaluate((text) => navigator.clipboard.writeText(text), noticeText(SAMPLE))
      await page.getByLabel(field).focus()
      await page.keyboard.press('Control+V')
      expect(await page.getByLabel('保証契約番号').inputValue()).toBe(SAMPLE.contractNumber)
      expect(await page.getByLabel('認証キー').inputValue()).toBe(SAMPLE.authKey)
      await press(page, '確認する')
      expect(await sentence(page)).toBe(GENUINE)
    })

    story(`${field}: the server finds both without JavaScript`, async ({ visit }) => {
      const page = await visit({ script: false })
      await page.goto('/')
      await page.getByLabel(field).focus()
      await page.keyboard.insertText(noticeText(SAMPLE))
      await press(page, '確認する')
      expect(await sentence(page)).toBe(GENUINE)
    })
  }

  story('and one without a key is left as it is, to be told what is missing', async ({ page }) => {
    const text = noticeText({ ...SAMPLE, authKey: '別紙のとおり' })
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    await page.goto('/')
    await page.evaluate((copied) => navigator.clipboard.writeText(copied), text)
    await page.getByLabel('保証契約番号').focus()
    await page.keyboard.press('Control+V')
    expect(await page.getByLabel('認証キー').inputValue()).toBe('')
    await press(page, '確認する')
    const summary = page.getByRole('alert', { name: '入力内容に誤りがあります' })
    expect(await summary.getByRole('link').allInnerTexts()).toContain('認証キーを入力してください')
  })
})

story('the key of another guarantee shows nothing of this one', async ({ page }) => {
  await lookUp(page, { ...SAMPLE, authKey: DEMO_PAIRS.contract.authKey })
  expect(await page.title()).toBe('エラー：電子保証の内容を確認する | 電子保証の確認')
  expect(await page.getByText('20,000,000円').count()).toBe(0)
})
