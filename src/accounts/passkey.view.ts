import { type Content, type Html, html } from '../web/html.ts'
import type { Lang } from '../web/lang.ts'
import { takesPasskeys } from './passkey-place.ts'
import { passkeyWords } from './words/passkey.ts'

/**
 * What works with passkeys where the page was opened at `origin`; anywhere else, or where the site
 * has no name that passkeys could be made for, why it does not. A browser without them shows neither.
 */
export function passkeyOnly(lang: Lang, origin: string, works: Content): Html {
  const words = passkeyWords[lang]
  if (!takesPasskeys(origin)) {
    return html`<p>${words.noName(new URL(origin).host)}</p><p class="aside-note">${words.cure}</p>`
  }
  return html`<div data-passkey="${origin}" hidden>${works}</div>
<p data-passkey-elsewhere hidden>${words.elsewhere} <a href="${origin}/sign-in">${origin}</a></p>`
}
