import type { Page } from 'playwright-core'

/** One guarantee's part of the form, or that of the information. */
export const line = (page: Page, name: string) => page.getByRole('region', { name, exact: true })

export async function day(page: Page, name: string, [y, m, d]: readonly [string, string, string]) {
  await page.getByLabel(`${name}の年`, { exact: true }).fill(y)
  await page.getByLabel(`${name}の月`, { exact: true }).fill(m)
  await page.getByLabel(`${name}の日`, { exact: true }).fill(d)
}

/** 請負工事の情報, typed as people type it. */
export async function fillWorks(
  page: Page,
  worksName = '葛\u{E0100}城線 﨑𠮷㈱ 改良工事',
  year = '2026',
) {
  await page.getByLabel('発注者名').fill('富士市長')
  await page.getByLabel('工事名').fill(worksName)
  await page.getByLabel('請負金額（税込）').fill('５０，０００，０００円')
  await day(page, '契約日', ['令和8', '1', '15'])
  await day(page, '工期（自）', ['2026', '1', '16'])
  await day(page, '工期（至）', [year, '9', '30'])
}

/** An electronic 前払金保証 and a 契約保証 on paper. */
export async function fillGuarantees(page: Page) {
  const advance = line(page, '前払金保証')
  await advance.getByLabel('前払金保証を申し込む').check()
  await advance.getByLabel('電子保証(認証キーを含む)').check()
  await advance.getByLabel('前払金保証金額').fill('金20,000,000円也')
  await advance.getByLabel('預託金融機関(全角)').fill('ﾐﾎﾝ銀行')
  await advance.getByLabel('預託金融機関の支店名(全角)').fill('富士支店')
  await advance.getByLabel('再預託を利用しない').check()
  await advance.getByLabel('前払金保証料支払方法').selectOption('都度納付')
  await advance
    .getByLabel('前払金保証料請求先', { exact: false })
    .first()
    .selectOption({ index: 1 })
  await advance.getByLabel('希望しない').check()
  const contract = line(page, '契約保証')
  await contract.getByLabel('契約保証を申し込む').check()
  await contract.getByLabel('証書(紙)').check()
  await contract.getByLabel('契約保証金額').fill('5000000')
  await contract.getByLabel('契約保証料支払方法').selectOption('都度納付')
  await contract.getByLabel('前払金保証料請求先と同じ').check()
  await contract.getByLabel('希望しない').check()
  const information = line(page, 'インフォメーション')
  await information.getByLabel('申込送信先').selectOption('静岡支店')
  await information.getByLabel('希望する', { exact: true }).check()
  await information.getByLabel('メールアドレス', { exact: false }).first().fill('soumu@example.jp')
}
