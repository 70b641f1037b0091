import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { PDF } from '../../desk/application/paper-files.ts'
import { press, sentence } from '../support/deeds.ts'
import { story } from '../support/story.ts'
import { fillGuarantees, fillWorks } from './application-form.ts'
import { SLOW } from './house.ts'
import { personAt } from './people.ts'
import { keepPicture, look, signInAs } from './sign-in-deeds.ts'

const WORKS = '葛\u{E0100}城線 﨑𠮷㈱ 改良工事'
/** As much as the form takes there: in a form of another encoding nine times as many bytes. */
const REMARKS = '橋の両側に仮設の歩道を設け、夜間は誘導員を置きます。髙橋'.repeat(30)

/** What every field of a form holds, by name, in the order of the page. */
function typed(page: Page): Promise<[string, string][]> {
  return page.evaluate(() => {
    const form = document.querySelector<HTMLFormElement>('form[enctype="multipart/form-data"]')
    if (!form) throw new Error('there is no form')
    const pairs = [...new FormData(form)].filter(([, value]) => typeof value === 'string')
    return pairs as [string, string][]
  })
}

story(
  'a session that ends in the middle of the form loses nothing',
  SLOW,
  async ({ browser, server }) => {
    const file = readFileSync(join(server.dataDir, 'demo-accounts.txt'), 'utf8')
    const [, email = '', password = ''] = /^\s*contractor\s+(\S+)\s+(\S+)/m.exec(file) ?? []
    const page = await personAt(browser, server)
    await signInAs(page, email, password)
    await page.goto('/desk/applications/new')
    await fillWorks(page, WORKS)
    await fillGuarantees(page)
    const remarks = page.getByLabel('連絡事項').last()
    await remarks.fill(REMARKS)
    const files = page.getByLabel('請負契約の内容を確認できる書類')
    const paper = { name: '契約書.pdf', mimeType: 'application/pdf', buffer: PDF }
    await files.setInputFiles(paper)
    const before = await typed(page)

    // At another desk the same person ends what they left open.
    const elsewhere = await personAt(browser, server)
    await signInAs(elsewhere, email, password)
    await elsewhere.goto('/account')
    await press(elsewhere, 'ほかの端末をすべて終了する')

    await press(page, '申込確認へ')
    expect(new URL(page.url()).pathname).toBe('/sign-in')
    expect(await page.getByText('入力した内容は保管しています').count()).toBe(1)
    await keepPicture(page, 'kept-sign-in')
    await signInAs(page, email, password)
    expect(await sentence(page)).toBe('続きから再開します')
    expect(await page.getByText('添付ファイルは残っていません').count()).toBe(1)
    const kept = await typed(page)
    expect(before.length).toBeGreaterThan(30)
    expect(kept.filter(([name]) => before.some(([one]) => one === name))).toEqual(before)
    await look(page, 'kept-resume')
    await press(page, 'この内容で続ける')
    expect(new URL(page.url()).pathname).toMatch(/^\/desk\/applications\//)
    await keepPicture(page, 'kept-again')
    // The paper is asked for again, where it can be chosen.
    expect(await page.getByRole('status').innerText()).toContain('添付ファイルは残っていない')
    expect(await page.getByLabel('連絡事項').last().inputValue()).toBe(REMARKS)
    expect(await page.getByLabel('工事名').inputValue()).toBe(WORKS)
    await files.setInputFiles(paper)
    await press(page, '申込確認へ')
    expect(await sentence(page)).toBe('申込確認')
  },
)
