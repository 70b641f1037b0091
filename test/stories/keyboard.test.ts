import type { Page } from 'playwright-core'
import { describe, expect } from 'vitest'
import { DEMO_PAIRS, SAMPLE } from '../../src/demo.ts'
import { lookUp, sentence } from './support/deeds.ts'
import { overflow } from './support/sight.ts'
import { story } from './support/story.ts'

/** What has the focus, as it is called; also that it can be seen to have it. */
async function focused(page: Page): Promise<string> {
  const { name, outline } = await page.evaluate(() => {
    const one = document.activeElement as HTMLElement
    const label = one instanceof HTMLInputElement ? one.labels?.[0]?.innerText : one.innerText
    return { name: label ?? '', outline: getComputedStyle(one).outlineStyle }
  })
  expect(outline).not.toBe('none')
  return name.replace(/\s*必須$/, '').trim()
}

async function tab(page: Page): Promise<string> {
  await page.keyboard.press('Tab')
  return focused(page)
}

async function enter(page: Page): Promise<void> {
  const arrived = page.waitForEvent('load')
  await page.keyboard.press('Enter')
  await arrived
}

describe('an officer without a mouse', () => {
  story('skips to the form, fills it in order and sends it by Enter', async ({ page }) => {
    await page.goto('/')
    expect(await tab(page)).toBe('本文へ移動')
    await page.keyboard.press('Enter')
    expect(await tab(page)).toBe('保証契約番号')
    await page.keyboard.type(SAMPLE.contractNumber)
    expect(await tab(page)).toBe('認証キー')
    await page.keyboard.type(SAMPLE.authKey)
    expect(await tab(page)).toBe('確認者を記録に残す（任意）')
    expect(await tab(page)).toBe('確認する')
    await enter(page)
    expect(await sentence(page)).toBe('この電子保証は本物で、現在も有効です')
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('H1')
  })

  story('reaches the header in order when they do not skip', async ({ page }) => {
    await page.goto('/')
    const order: string[] = []
    for (let i = 0; i < 7; i++) order.push(await tab(page))
    expect(order).toEqual([
      '本文へ移動',
      '電子保証の確認',
      '使い方',
      '対応している発注者',
      '保証会社',
      'English',
      '保証契約番号',
    ])
  })

  story('sends the look-up by Enter in either field', async ({ page }) => {
    for (const field of ['保証契約番号', '認証キー']) {
      await page.goto('/')
      await page.getByLabel('保証契約番号').fill(SAMPLE.contractNumber)
      await page.getByLabel('認証キー').fill(SAMPLE.authKey)
      await page.getByLabel(field).focus()
      await enter(page)
      expect(await sentence(page)).toBe('この電子保証は本物で、現在も有効です')
    }
  })

  story('shows the whole history and an earlier certificate', async ({ page }) => {
    await lookUp(page, DEMO_PAIRS.corrected)
    const all = page.getByLabel('訂正・変更取消も表示する')
    await all.focus()
    await page.keyboard.press('Space')
    expect(await all.isChecked()).toBe(true)
    const issue = page.getByRole('list').getByRole('listitem').filter({ hasText: 'No.1' }).last()
    const name = issue.getByRole('definition').getByText('市道例示線舗装修善工事')
    expect(await name.isVisible()).toBe(false)
    await issue.getByText('この時点の証書を見る').focus()
    await page.keyboard.press('Enter')
    expect(await name.isVisible()).toBe(true)
  })

  story('never loses the focus to a place that cannot be seen', async ({ page }) => {
    await lookUp(page, SAMPLE)
    const seen = new Set<string>()
    for (let i = 0; i < 40; i++) {
      await page.keyboard.press('Tab')
      const visible = await page.evaluate(() => {
        const one = document.activeElement
        return one === document.body || one?.checkVisibility() === true
      })
      expect(visible).toBe(true)
      seen.add(await page.evaluate(() => document.activeElement?.textContent?.trim() ?? ''))
    }
    expect(seen).toContain('確認書を印刷（A4）')
    expect(seen).toContain('別の保証を確認する')
  })
})

describe('an officer who needs large letters', () => {
  for (const [name, size] of [
    ['200 %', { width: 640, height: 450 }],
    ['400 %', { width: 320, height: 225 }],
  ] as const) {
    story(`reads a result at ${name} without scrolling sideways`, async ({ visit }) => {
      const page = await visit({ viewport: size })
      await lookUp(page, DEMO_PAIRS.amended)
      expect(await overflow(page)).toEqual([])
      expect(await page.getByText('17,600,000円').first().isVisible()).toBe(true)
    })
  }

  story('doubles the letters alone: they grow and nothing is cut off', async ({ page }) => {
    await page.goto('/')
    const field = page.getByLabel('認証キー')
    const before = (await field.boundingBox())?.height ?? 0
    await page.evaluate(() => {
      document.documentElement.style.fontSize = '200%'
    })
    expect((await field.boundingBox())?.height).toBeGreaterThan(before * 1.5)
    expect(await overflow(page)).toEqual([])
  })
})
