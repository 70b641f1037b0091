import type { Page, Response } from 'playwright-core'
import { describe, expect } from 'vitest'
import { DEMO_PAIRS, SAMPLE } from '../../src/demo.ts'
import { lookUp, type Pair } from './support/deeds.ts'
import { story } from './support/story.ts'

const NUMBER_MISSING = '保証契約番号を入力してください'
const KEY_MISSING = '認証キーを入力してください'
const MISMATCH =
  '保証契約番号または認証キーが正しくありません。受注者の「認証キー」のお知らせと見比べてください。見比べて同じときは、認証キーが再発行されていないか、受注者に確かめてください。'

const NUMBER = '保証契約番号'
const KEY = '認証キー'

/** What was typed, and the fields that are wrong with what is said of them. */
const WRONG: [name: string, typed: Pair, said: [field: string, text: string][]][] = [
  [
    'nothing at all',
    { contractNumber: '', authKey: '' },
    [
      [NUMBER, NUMBER_MISSING],
      [KEY, KEY_MISSING],
    ],
  ],
  ['only spaces as a key', { ...SAMPLE, authKey: '　 ' }, [[KEY, KEY_MISSING]]],
  ['only the key', { ...SAMPLE, contractNumber: '' }, [[NUMBER, NUMBER_MISSING]]],
  [
    'a key that is two short',
    { ...SAMPLE, authKey: 'Z28YUE4J3B' },
    [[KEY, '認証キーは12文字です。いま10文字入力されています']],
  ],
  [
    'a key that is one too long',
    { ...SAMPLE, authKey: 'Z28YUE4J3Buxx' },
    [[KEY, '認証キーは12文字です。いま13文字入力されています']],
  ],
  [
    'a key with a full stop',
    { ...SAMPLE, authKey: 'Z28YUE4J3Bu。' },
    [[KEY, '認証キーに使えない文字（。）が含まれています']],
  ],
  ['a number that nobody has', { ...SAMPLE, contractNumber: '99999-999999' }, [[KEY, MISMATCH]]],
  ['a number one digit short', { ...SAMPLE, contractNumber: '12345-67890' }, [[KEY, MISMATCH]]],
  ['the key of another', { ...SAMPLE, authKey: DEMO_PAIRS.jv.authKey }, [[KEY, MISMATCH]]],
  ['the key in small letters', { ...SAMPLE, authKey: 'z28yue4j3bux' }, [[KEY, MISMATCH]]],
]

describe('an officer who enters something wrong', () => {
  for (const [name, typed, said] of WRONG) {
    story(`${name}: is told above and at the field, and loses nothing`, async ({ page }) => {
      await lookUp(page, typed)
      expect(await page.title()).toBe('エラー：電子保証の内容を確認する | 電子保証の確認')
      await expectSummary(page, said)
      for (const label of [NUMBER, KEY]) {
        const field = page.getByLabel(label)
        const wrong = said.find(([of]) => of === label)
        expect(await field.getAttribute('aria-invalid')).toBe(wrong ? 'true' : null)
        if (wrong) expect(await describedBy(page, label)).toContain(wrong[1])
      }
      const trimmed = typed.authKey.trim()
      expect(await page.getByLabel(NUMBER).inputValue()).toBe(typed.contractNumber)
      expect(await page.getByLabel(KEY).inputValue()).toBe(trimmed)
      expect(page.url()).not.toContain(trimmed || '?')
    })
  }

  story('finds every error without JavaScript too', async ({ visit }) => {
    const page = await visit({ script: false })
    await lookUp(page, { contractNumber: '', authKey: 'Z28YUE4J3B' })
    await expectSummary(
      page,
      [
        [NUMBER, NUMBER_MISSING],
        [KEY, '認証キーは12文字です。いま10文字入力されています'],
      ],
      'no script, so no focus',
    )
  })

  story('corrects it there and then', async ({ page }) => {
    await lookUp(page, { ...SAMPLE, authKey: 'Z28YUE4J3B' })
    await page.getByRole('alert').getByRole('link').click()
    await page.keyboard.press('End')
    await page.keyboard.type('ux')
    const arrived = page.waitForEvent('load')
    await page.keyboard.press('Enter')
    await arrived
    expect(await page.title()).toContain('この電子保証は本物で、現在も有効です')
  })
})

/** The summary has the focus, counts, and leads to the fields in the words beside them. */
async function expectSummary(
  page: Page,
  said: [field: string, text: string][],
  unfocused?: string,
) {
  const summary = page.getByRole('alert', { name: /^入力内容に誤りがあります/ })
  expect(await summary.getByRole('heading').innerText()).toContain(`${said.length}件`)
  if (!unfocused) expect(await summary.evaluate((one) => one === document.activeElement)).toBe(true)
  const links = summary.getByRole('link')
  expect(await links.allInnerTexts()).toEqual(said.map(([, text]) => text))
  for (const [field, text] of said) {
    await summary.getByRole('link', { name: text }).click()
    expect(await page.getByLabel(field).evaluate((one) => one.matches(':focus'))).toBe(true)
  }
}

async function describedBy(page: Page, label: string): Promise<string> {
  const ids = (await page.getByLabel(label).getAttribute('aria-describedby')) ?? ''
  const texts = ids.split(' ').map((id) => page.locator(`[id="${id}"]`).textContent())
  return (await Promise.all(texts)).join(' ')
}

describe('whoever guesses', () => {
  async function answerTo(page: Page, pair: Pair): Promise<{ body: string; head: string }> {
    const answered = page.waitForResponse((response) => response.url().endsWith('/verify'))
    await lookUp(page, pair)
    const response = await answered
    return { body: await response.text(), head: await headOf(response) }
  }

  async function headOf(response: Response): Promise<string> {
    const headers = (await response.headersArray()).filter(
      ({ name }) => name.toLowerCase() !== 'date',
    )
    return JSON.stringify([response.status(), headers])
  }

  story('is not told whether it was the number or the key', async ({ page }) => {
    const authKey = 'Z28YUE4J3Buy'
    const nobody = '99999-999999'
    const wrongNumber = await answerTo(page, { contractNumber: nobody, authKey })
    const wrongKey = await answerTo(page, { ...SAMPLE, authKey })
    expect(wrongNumber.head).toBe(wrongKey.head)
    expect(wrongNumber.body).toContain(nobody)
    expect(wrongNumber.body.replaceAll(nobody, SAMPLE.contractNumber)).toBe(wrongKey.body)
  })

  story('finds the key in the answer alone, which nobody may keep', async ({ page }) => {
    const answered = page.waitForResponse((response) => response.url().endsWith('/verify'))
    await lookUp(page, { ...SAMPLE, authKey: 'Z28YUE4J3Buy' })
    const response = await answered
    expect(response.headers()).toMatchObject({ 'cache-control': 'no-store' })
    expect((await response.text()).split('Z28YUE4J3Buy')).toHaveLength(2)
    await page.goto('/')
    expect(await page.getByLabel(KEY).inputValue()).toBe('')
  })
})
