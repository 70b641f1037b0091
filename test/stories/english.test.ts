import { describe, expect } from 'vitest'
import { DEMO_PAIRS } from '../../src/demo.ts'
import { NARROW } from '../support/browser.ts'
import { sentence } from './support/deeds.ts'
import { PAGE_STATES } from './support/page-states.ts'
import { japaneseOnly, overflow } from './support/sight.ts'
import { story } from './support/story.ts'
import { lookUp } from './support/ways.ts'

describe('somebody who reads English', () => {
  for (const { name, reach } of PAGE_STATES) {
    story(`${name}: finds nothing left in Japanese alone`, async ({ visit, server }) => {
      const page = await visit({ viewport: NARROW })
      await reach({ page, lang: 'en', server })
      expect(await page.title()).toMatch(/ \| Electronic guarantee check$/)
      expect(await page.locator('html').getAttribute('lang')).toBe('en')
      expect(await japaneseOnly(page)).toEqual([])
      expect(await overflow(page)).toEqual([])
    })
  }

  story('is told how a guarantee stands', async ({ page, server }) => {
    await lookUp(DEMO_PAIRS.cancelled)({ page, lang: 'en', server })
    expect(await sentence(page)).toBe(
      'This electronic guarantee is genuine, but it has been cancelled',
    )
  })

  story('changes the language, and back, with what they searched for', async ({ page, server }) => {
    await page.goto('/owners?q=富士')
    await page.getByRole('link', { name: 'English' }).click()
    await page.waitForURL(/lang=en/)
    expect(new URL(page.url()).searchParams.get('q')).toBe('富士')
    await page.getByRole('link', { name: 'How to use' }).click()
    await page.waitForURL(`${server.origin}/help?lang=en`)
    await page.getByRole('link', { name: '日本語' }).click()
    await page.waitForURL(/lang=ja/)
    expect(await sentence(page)).toBe('使い方')
  })

  story('finds words of the Japanese page to be Japanese', async ({ page }) => {
    await page.goto('/')
    expect(await japaneseOnly(page)).toContain('認証キー')
  })
})
