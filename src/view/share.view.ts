import { type Instant, listTime, milliseconds } from '../base/time.ts'
import type { Checker } from '../guarantee/verdict.ts'
import {
  button,
  errorSummary,
  type FieldError,
  hiddenField,
  selectField,
  textField,
} from '../web/form.ts'
import { type Html, html } from '../web/html.ts'
import { type Lang, localHref } from '../web/lang.ts'
import { qrSvg } from '../web/qr.ts'
import { showInstant } from '../web/show.ts'
import { dataTable } from '../web/table.ts'
import { checkerFields } from './lookup.view.ts'
import { mark } from './mark.ts'
import { shareWords } from './words/share.ts'

export interface ShareLanding {
  origin: string
  /** What was pasted, to show it again. */
  link?: string
  checker?: Checker
  errors?: readonly FieldError[]
  /** Whether the answer was held back, for failures before it. */
  slowed?: boolean
}

/**
 * `/v`: where a share link leads, a POST to `/v/open` with the field `link`. The token stands in
 * the fragment, which a script moves into the field; without one the whole link is pasted.
 */
export function shareLandingView(lang: Lang, data: ShareLanding): Html {
  const words = shareWords[lang]
  const { errors = [] } = data
  const field = {
    name: 'link',
    label: words.link,
    support: words.linkSupport(data.origin),
    value: data.link,
    need: 'required',
    manner: 'code',
  } as const
  return html`${errorSummary(lang, errors, data.slowed)}
<h1>${words.landingTitle}</h1>
<p class="lead" data-with-link hidden>${words.landingLead}</p>
<p class="lead" data-without-link>${words.landingNoLink}</p>
<form class="form" method="post" action="${localHref(lang, '/v/open')}" data-share data-busy="${words.busy}">
  <div data-without-link>${textField(lang, field, errors)}</div>
  ${checkerFields(lang, data.checker, errors)}
  <p class="buttons">${button(words.open)}</p>
</form>
<p class="last">${words.expect} <strong class="address">${data.origin}</strong> ${words.expectAfter}</p>`
}

/** A share link as its maker sees it; the token itself is shown once only. */
export interface ShareItem {
  id: string
  scope: 'current' | 'history'
  createdAt: Instant
  expiresAt: Instant
  revokedAt?: Instant | undefined
  openings: number
  lastOpenedAt?: Instant | undefined
}

export interface SharesPage {
  ticket: string
  contractNumber: string
  now: Instant
  items: readonly ShareItem[]
  /** The link just made. */
  created?: { url: string; expiresAt: Instant; scope: 'current' | 'history' }
  /** Whether one was revoked just now. */
  revoked?: boolean
}

/** The share links of a guarantee: the one just made with its QR code, all of them, a form for more. */
export function sharesView(lang: Lang, data: SharesPage): Html {
  const words = shareWords[lang]
  return html`<h1>${data.created ? words.made : words.title}</h1>
<p class="lead code">${data.contractNumber}</p>
${data.revoked && html`<p class="notice notice-done" role="status">${words.revoked}</p>`}
${data.created && createdLink(lang, data.created)}
<section aria-labelledby="list"><h2 id="list">${words.listTitle}</h2>
${data.items.length === 0 ? html`<p>${words.empty}</p>` : shareTable(lang, data)}
<p class="aside-note">${words.keyNote}</p></section>
<section class="unprinted" aria-labelledby="new"><h2 id="new">${words.newTitle}</h2>${shareForm(lang, data.ticket)}</section>
<form class="unprinted" method="post" action="${localHref(lang, '/verify')}">${hiddenField('ticket', data.ticket)}<p class="buttons">${button(words.back, 'plain')}</p></form>`
}

function createdLink(lang: Lang, created: NonNullable<SharesPage['created']>): Html {
  const words = shareWords[lang]
  return html`<section class="created">
  <div class="created-qr">${qrSvg(created.url, words.qrLabel)}</div>
  <div>
    <p>${words.madeText}</p>
    <p class="share-url code" id="share-url">${created.url}</p>
    <p class="aside-note">${words.scopes[created.scope]} ／ ${words.columns.expiresAt} ${showInstant(lang, created.expiresAt)}</p>
    <p class="buttons unprinted"><button class="button button-plain" type="button" data-copy="share-url" data-copied="${words.copied}" hidden>${words.copy}</button> <button class="button button-plain" type="button" data-print hidden>${words.print}</button> <span class="status" role="status" data-copy-status></span></p>
    <p class="aside-note">${words.qrText}<br>${words.trademark}</p>
  </div>
</section>`
}

/** What makes a share link, a POST to `/shares` with the fields ticket, scope and days. */
export function shareForm(lang: Lang, ticket: string): Html {
  const words = shareWords[lang]
  const scopes = (['current', 'history'] as const).map((value) => ({
    value,
    text: words.scopes[value],
  }))
  const days = words.dayChoices.map(([count, text]) => ({ value: String(count), text }))
  return html`<form class="form form-row" method="post" action="${localHref(lang, '/shares')}">
  ${hiddenField('ticket', ticket)}
  ${selectField({ name: 'scope', label: words.scope, choices: scopes, value: 'current' })}
  ${selectField({ name: 'days', label: words.days, choices: days, value: '90' })}
  <p class="buttons">${button(words.create, 'plain')}</p>
</form>`
}

function stateOf(item: ShareItem, now: Instant): 'active' | 'expired' | 'revoked' {
  if (item.revokedAt !== undefined) return 'revoked'
  return milliseconds(item.expiresAt) <= milliseconds(now) ? 'expired' : 'active'
}

function shareTable(lang: Lang, { items, now, ticket }: SharesPage): Html {
  const words = shareWords[lang]
  const { createdAt, scope, expiresAt, openings, state } = words.columns
  const rows = items.map((item) => {
    const current = stateOf(item, now)
    const last = item.lastOpenedAt && words.lastOpened(listTime(item.lastOpenedAt))
    return [
      listTime(item.createdAt),
      words.scopes[item.scope],
      listTime(item.expiresAt),
      html`${words.openings(item.openings)}${last && html`<br><span class="aside-note">${last}</span>`}`,
      html`<span class="outcome">${mark(current === 'active' ? 'pass' : 'fail')}${words.states[current]}</span>`,
      current === 'active' && revokeForm(lang, item, ticket),
    ]
  })
  return dataTable(words.listTitle, [createdAt, scope, expiresAt, openings, state, ''], rows)
}

function revokeForm(lang: Lang, { id, createdAt }: ShareItem, ticket: string): Html {
  const words = shareWords[lang]
  return html`<form class="unprinted" method="post" action="${localHref(lang, '/shares/revoke')}">${hiddenField('ticket', ticket)}${hiddenField('id', id)}<button class="button button-small" type="submit" aria-label="${words.revokeLabel(listTime(createdAt))}">${words.revoke}</button></form>`
}
