import { listTime } from '../../base/time.ts'
import { mark } from '../../view/mark.ts'
import { type Html, html } from '../../web/html.ts'
import { detailWords as words } from './detail-words.ts'
import type { Told } from './doing-rows.ts'
import type { OwnerDoings } from './owner-doings.ts'

/** 発注者の確認状況; what cannot be known now is never said to be 「まだ」. */
export function doingsView(doings: OwnerDoings): Html {
  return html`<section class="card-box" aria-labelledby="doings"><h2 id="doings">${words.doings}</h2>${content(doings)}</section>`
}

function content(doings: OwnerDoings): Html {
  if (doings.state === 'unknown') {
    const before = doings.asOf && words.doingsBefore(listTime(doings.asOf))
    return html`<p class="outcome-line">${mark('unknown')}<span>${words.doingsUnknown}</span></p>${before && html`<p class="aside-note">${before}</p>`}`
  }
  const { asOf, lookups, openings } = doings
  const at = listTime(asOf)
  if (lookups.count + openings.count === 0) return html`<p>${words.doingsNone(at)}</p>`
  return html`<dl class="rows rows-narrow">
<div><dt>${words.doingsLookups}</dt><dd>${counted(lookups)}</dd></div>
<div><dt>${words.doingsOpenings}</dt><dd>${counted(openings)}</dd></div></dl>
<p class="aside-note">${words.doingsAsOf(at)}</p>`
}

function counted({ count, lastAt }: Told): string {
  return words.doingsCount(count, lastAt && listTime(lastAt))
}
