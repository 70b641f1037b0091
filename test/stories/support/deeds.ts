import type { Page } from 'playwright-core'

export interface Pair {
  contractNumber: string
  authKey: string
}

/** Presses a button that sends a form, and waits until its answer is there. */
export async function press(page: Page, name: string): Promise<void> {
  const arrived = page.waitForEvent('load')
  await page.getByRole('button', { name, exact: true }).click()
  await arrived
}

/** Opens the look-up page, types number and key and sends them. */
export async function lookUp(page: Page, { contractNumber, authKey }: Pair): Promise<void> {
  await page.goto('/')
  await page.getByLabel('保証契約番号').fill(contractNumber)
  await page.getByLabel('認証キー').fill(authKey)
  await press(page, '確認する')
}

/** The one sentence at the top of a page. */
export function sentence(page: Page): Promise<string> {
  return page.getByRole('heading', { level: 1 }).innerText()
}

/** The questions of a result with their answers, as they are read aloud: `問題なし：改ざんなし`. */
export async function answers(page: Page): Promise<Record<string, string>> {
  const cards = page.getByRole('region', { name: '確認の結果' }).getByRole('listitem')
  const found: Record<string, string> = {}
  for (const card of await cards.all()) {
    const question = await card.getByRole('heading').innerText()
    found[question] = plain(await card.locator('.card-answer').textContent())
  }
  return found
}

/** What a result says of one row of the certificate. */
export async function particular(page: Page, label: string): Promise<string> {
  const certificate = page.getByRole('region', { name: /^電子保証概要/ })
  const row = certificate
    .locator('dl > div')
    .filter({ has: page.getByText(label, { exact: true }) })
  return plain(await row.getByRole('definition').textContent())
}

/** The rows of the history that can be seen, newest first, each in one line. */
export async function historyRows(page: Page): Promise<string[]> {
  const history = page.getByRole('region', { name: '電子保証情報（履歴情報）' })
  const rows = await history.getByRole('list').getByRole('listitem').all()
  return Promise.all(rows.map(async (row) => plain(await row.innerText())))
}

/** The text without breaks and double spaces. */
export function plain(text: string | null): string {
  return (text ?? '').replace(/\s+/g, ' ').trim()
}
