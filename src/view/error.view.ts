import { clockInTokyo, type Instant, instant, milliseconds } from '../base/time.ts'
import { type Html, html } from '../web/html.ts'
import { type Lang, localHref } from '../web/lang.ts'
import { type ErrorPage, errorWords } from './words/error.ts'

export interface ErrorData {
  status: number
  /** A fault's code, or `csrf` and `ticket_expired`, which only pages have. */
  code: string
  requestId: string
  retryAt?: Instant
  contact?: string
  /** Whether it stands in the part for people who sign in. */
  desk?: boolean
}

/** Which words an error has; `code` where it has words of its own, else by HTTP status. */
function errorPage({ status, code }: ErrorData): ErrorPage {
  if (code in errorWords.ja.pages) return code as ErrorPage
  if (status === 404 || status === 405) return 'not_found'
  if (status === 403) return 'csrf'
  if (status === 410) return 'share_expired_or_revoked'
  if (status === 413) return 'body_too_large'
  if (status === 429) return 'rate_limited'
  if (status === 503) return 'unavailable'
  return status < 500 ? 'bad_request' : 'internal'
}

/** The title of an error's page, for {@link page}. */
export function errorTitle(lang: Lang, data: ErrorData): string {
  return textOf(lang, data).title
}

function textOf(lang: Lang, data: ErrorData) {
  const { pages, desk } = errorWords[lang]
  const kind = errorPage(data)
  return { ...pages[kind], ...(data.desk && desk.pages[kind]) }
}

/** What went wrong, what to do, and the number to quote; never a stack or an internal message. */
export function errorView(lang: Lang, data: ErrorData): Html {
  const words = errorWords[lang]
  const { title, text, next } = textOf(lang, data)
  const { back, help, request } = data.desk ? words.desk : words
  const [home, manual] = data.desk ? ['/desk', '/desk/help'] : ['/', '/help']
  return html`<div class="fault">
<h1>${title}</h1>
<p class="lead">${text}</p>
<p>${data.retryAt ? words.retryAt(nextMinute(data.retryAt)) : next}</p>
<p class="buttons"><a class="button button-main" href="${localHref(lang, home)}">${back}</a> <a class="button button-quiet" href="${localHref(lang, manual)}">${help}</a></p>
<dl class="facts"><div><dt>${request}</dt><dd class="code">${data.requestId}</dd></div></dl>
<p class="aside-note">${words.requestText}${data.contact && html`<br>${words.contact(data.contact)}`}</p>
</div>`
}

const MINUTE = 60_000

/** The first minute that has not begun before an instant: at the one it is in it would be too early. */
function nextMinute(at: Instant): string {
  return clockInTokyo(instant(Math.ceil(milliseconds(at) / MINUTE) * MINUTE))
}
