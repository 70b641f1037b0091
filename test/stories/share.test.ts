import { join } from 'node:path'
import Database from 'better-sqlite3'
import type { Page } from 'playwright-core'
import { describe, expect } from 'vitest'
import { DEMO_PAIRS, SAMPLE } from '../../src/demo.ts'
import {
  historyRows,
  lookUp,
  type Pair,
  particular,
  plain,
  press,
  sentence,
} from './support/deeds.ts'
import { print, readQr } from './support/paper.ts'
import { story } from './support/story.ts'

const GENUINE = 'この電子保証は本物で、現在も有効です'
const ENDED = 'この共有リンクは使えません'
const LANDING = '共有された電子保証を確認する'

/** Makes a share link out of a look-up, and reads it off the page. */
async function share(page: Page, pair: Pair, scope = '現在の内容だけ'): Promise<string> {
  await lookUp(page, pair)
  await page.getByLabel('見える範囲').selectOption({ label: scope })
  await page.getByLabel('有効期限').selectOption({ label: '30日間' })
  await press(page, '共有リンクを作る')
  expect(await sentence(page)).toBe('共有リンクを作りました')
  return page.locator('#share-url').innerText()
}

/** Opens a share link as a browser does when it is clicked, then presses the button. */
async function openLink(page: Page, url: string): Promise<void> {
  await page.goto(url)
  await press(page, '内容を確認する')
}

/** The list of links on the share page: scope, times opened, state. */
async function links(page: Page): Promise<string[]> {
  const rows = await page.getByRole('table').locator('tbody').getByRole('row').all()
  return Promise.all(
    rows.map(async (row) => {
      const [scope, , openings, state] = (await row.getByRole('cell').allInnerTexts()).map(plain)
      return `${scope} ${openings?.split(' ')[0]} ${state}`
    }),
  )
}

/** The list as number and key show it now. */
async function listed(page: Page, pair: Pair): Promise<string[]> {
  await lookUp(page, pair)
  await press(page, '共有リンクの一覧と取消し')
  return links(page)
}

describe('whoever holds number and key', () => {
  story(
    'makes a link whose QR code says the same, on screen and on paper',
    async ({ page, server }) => {
      const url = await share(page, SAMPLE)
      expect(url).toMatch(new RegExp(`^${server.origin}/v#[A-Za-z0-9_-]{22}$`))
      const qr = page.getByRole('img', { name: '共有リンクのQRコード' })
      expect(readQr(await qr.screenshot())).toEqual([url])
      const paper = await print(page)
      expect(paper.pages).toBe(1)
      expect(readQr(paper.picture)).toEqual([url])
      expect(paper.text).toContain(url)
      expect(paper.text).not.toContain(SAMPLE.authKey)
    },
  )

  story('copies it at a press', async ({ page }) => {
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    const url = await share(page, SAMPLE)
    await page.getByRole('button', { name: 'リンクをコピー' }).click()
    await page.getByRole('status').getByText('コピーしました').waitFor()
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(url)
  })

  story('sees it once only: in the list stands no link', async ({ page }) => {
    const url = await share(page, SAMPLE)
    await press(page, '確認結果に戻る')
    await press(page, '共有リンクの一覧と取消し')
    expect(await page.content()).not.toContain(url.split('#')[1])
  })
})

describe('a colleague opens the link in a browser of their own', () => {
  story(
    'only a press shows it; then it is counted, and the address bar is clean',
    async ({ page, visit, server }) => {
      const pair = DEMO_PAIRS.jv
      const url = await share(page, pair)
      const colleague = await visit()
      await colleague.goto(url)
      expect(colleague.url()).toBe(`${server.origin}/v`)
      expect(await sentence(colleague)).toBe(LANDING)
      expect(await colleague.getByLabel('共有リンク').isVisible()).toBe(false)
      expect(await colleague.content()).not.toContain(pair.contractNumber)
      expect(await listed(page, pair)).toEqual(['現在の内容だけ 0回 有効'])

      await press(colleague, '内容を確認する')
      expect(await sentence(colleague)).toBe(GENUINE)
      expect(colleague.url()).toBe(`${server.origin}/v/open`)
      expect(await particular(colleague, '保証契約番号')).toBe(pair.contractNumber)
      expect(await listed(page, pair)).toEqual(['現在の内容だけ 1回 有効'])
    },
  )

  story(
    'sees the present content alone, or the history, as the maker chose',
    async ({ page, visit }) => {
      const current = await share(page, DEMO_PAIRS.amended)
      const whole = await share(page, DEMO_PAIRS.amended, '履歴も含める')
      const colleague = await visit()
      await openLink(colleague, current)
      expect(await historyRows(colleague)).toHaveLength(1)
      expect(await colleague.content()).not.toContain('15,400,000円')
      expect(await colleague.getByText('共有された範囲は現在の内容だけです。').count()).toBe(1)
      await openLink(colleague, whole)
      expect(await historyRows(colleague)).toHaveLength(3)
      expect(await colleague.getByText('15,400,000円').count()).toBeGreaterThan(0)
    },
  )

  story('makes no further link, not even with a form of their own', async ({ page, visit }) => {
    const colleague = await visit()
    await openLink(colleague, await share(page, SAMPLE, '履歴も含める'))
    expect(await colleague.getByText('共有リンク').count()).toBe(0)
    await colleague.getByText('契約書の内容と照合する').click()
    await colleague.locator('form:has([name=ticket])').evaluate((form) => {
      form.setAttribute('action', '/shares')
    })
    await press(colleague, '照合する')
    expect(await sentence(colleague)).toBe('ページが見つかりません')
  })

  story('without JavaScript pastes the whole mail instead', async ({ page, visit }) => {
    const url = await share(page, SAMPLE)
    const colleague = await visit({ script: false })
    await colleague.goto(url)
    await colleague.getByLabel('共有リンク').fill(`確認をお願いします。${url} 契約検査課 山田`)
    await press(colleague, '内容を確認する')
    expect(await sentence(colleague)).toBe(GENUINE)
  })

  for (const [name, link, said] of [
    ['nothing', '', '共有リンクを貼り付けてください'],
    [
      'another address',
      'https://hosho.example/v#short',
      '共有リンクの形式が正しくありません。リンク全体を貼り付けてください',
    ],
    [
      'a link that nobody made',
      'A'.repeat(22),
      '共有リンクが正しくありません。届いたリンク全体を貼り付けてください',
    ],
  ] as const) {
    story(`and pastes ${name}: is told, at the field`, async ({ page }) => {
      await page.goto('/v')
      await page.getByLabel('共有リンク').fill(link)
      await press(page, '内容を確認する')
      expect(await page.title()).toBe(`エラー：${LANDING} | 電子保証の確認`)
      const summary = page.getByRole('alert')
      expect(await summary.getByRole('link').innerText()).toBe(said)
      await summary.getByRole('link').click()
      const field = page.getByLabel('共有リンク')
      expect(await field.evaluate((one) => one.matches(':focus'))).toBe(true)
      expect(await field.inputValue()).toBe(link)
    })
  }
})

describe('a link ends', () => {
  story('when its maker revokes it: 410 for whoever comes after', async ({ page, visit }) => {
    const pair = DEMO_PAIRS.interim
    const kept = await share(page, pair, '履歴も含める')
    const url = await share(page, pair)
    const row = page.getByRole('row').filter({ hasText: '現在の内容だけ' })
    const arrived = page.waitForEvent('load')
    await row.getByRole('button', { name: /に作成した共有リンクを取り消す$/ }).click()
    await arrived
    expect(await page.getByRole('status').first().innerText()).toContain(
      '共有リンクを取り消しました。',
    )
    expect((await links(page)).sort()).toEqual(['履歴も含める 0回 有効', '現在の内容だけ 0回 無効'])

    const colleague = await visit()
    await colleague.goto(url)
    const answered = colleague.waitForResponse((response) => response.request().method() === 'POST')
    await press(colleague, '内容を確認する')
    expect((await answered).status()).toBe(410)
    expect(await sentence(colleague)).toBe(ENDED)
    expect(await colleague.content()).not.toContain(pair.contractNumber)
    await openLink(colleague, kept)
    expect(await sentence(colleague)).toBe(GENUINE)
  })

  story('when its time is over', async ({ page, visit, server }) => {
    const pair = DEMO_PAIRS.bond
    const url = await share(page, pair)
    const database = new Database(join(server.dataDir, 'akashi.db'))
    const past = database.prepare(`UPDATE share SET expiresAt = ? WHERE numberKey = ?`)
    expect(past.run('2026-01-01T00:00:00.000Z', pair.contractNumber).changes).toBe(1)
    database.close()
    const colleague = await visit()
    await openLink(colleague, url)
    expect(await sentence(colleague)).toBe(ENDED)
    expect(await listed(page, pair)).toEqual(['現在の内容だけ 0回 期限切れ'])
    expect(await page.getByRole('button', { name: /取り消す$/ }).count()).toBe(0)
  })
})

story('a guarantee without links says so, and how to make one', async ({ page }) => {
  expect(await listed(page, DEMO_PAIRS.notStarted)).toEqual([])
  expect(await page.getByText('共有リンクはまだありません。').count()).toBe(1)
})
