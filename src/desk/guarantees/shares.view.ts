import { type Instant, listTime } from '../../base/time.ts'
import type { ShareSeen } from '../../ports.ts'
import { mark } from '../../view/mark.ts'
import { shareWords } from '../../view/words/share.ts'
import { deedMark, hiddenField, selectField } from '../../web/form.ts'
import { type Html, html } from '../../web/html.ts'
import { qrSvg } from '../../web/qr.ts'
import { showInstant } from '../../web/show.ts'
import type { Detail } from './detail.ts'
import { detailWords as words } from './detail-words.ts'
import { isEnded } from './ended.ts'
import { detailPath } from './list.view.ts'

/** The links of one guarantee; `items` is undefined when the platform could not say. */
export interface SharesPart {
  now: Instant
  items: readonly ShareSeen[] | undefined
}

/** What was just done with the links. */
export type ShareDone =
  /** Shown this once: neither desk nor platform can show it again. */
  { created: { url: string; scope: 'current' | 'history'; expiresAt: Instant } } | { revoked: true }

const of = shareWords.ja

/** What was just done; the link that was made, with its QR code. */
export function shareDoneView(done: ShareDone): Html {
  return 'created' in done
    ? createdLink(done.created)
    : html`<p class="notice notice-done" role="status">${of.revoked}</p>`
}

/** 共有リンク・QRコード: all of them, and a form for more. */
export function sharesView({ row }: Detail, { now, items }: SharesPart): Html {
  const path = `${detailPath(row)}/shares`
  return html`<section class="card-box" aria-labelledby="shares"><h2 id="shares">${words.shares}</h2>
<p class="aside-note">${words.sharesText}</p>
${items === undefined ? html`<p class="outcome-line">${mark('unknown')}<span>${words.sharesUnknown}</span></p>` : list(items, now, path)}
${isEnded(row) ? html`<p class="aside-note">${words.sharesEnded}</p>` : makeForm(path)}</section>`
}

function createdLink({
  url,
  scope,
  expiresAt,
}: Extract<ShareDone, { created: object }>['created']): Html {
  return html`<div class="share-new" role="status" tabindex="-1" autofocus><p>${of.made}。${words.sharesMade}</p>
${qrSvg(url, of.qrLabel)}
<p class="share-url code" id="share-url">${url}</p>
<p class="aside-note">${of.scopes[scope]} ／ ${of.columns.expiresAt} ${showInstant('ja', expiresAt)}</p>
<p class="buttons"><button class="button button-small" type="button" data-copy="share-url" data-copied="${of.copied}" hidden>${of.copy}</button> <span class="status" role="status" data-copy-status></span></p>
<p class="aside-note">${of.qrText}<br>${of.trademark}</p></div>`
}

function list(items: readonly ShareSeen[], now: Instant, path: string): Html {
  if (items.length === 0) return html`<p>${words.sharesNone}</p>`
  return html`<ul class="share-list">${items.map((item) => {
    const state = stateOf(item, now)
    const last = item.lastOpenedAt && of.lastOpened(listTime(item.lastOpenedAt))
    return html`<li><p><span class="outcome">${mark(state === 'active' ? 'pass' : 'fail')}${of.states[state]}</span> ${of.scopes[item.scope]}</p>
<p class="aside-note">${of.columns.createdAt} ${listTime(item.createdAt)}<br>${of.columns.expiresAt} ${listTime(item.expiresAt)}<br>${of.columns.openings} ${of.openings(item.openings)}${last && `（${last}）`}</p>
${state === 'active' && html`<form method="post" action="${path}/revoke">${deedMark()}${hiddenField('id', item.id)}<button class="button button-small" type="submit" aria-label="${of.revokeLabel(listTime(item.createdAt))}">${of.revoke}</button></form>`}</li>`
  })}</ul><p class="aside-note">${of.keyNote}</p>`
}

function stateOf({ expiresAt, revokedAt }: ShareSeen, now: Instant) {
  if (revokedAt !== undefined) return 'revoked'
  return expiresAt <= now ? 'expired' : 'active'
}

function makeForm(path: string): Html {
  const scopes = (['current', 'history'] as const).map((value) => ({
    value,
    text: of.scopes[value],
  }))
  const days = of.dayChoices.map(([count, text]) => ({ value: String(count), text }))
  return html`<details class="more"><summary>${words.sharesMake}</summary><form method="post" action="${path}">${deedMark()}
${selectField({ name: 'scope', label: of.scope, choices: scopes, value: 'current' })}
${selectField({ name: 'days', label: of.days, choices: days, value: '90' })}
<p class="buttons"><button class="button button-plain" type="submit">${of.create}</button></p></form></details>`
}
