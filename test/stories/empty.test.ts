import { describe, expect } from 'vitest'
import { SAMPLE } from '../../src/demo.ts'
import { startServer } from '../support/server.ts'
import { lookUp, sentence } from './support/deeds.ts'
import { expectSound } from './support/sight.ts'
import { story as demoStory } from './support/story.ts'

const story = demoStory
  .extend('installation', { scope: 'file' }, async ({ env }, { onCleanup }) => {
    const server = await startServer({
      ...env,
      DEMO: '0',
      OPERATOR_NAME: '見本市契約検査課',
      OPERATOR_CONTACT: '054-000-0000（内線123）',
    })
    onCleanup(async () => expect(await server.stop()).toBe(0))
    return server
  })
  .override('page', ({ visit, installation }) => visit({ origin: installation.origin }))

describe('an installation that has just been set up', () => {
  for (const [path, said] of [
    ['/owners', '対応している発注者は、まだ登録されていません。'],
    ['/issuers', '保証会社は、まだ登録されていません。'],
    ['/log', '台帳には、まだ記録がありません。'],
  ] as const) {
    story(`${path} says that there is nothing yet`, async ({ page }) => {
      await page.goto(path)
      expect(await page.getByText(said).count()).toBe(1)
      await expectSound(page)
    })
  }

  story('shows no sample and no mark of one', async ({ page }) => {
    await page.goto('/')
    expect(await page.getByText('見本で試す').count()).toBe(0)
    expect(await page.getByRole('complementary', { name: '見本' }).count()).toBe(0)
    expect(await page.content()).not.toContain(SAMPLE.authKey)
  })

  story('finds nothing under the pair of the demo', async ({ page }) => {
    await lookUp(page, SAMPLE)
    expect(await page.getByRole('alert').getByRole('link').innerText()).toContain(
      '保証契約番号または認証キーが正しくありません。',
    )
  })

  story('knows a number of another shape to be wrong before any look-up', async ({ page }) => {
    await lookUp(page, { ...SAMPLE, contractNumber: '12345-67890' })
    expect(await page.getByRole('alert').getByRole('link').innerText()).toBe(
      '保証契約番号は数字11けたで入力してください（例：12345-678901）',
    )
  })

  story('names its operator, and whom to ask when something is not there', async ({ page }) => {
    await page.goto('/no-such-page')
    expect(await sentence(page)).toBe('ページが見つかりません')
    expect(await page.getByText('お問い合わせ：054-000-0000（内線123）').count()).toBe(1)
    expect(await page.getByText('運営者：見本市契約検査課').count()).toBe(1)
  })
})
