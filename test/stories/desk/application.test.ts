import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { stepQueries } from '../../../src/desk/application/sent/line-step.ts'
import type { Person } from '../../desk/application/desk.ts'
import { PDF, PNG } from '../../desk/application/paper-files.ts'
import { type ServedDesk, serveDesk } from '../../desk/application/served.ts'
import { launchBrowser, openPage } from '../../support/browser.ts'
import { press } from '../support/deeds.ts'
import { expectSound } from '../support/sight.ts'
import { day, fillGuarantees, fillWorks, line } from './application-form.ts'

let browser: Awaited<ReturnType<typeof launchBrowser>>
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser.close())

/** A clerk's browser; that no page broke a rule of the site is part of every story. */
async function signedIn({ origin }: ServedDesk, person: Person, script = true): Promise<Page> {
  const { page, context, violations } = await openPage(browser, origin, { script })
  await context.addCookies([{ name: 'person', value: person, url: origin }])
  onTestFinished(async () => {
    await context.close()
    expect(violations).toEqual([])
  })
  return page
}

const shot = async (page: Page, name: string) => {
  const folder = process.env['SHOTS']
  if (folder === undefined) return
  for (const width of [1280, 320]) {
    await page.setViewportSize({ width, height: 800 })
    await page.screenshot({ path: `${folder}/${name}-${width}.png`, fullPage: true })
  }
  await page.setViewportSize({ width: 1280, height: 900 })
}

test('a clerk fills everything, confirms it, sends it with two clicks, and finds it once', async () => {
  const desk = await serveDesk()
  const page = await signedIn(desk, 'sato')
  await page.goto('/desk/applications')
  await shot(page, 'list-empty')
  await page.getByRole('link', { name: '保証申込（新規）' }).click()
  await shot(page, 'new')
  await expectSound(page)
  await fillWorks(page)
  await fillGuarantees(page)
  // The script mirrors what the server will say.
  expect(await line(page, '前払金保証').getByText('40.0%').isVisible()).toBe(true)
  expect(await line(page, '前払金保証').getByText('ミホン銀行　富士支店').isVisible()).toBe(true)
  expect(await page.getByText('令和8年1月15日').isVisible()).toBe(true)
  await page.getByLabel('請負契約の内容を確認できる書類').setInputFiles({
    name: '契約書 髙橋.pdf',
    mimeType: 'application/pdf',
    buffer: PDF,
  })
  await shot(page, 'filled')
  await expectSound(page)
  await press(page, '申込確認へ')
  await shot(page, 'confirm')
  await expectSound(page)
  for (const text of ['40.0%（請負金額に対する割合）', 'ミホン銀行　富士支店', '契約書 髙橋.pdf']) {
    expect(await page.getByText(text).first().isVisible()).toBe(true)
  }
  await page.getByRole('button', { name: 'この内容で送信する' }).dblclick()
  await page.waitForURL('**/sent')
  await shot(page, 'sent')
  await expectSound(page)
  expect(await page.getByText('E-000001').isVisible()).toBe(true)
  await page.getByRole('link', { name: '保証申込一覧へ' }).click()
  expect(await page.getByRole('row').count()).toBe(2)
  expect(await page.getByText('葛\u{E0100}城線 﨑𠮷㈱ 改良工事').first().isVisible()).toBe(true)
  await shot(page, 'list')
  await expectSound(page)
  await page.getByRole('link', { name: 'E-000001' }).first().click()
  await shot(page, 'detail')
  await expectSound(page)
  await answerReturned(desk, page)
})

/** The company has a question; the clerk answers, changes a sum and a paper, and sends anew. */
async function answerReturned({ ports: { store } }: ServedDesk, page: Page) {
  const application = /applications\/([0-9a-f-]+)/.exec(page.url())?.[1] ?? ''
  const step = { application, step: 2, status: 'returned', at: '2026-02-03T05:30:00.000Z' } as const
  const by = { byUser: 'clerk', note: '前払金の額をお確かめください\n契約書の写しが読めません' }
  const kinds = ['advance_payment', 'contract']
  await store.commit(kinds.flatMap((kind) => stepQueries(store.db, { ...step, kind, ...by })))
  await page.reload()
  await page.getByRole('link', { name: '差戻しに対応する' }).click()
  await press(page, '申込確認へ')
  expect(await page.getByRole('alert').innerText()).toContain('差戻しへの回答を入力してください')
  await shot(page, 'returned')
  await expectSound(page)
  await page.getByLabel('差戻しへの回答').fill('18,000,000円に直し、契約書を差し替えました')
  await page.getByLabel('前払金保証金額', { exact: false }).first().fill('18,000,000')
  await page.getByLabel('請負契約の内容を確認できる書類').setInputFiles({
    name: '契約書（再）.pdf',
    mimeType: 'application/pdf',
    buffer: PDF,
  })
  await page.getByRole('button', { name: '契約書 髙橋.pdfを取り除く' }).click()
  await shot(page, 'returned-papers')
  await press(page, '申込確認へ')
  await shot(page, 'confirm-again')
  await expectSound(page)
  const changes = page.getByRole('table', { name: '前回の送信から変わったところ' })
  expect(await changes.innerText()).toMatch(/20,000,000円[\s\S]*18,000,000円/)
  await press(page, 'この内容で送信する')
  await shot(page, 'sent-again')
  expect(await page.getByText('再送信しました').isVisible()).toBe(true)
  await page.getByRole('link', { name: '申込みの内容を見る' }).click()
  await shot(page, 'detail-again')
  await expectSound(page)
  const told = page.getByRole('region', { name: '差戻しへの回答と変更点' })
  for (const text of ['契約書の写しが読めません', '契約書を差し替えました', '18,000,000円']) {
    expect(await told.innerText()).toContain(text)
  }
  expect(await page.getByText('（新）').count()).toBe(1)
  const gone = page.getByRole('list', { name: '取り除かれた書類' })
  expect(await gone.innerText()).toContain('契約書 髙橋.pdf')
}

test('with everything wrong all is said at once, linked, and what was typed stays', async () => {
  const desk = await serveDesk()
  const page = await signedIn(desk, 'sato')
  await page.goto('/desk/applications/new')
  await page.getByLabel('工事名').fill('髙﨑𠮷㈱')
  await page.getByLabel('請負金額（税込）').fill('五千万円')
  for (const kind of ['前払金保証', '中間前払金保証', '契約保証']) {
    await page.getByLabel(`${kind}を申し込む`, { exact: true }).check()
  }
  await press(page, '申込確認へ')
  await shot(page, 'errors')
  await expectSound(page)
  expect(await page.title()).toMatch(/^エラー：/)
  const links = page.getByRole('alert').getByRole('link')
  expect(await links.count()).toBeGreaterThan(30)
  // Every link leads to something that can be seen and typed into.
  for (const link of await links.all()) {
    const target = page.locator((await link.getAttribute('href')) ?? 'none')
    expect(await target.evaluate((one) => one.matches('input, select, textarea'))).toBe(true)
    expect(await target.isVisible()).toBe(true)
  }
  expect(await page.getByLabel('請負金額（税込）').inputValue()).toBe('五千万円')
  expect(await page.getByLabel('工事名').inputValue()).toBe('髙﨑𠮷㈱')
})

test('a draft survives a closed browser, is copied and thrown away', async () => {
  const desk = await serveDesk()
  const first = await signedIn(desk, 'sato')
  await first.goto('/desk/applications/new')
  await fillWorks(first, '書きかけの工事')
  // Who leaves without saving is asked; who has saved is not.
  const asked: string[] = []
  first.on('dialog', (dialog) => {
    asked.push(dialog.type())
    void dialog.dismiss()
  })
  await first.getByRole('link', { name: '保証契約一覧' }).click({ noWaitAfter: true })
  await expect.poll(() => asked).toEqual(['beforeunload'])
  await press(first, '下書き保存')
  await first.getByRole('link', { name: '保証申込のヘルプ' }).click()
  await first.goBack()
  expect(asked).toHaveLength(1)
  await first.context().close()
  const page = await signedIn(desk, 'suzuki')
  await page.goto('/desk/applications')
  await page.getByRole('link', { name: /^続きを入力/ }).click()
  expect(await page.getByLabel('工事名').inputValue()).toBe('書きかけの工事')
  expect(await page.getByLabel('請負金額（税込）').inputValue()).toBe('５０，０００，０００円')
  await page.goto('/desk/applications')
  await page.getByRole('button', { name: /^コピーして作成/ }).click()
  expect(await page.getByLabel('工事名').inputValue()).toBe('書きかけの工事')
  await page.goto('/desk/applications')
  expect(await page.getByRole('row').count()).toBe(3)
  await page.getByRole('link', { name: /^削除/ }).first().click()
  await shot(page, 'delete')
  await expectSound(page)
  await press(page, 'この下書きを削除する')
  expect(await page.getByRole('row').count()).toBe(2)
})

test('without a script the whole way can be gone, 再計算 shows the share', async () => {
  const desk = await serveDesk()
  const page = await signedIn(desk, 'sato', false)
  await page.goto('/desk/applications/new')
  expect(await page.getByRole('button', { name: /クリア$/ }).count()).toBe(0)
  await fillWorks(page)
  await fillGuarantees(page)
  expect(await line(page, '前払金保証').getByText('0.0%').isVisible()).toBe(true)
  await line(page, '前払金保証').getByRole('button', { name: '再計算' }).click()
  expect(await line(page, '前払金保証').getByText('40.0%').isVisible()).toBe(true)
  expect(await page.getByText('20,000,000円（2,000万円）').isVisible()).toBe(true)
  await page.getByRole('button', { name: '申込確認へ' }).click()
  await page.getByRole('button', { name: 'この内容で送信する' }).click()
  expect(await page.getByText('E-000001').isVisible()).toBe(true)
})

test('of two clerks the later one is told, sees both values, and goes on with what was typed', async () => {
  const desk = await serveDesk()
  const [sato, suzuki] = [await signedIn(desk, 'sato'), await signedIn(desk, 'suzuki')]
  await sato.goto('/desk/applications/new')
  await fillWorks(sato, '元の工事名')
  await press(sato, '下書き保存')
  await suzuki.goto(sato.url())
  await sato.getByLabel('工事名').fill('佐藤の工事名')
  await sato.getByLabel('工事場所').fill('富士市本町')
  await press(sato, '下書き保存')
  await suzuki.getByLabel('工事名').fill('鈴木の工事名')
  await press(suzuki, '下書き保存')
  await shot(suzuki, 'behind')
  await expectSound(suzuki)
  const told = suzuki.getByRole('alert')
  for (const text of ['佐藤　花子さんが', '佐藤の工事名', '鈴木の工事名']) {
    expect(await told.innerText()).toContain(text)
  }
  expect(await suzuki.getByLabel('工事名').inputValue()).toBe('鈴木の工事名')
  expect(await suzuki.getByLabel('工事場所').inputValue()).toBe('富士市本町')
  await press(suzuki, '下書き保存')
  expect(await suzuki.getByText('下書きを保存しました').isVisible()).toBe(true)
})

test('an owner before its start is warned of, and passed with a reason', async () => {
  const desk = await serveDesk()
  const page = await signedIn(desk, 'sato')
  await page.goto('/desk/applications/new')
  await fillWorks(page)
  await fillGuarantees(page)
  await day(page, '契約日', ['2025', '11', '13'])
  await press(page, '申込確認へ')
  await shot(page, 'owner')
  await expectSound(page)
  expect(await page.getByText('契約日がそれより前です。').first().isVisible()).toBe(true)
  await page.getByLabel('電子保証を申し込む理由').fill('富士市に確認済みです')
  await press(page, '申込確認へ')
  expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('申込確認')
})

test('a paper that lies about its type is refused by name, with the form as it was', async () => {
  const desk = await serveDesk()
  const page = await signedIn(desk, 'sato')
  await page.goto('/desk/applications/new')
  await fillWorks(page)
  const lying = { name: '契約書.pdf', mimeType: 'application/pdf', buffer: PNG }
  const papers = page.getByLabel('請負契約の内容を確認できる書類')
  await papers.setInputFiles(lying)
  await press(page, '選んだファイルを添付する')
  expect(await page.getByRole('alert').innerText()).toContain(
    '「契約書.pdf」は名前と中身が違います',
  )
  expect(await page.getByLabel('発注者名').inputValue()).toBe('富士市長')
  await page.reload()
  expect(await page.getByLabel('発注者名').inputValue(), 'as it was saved').toBe('富士市長')
  await papers.setInputFiles({ ...lying, buffer: PDF })
  await press(page, '選んだファイルを添付する')
  // Enter saves, and presses none of the buttons that remove a paper.
  await page.getByLabel('工事番号').press('Enter')
  await page.getByText('下書きを保存しました').waitFor()
  expect(await page.getByRole('link', { name: '契約書.pdf' }).count()).toBe(1)
})

test('a section is cleared after a question, by the keyboard too, and no other one', async () => {
  const desk = await serveDesk()
  const page = await signedIn(desk, 'sato')
  await page.goto('/desk/applications/new')
  await fillWorks(page)
  await line(page, 'インフォメーション').getByLabel('担当者名').fill('佐藤')
  await page.getByLabel('前払金保証を申し込む', { exact: true }).check()
  const questions: string[] = []
  page.on('dialog', (dialog) => {
    questions.push(dialog.message())
    void (questions.length === 1 ? dialog.dismiss() : dialog.accept())
  })
  const clear = page.getByRole('button', { name: '保証の申込内容をクリア' })
  await clear.focus()
  await page.keyboard.press('Enter')
  expect(await page.getByLabel('前払金保証を申し込む', { exact: true }).isChecked()).toBe(true)
  await page.keyboard.press('Enter')
  expect(await page.getByLabel('前払金保証を申し込む', { exact: true }).isChecked()).toBe(false)
  expect(questions).toEqual(Array(2).fill('入力を消します。よろしいですか'))
  expect(await page.getByLabel('担当者名').inputValue()).toBe('佐藤')
  expect(await page.getByLabel('工事名').inputValue()).not.toBe('')
})
