import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { readDemoData } from '../../../src/demo/data.ts'
import { axeFindings, NARROW, WIDE } from '../../support/browser.ts'

/** A page is accessible and needs no sideways scrolling, on a desk and on a telephone. */
export async function expectSound(page: Page): Promise<void> {
  for (const size of [WIDE, NARROW]) {
    await page.setViewportSize(size)
    expect(await axeFindings(page, size === WIDE)).toEqual([])
    expect(await overflow(page)).toEqual([])
  }
  expect(await wronglyMarked(page)).toEqual([])
  await page.setViewportSize(WIDE)
}

/**
 * Forms on pages of the desk that are a button alone and do not say so, or say so with a field that is
 * typed in. A preview goes on with what was typed before it: terms, a reason.
 */
function wronglyMarked(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    if (!location.pathname.startsWith('/desk')) return []
    const before = 'input[name=guaranteedAmount], input[name=reason]:not([value=""])'
    const typed = `input:not([type=hidden], [type=submit]), textarea, ${before}`
    const ofDesk = 'form[action^="/desk/"][method=post]'
    return [...document.querySelectorAll<HTMLFormElement>(ofDesk)]
      .filter((form) => !form.querySelector('input[name=deed]') === !form.querySelector(typed))
      .map(({ outerHTML }) => outerHTML)
  })
}

/** Elements that reach past the right edge of the window, so that the page scrolls sideways. */
export function overflow(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const root = document.documentElement
    if (root.scrollWidth <= root.clientWidth) return []
    const wide = [...document.querySelectorAll('body *')].filter(
      (one) => one.getBoundingClientRect().right > root.clientWidth + 1,
    )
    return [`${root.scrollWidth} px`, ...wide.map((one) => `${one.tagName}.${one.className}`)]
  })
}

/**
 * Texts of an English page that somebody without Japanese could not use: neither names and texts
 * that were given, nor a Japanese term beside its English, nor the link to the Japanese page.
 */
export async function japaneseOnly(page: Page): Promise<string[]> {
  const texts = await page.evaluate(() => {
    const japanese = /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    const found: string[] = []
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const element = node.parentElement
      if (!element || element.closest('body [lang=ja]') || !japanese.test(node.nodeValue ?? ''))
        continue
      if (!/[A-Za-z]{3}/.test(element.textContent ?? '')) found.push(node.nodeValue?.trim() ?? '')
    }
    return found
  })
  const given = (text: string): boolean => GIVEN.some((one) => one.includes(text))
  return [...new Set(texts)].filter((text) => !text.split(/, |、/).every(given))
}

/** What issuers, owners and contractors say, and what an officer typed. */
const GIVEN = [...textsOf(readDemoData()), '契約検査課', '山田', '株式会社高橋建設']

function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value.replaceAll('　', ' '), value]
  if (value === null || typeof value !== 'object') return []
  // The mail of an owner is Japanese throughout, and stands on no page that officers see.
  return Object.entries(value).flatMap(([name, one]) =>
    name === 'mailTemplate' ? [] : textsOf(one),
  )
}
