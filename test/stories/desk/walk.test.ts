import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { openPostOffice } from '../../desk/notify/post-office.ts'
import { launchBrowser } from '../../support/browser.ts'
import { startServer } from '../../support/server.ts'
import { toolPath } from '../../support/tools.ts'
import { answers, lookUp, press, sentence } from '../support/deeds.ts'
import { expectSound } from '../support/sight.ts'
import { fillGuarantees, fillWorks } from './application-form.ts'
import { walkOnPaper } from './paper-walk.ts'
import { personAt, signIn } from './people.ts'

let browser: Awaited<ReturnType<typeof launchBrowser>>
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser.close())

const WORKS = '市道葛\u{E0100}城線 﨑𠮷㈱ 改良工事'

/** The text of a PDF that a link leads to, as `pdftotext` copies it out. */
async function textOfPdf(page: Page, name: string, folder: string): Promise<string> {
  const link = page.getByRole('link', { name })
  const answer = await page.request.get((await link.getAttribute('href')) ?? 'none')
  expect(answer.headers()['content-type']).toBe('application/pdf')
  const file = join(folder, 'notice.pdf')
  writeFileSync(file, await answer.body())
  return execFileSync(toolPath('pdftotext'), ['-layout', file, '-'], { encoding: 'utf8' })
}

describe('the walk of the leaflet', () => {
  test('from log-in to the officer’s confirmation sheet, with the key read out of the PDF', async () => {
    const post = await openPostOffice()
    const server = await startServer({ SMTP_URL: post.url, MAIL_FROM: 'noreply@east.example' })
    onTestFinished(async () => void (await server.stop()))

    const contractor = await signIn(browser, server, 'contractor')
    await contractor.goto('/desk/applications/new')
    await fillWorks(contractor, WORKS, String(new Date().getFullYear() + 1))
    await fillGuarantees(contractor)
    await press(contractor, '申込確認へ')
    await press(contractor, 'この内容で送信する')
    expect(await sentence(contractor)).toContain('送信')

    const clerk = await signIn(browser, server, 'clerk')
    const approver = await signIn(browser, server, 'approver')
    await clerk.goto('/desk/inbox')
    await clerk.getByRole('rowheader').getByRole('link').first().click()
    const address = clerk.url()
    await press(clerk, '前払金保証：受け付ける')
    await approver.goto(address)
    await press(approver, '前払金保証：引受を承認する')
    await clerk.goto(address)
    await press(clerk, '前払金保証：保証料の受領を確認する')
    await clerk.getByRole('link', { name: '前払金保証：発行へ進む' }).click()
    await expectSound(clerk)
    const shown = await clerk.getByRole('region', { name: /前払金保証証書/ }).innerText()
    const number = /\d{5}-\d{6}/.exec(shown)?.[0]
    expect(shown).toContain(WORKS)
    await press(clerk, '署名して発行する')

    await expect.poll(() => post.delivered.length, { timeout: 20_000 }).toBeGreaterThan(0)
    const told = () =>
      post.delivered.find(({ mail }) => mail.subject === '電子保証（認証キー）発行完了のお知らせ')
    await expect.poll(() => told() !== undefined, { timeout: 20_000 }).toBe(true)

    await contractor.goto('/desk')
    await contractor.getByRole('link', { name: '保証契約一覧' }).first().click()
    await contractor.getByRole('link', { name: '電子保証（認証キー）' }).first().click()
    await contractor
      .getByRole('link', { name: /の詳細$/ })
      .first()
      .click()
    await expectSound(contractor)
    const notice = await textOfPdf(contractor, '印刷（PDF）', server.dataDir)
    const contractNumber = /\b\d{5}-\d{6}\b/.exec(notice)?.[0] ?? ''
    const authKey = /\b(?=\w*[a-z])(?=\w*[A-Z])[0-9A-Za-z]{12}\b/.exec(notice)?.[0] ?? ''
    expect(contractNumber, 'the number that was shown').toBe(number)
    expect(notice).toContain('電子保証にかかる「認証キー」のお知らせ')
    expect(told()?.raw).not.toContain(authKey)

    const officer = await personAt(browser, server)
    await lookUp(officer, { contractNumber, authKey })
    expect(await sentence(officer)).toBe('この電子保証は本物で、現在も有効です')
    expect(Object.keys(await answers(officer))).toHaveLength(4)
    expect(await officer.getByText('この書面は確認結果の控えです').count()).toBeGreaterThan(0)

    const what = { worksName: WORKS, folder: server.dataDir, post }
    await walkOnPaper({ contractor, clerk, approver }, address, what)
  }, 180_000)
})
