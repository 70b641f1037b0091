import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import type { PostOffice } from '../../desk/notify/post-office.ts'
import { toolPath } from '../../support/tools.ts'
import { press } from '../support/deeds.ts'
import { expectSound } from '../support/sight.ts'

interface People {
  contractor: Page
  clerk: Page
  approver: Page
}

/** The text of the sheets that a link of the page prints. */
async function printed(page: Page, name: RegExp, folder: string): Promise<string> {
  const href = await page.getByRole('link', { name }).getAttribute('href')
  const answer = await page.request.get(href ?? 'none')
  expect(answer.headers()['content-type']).toBe('application/pdf')
  const file = join(folder, 'certificate.pdf')
  writeFileSync(file, await answer.body())
  return execFileSync(toolPath('pdftotext'), ['-raw', file, '-'], { encoding: 'utf8' })
}

/**
 * The 契約保証 on paper of an application that was sent: accepted, paid, issued, printed; lost and made
 * anew by two people; the contractor sees which sheets hold; and its 解約 gives back what was paid.
 * @param address of the application in the company's inbox
 */
export async function walkOnPaper(
  { contractor, clerk, approver }: People,
  address: string,
  { worksName, folder, post }: { worksName: string; folder: string; post: PostOffice },
): Promise<void> {
  await clerk.goto(address)
  await press(clerk, '契約保証：受け付ける')
  await approver.goto(address)
  await press(approver, '契約保証：引受を承認する')
  await clerk.goto(address)
  await press(clerk, '契約保証：保証料の受領を確認する')
  await clerk.getByRole('link', { name: '契約保証：発行へ進む' }).click()
  const shown = await clerk.getByRole('region', { name: /契約保証証書/ }).innerText()
  expect(shown).toMatch(/正 ES-000001\s+副 ES-000001-2/)
  await press(clerk, '作成して発行する')

  await clerk.goto('/desk/guarantees?kind=contract')
  await clerk
    .getByRole('link', { name: /の詳細$/ })
    .first()
    .click()
  await clerk.getByRole('link', { name: '手続へ進む' }).click()
  const first = await printed(clerk, /を印刷（PDF）$/, folder)
  expect(first.split('\f')[0]).toContain('原本')
  expect(first.replace(/\s/g, '')).toContain(worksName.replace(/\s/g, ''))

  await clerk.getByRole('link', { name: '再発行', exact: true }).click()
  await clerk.getByLabel(/理由/).fill('紛失届のとおり')
  await press(clerk, '確認へ進む')
  await press(clerk, 'この内容で承認を依頼する')
  await approver.goto(clerk.url())
  await press(approver, '承認して確定する')
  const anew = await printed(approver, /を印刷（PDF）$/, folder)
  expect(anew).toContain('再発行')
  expect(anew).toMatch(/ES-000002-2/)
  expect(anew.replace(/\s/g, '')).toContain('（証書番号ES-000001、ES-000001-2）は無効です')

  await contractor.goto('/desk/guarantees?kind=contract')
  await contractor
    .getByRole('link', { name: /の詳細$/ })
    .first()
    .click()
  await expectSound(contractor)
  const rows = contractor.getByRole('table', { name: '証書（紙）' }).getByRole('row')
  expect(await rows.nth(1).innerText()).toMatch(/ES-000002[\s\S]*有効/)
  expect(await rows.nth(2).innerText()).toMatch(/ES-000001[\s\S]*無効（再発行）/)
  expect((await contractor.goto(`${contractor.url()}/life`))?.status()).toBe(403)

  await clerk.goto(new URL(clerk.url()).pathname)
  await clerk.getByRole('link', { name: '解約', exact: true }).click()
  await clerk.getByLabel('解約の事由').selectOption('その他')
  await clerk.getByLabel('請負契約の状況').selectOption('証書を発注者に提出する前')
  await clerk.getByLabel(/理由/).fill('契約不成立')
  await press(clerk, '確認へ進む')
  const sum = /返還する保証料 ([\d,]+円)/.exec(await clerk.getByRole('main').innerText())?.[1]
  await press(clerk, 'この内容で承認を依頼する')
  await approver.goto(clerk.url())
  await press(approver, '承認して確定する')
  const told = (subject: string) => post.delivered.find(({ mail }) => mail.subject === subject)
  await expect
    .poll(() => told('保証料返還のお知らせ')?.mail.text, { timeout: 20_000 })
    .toContain(`返還する保証料：${sum}`)
  expect(told('証書（紙）解約のお知らせ')?.mail.text).toContain('原本は、取扱店へお返しください')
  expect(told('保証料のご案内')?.mail.text).toMatch(/支払期限[\s\S]*見本銀行/)
}
