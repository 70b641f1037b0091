import { readingRow } from '../guarantee/auth-key.ts'
import { type Html, html } from '../web/html.ts'
import type { Lang } from '../web/lang.ts'
import { lookupWords } from './words/lookup.ts'

const GROUPS = [0, 4, 8]

/**
 * An auth key for whoever has to hand it on: large, in fours, and under each symbol whether it is
 * 大, 小 or 数. Selected or copied it is twelve symbols without a space.
 */
export function authKeyView(lang: Lang, authKey: string): Html {
  const { reading } = lookupWords[lang]
  const cells = readingRow(authKey)
  const groups = GROUPS.map((start) => cells.slice(start, start + 4))
  return html`<div class="auth-key-box">
  <p class="auth-key code" id="auth-key">${groups.map(
    (group) =>
      html`<span class="auth-key-group">${group.map(({ symbol }) => html`<span>${symbol}</span>`)}</span>`,
  )}</p>
  <div class="auth-key-reading" aria-hidden="true">${groups.map(
    (group) =>
      html`<span class="auth-key-group">${group.map(({ kind }) => html`<span>${reading[kind]}</span>`)}</span>`,
  )}</div>
</div>`
}
