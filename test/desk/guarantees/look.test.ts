import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { certificate } from '../../platform/sample.ts'
import { axeFindings, launchBrowser, NARROW, openPage, WIDE } from '../../support/browser.ts'
import { KEY, newDesk } from './desk.ts'
import { manyRows, putRows } from './many.ts'

const PATH = '/desk/guarantees/east/12345-678901'
/** Where pictures go, for whoever wants to look. */
const PICTURES = process.env.PICTURES

let browser: Awaited<ReturnType<typeof launchBrowser>>
beforeAll(async () => {
  browser = await launchBrowser()
  return () => browser.close()
})
afterAll(() => {})

async function filled() {
  const desk = await newDesk()
  await putRows(desk.store, manyRows(120))
  await desk.putApplication('12345-678901')
  await desk.issue({
    events: [
      {
        event: 'amend',
        certificate: certificate({
          contractor: { name: '株式会社髙橋建設' },
          guaranteedAmount: 22_000_000,
          contractPrice: 55_000_000,
        }),
      },
    ],
  })
  await desk.issue({ number: '12345-678902', arrives: false })
  const mail = (recipient: string, state: 'sent' | 'refused', numberKey: string | null) =>
    desk.store.db
      .insertInto('mail')
      .values({
        messageId: `${recipient}-${state}@x`,
        issuer: 'east',
        org: 'org-0',
        purpose: 'issue',
        numberKey,
        application: null,
        recipient,
        subject: '電子保証（認証キー）発行完了のお知らせ',
        body: 'x',
        state,
        tries: 1,
        nextAt: '2026-02-03T05:00:00.000Z',
        fault: state === 'refused' ? '550 5.1.1 no such user here' : null,
        madeAt: '2026-02-03T05:00:00.000Z',
        sentAt: null,
        resentFrom: null,
      })
      .compile()
  await desk.store.commit([
    mail('soumu@kensetsu.example', 'sent', '12345678901'),
    mail('gone@kensetsu.example', 'refused', '12345678901'),
    desk.store.db
      .insertInto('lifeProposal')
      .values({
        ...{ issuer: 'east', numberKey: '12345678901', event: 'to_paper', fields: '{}', seq: 3 },
        ...{ madeBy: 'u3', madeByName: '見本 三', madeAt: '2026-02-03T05:00:00.000Z' },
      })
      .compile(),
  ])
  await desk.lookup()
  desk.clock.pass(60_000)
  return { ...desk, origin: await desk.listen() }
}

const PAGES: [name: string, who: string, path: string][] = [
  ['home', 'contractor', '/desk'],
  ['home-company', 'clerk', '/desk'],
  ['help', 'contractor', '/desk/help'],
  ['list', 'contractor', '/desk/guarantees?works=道路'],
  ['list-company', 'approver', '/desk/guarantees'],
  ['list-empty', 'contractor', '/desk/guarantees?works=ない工事'],
  ['list-wrong', 'contractor', '/desk/guarantees?from=昨日'],
  ['electronic', 'contractor', '/desk/guarantees/electronic'],
  ['history', 'contractor', '/desk/guarantees/history'],
  ['detail', 'contractor', PATH],
  ['detail-company', 'clerk', PATH],
  ['detail-issuing', 'contractor', '/desk/guarantees/east/12345-678902'],
  ['version', 'contractor', `${PATH}/versions/1`],
  ['mails', 'clerk', '/desk/mails'],
]

async function shoot(page: Page, name: string): Promise<void> {
  if (PICTURES === undefined) return
  mkdirSync(PICTURES, { recursive: true })
  await page.screenshot({ path: join(PICTURES, `${name}.png`), fullPage: true })
}

/** No wider than the window, and nothing that axe finds. */
async function expectSound(page: Page): Promise<void> {
  expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true)
  expect(await axeFindings(page)).toEqual([])
}

describe('every page of the list and of one guarantee', () => {
  test('is sound at both sizes', { timeout: 180_000 }, async () => {
    const { origin } = await filled()
    for (const [size, viewport] of [
      ['wide', WIDE],
      ['narrow', NARROW],
    ] as const) {
      const { page, violations, context } = await openPage(browser, origin, { viewport })
      for (const [name, who, path] of PAGES) {
        await page.goto(`/as/${who}`)
        await page.goto(path)
        await shoot(page, `${name}-${size}`)
        await expectSound(page).catch((error: Error) => {
          throw new Error(`${name} ${size}: ${error.message}`)
        })
      }
      expect(violations).toEqual([])
      await context.close()
    }
  })
})

test('a contractor walks from the top to the key, as the leaflet says, and copies it', async () => {
  const { origin } = await filled()
  const { page, violations, context } = await openPage(browser, origin)
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin })
  await page.goto('/as/contractor')
  await page.goto('/desk')
  await page
    .getByRole('region', { name: 'メニュー' })
    .getByRole('link', { name: '保証契約一覧' })
    .click()
  await page.getByRole('link', { name: '電子保証（認証キー）' }).click()
  await page.getByLabel('工事名').fill('12345-678901')
  await page.getByRole('button', { name: '検索' }).click()
  await page.getByRole('link', { name: '保証契約番号 12345-678901 の詳細' }).click()
  await page.getByRole('button', { name: 'コピー', exact: true }).click()
  await expect.poll(() => page.evaluate('navigator.clipboard.readText()')).toBe(KEY)
  expect(await page.locator('#auth-key').evaluate((key) => getComputedStyle(key).fontSize)).toBe(
    '24px',
  )
  expect(
    await page.locator('#auth-key').evaluate((key) => getComputedStyle(key).fontFamily),
  ).toMatch(/^"Noto Sans Mono"/)
  await page.getByText('共有リンク・QRコードを作る').click()
  await page.getByLabel('見える範囲').selectOption('履歴も含める')
  await page.getByRole('button', { name: '共有リンクを作る' }).click()
  expect(await page.locator('#share-url').innerText()).toMatch(/\/v#[\w-]{22}$/)
  await shoot(page, 'shared-wide')
  await expectSound(page)
  await page.getByRole('button', { name: /を取り消す$/ }).click()
  await page.getByText('共有リンクを取り消しました。').waitFor()
  await page.getByRole('link', { name: 'No.2 変更（増額）の電子保証を選択' }).click()
  expect(await page.getByRole('heading', { level: 1 }).innerText()).toContain('変更（増額）')
  expect(violations).toEqual([])
})

test('without a script the key, the notice and the links are all there', async () => {
  const { origin } = await filled()
  const { page } = await openPage(browser, origin, { script: false })
  await page.goto('/as/contractor')
  await page.goto(PATH)
  expect(await page.locator('#auth-key').innerText()).toContain('Z')
  expect(await page.getByRole('button', { name: 'コピー', exact: true }).isVisible()).toBe(false)
  expect(await page.getByRole('link', { name: '印刷（PDF）' }).isVisible()).toBe(true)
  expect(await page.getByText(/認証キーをなくしたとき、漏れたおそれがあるとき/).count()).toBe(1)
  // The link that is shown this once is where the eye is, wherever the form stood.
  await page.getByText('共有リンク・QRコードを作る').click()
  await page.getByRole('button', { name: /^共有リンク.*作/ }).click()
  const made = page.locator('.share-new')
  await made.waitFor()
  expect(await made.evaluate((one) => one === document.activeElement)).toBe(true)
  expect(await made.evaluate((one) => one.getBoundingClientRect().top < innerHeight)).toBe(true)
})

test('a clerk sends a refused mail once more, to the right address', async () => {
  const { origin, store } = await filled()
  const { page } = await openPage(browser, origin)
  await page.goto('/as/clerk')
  await page.goto('/desk/mails')
  const refused = page.getByRole('row', { name: /gone@kensetsu/ })
  await refused.getByText('操作').click()
  await refused.getByLabel('宛先').fill('a@b.example, c@d.example')
  await refused.getByRole('button', { name: 'もう一度送る' }).click()
  await page.getByRole('heading', { name: /入力内容に誤りがあります/ }).waitFor()
  await refused.getByLabel('宛先').fill('keiri@kensetsu.example')
  await refused.getByRole('button', { name: 'もう一度送る' }).click()
  await page.getByText('もう一度送ります。').waitFor()
  const [, , again] = await store.db.selectFrom('mail').selectAll().orderBy('id').execute()
  expect(again).toMatchObject({
    recipient: 'keiri@kensetsu.example',
    state: 'waiting',
    resentFrom: 2,
  })
})
