import { dayInTokyo, type Instant } from '../base/time.ts'
import type { IssuerKey } from '../guarantee/issuer-key.ts'
import { type Content, type Html, html } from '../web/html.ts'
import type { Lang } from '../web/lang.ts'
import { plainDay } from '../web/show.ts'
import { type Row, rowList } from './certificate.view.ts'
import { webLink } from './verdict.view.ts'
import { directoryWords } from './words/directory.ts'

/** A guarantee company as the directory lists it. */
export interface IssuerItem {
  name: string
  class: string
  phone?: string | null
  url?: string | null
  hours?: string | null
  keys: readonly Pick<IssuerKey, 'kid' | 'alg' | 'notBefore' | 'retiredAt' | 'revokedAt'>[]
}

export interface IssuersPage {
  items: readonly IssuerItem[]
  now: Instant
}

/** `/issuers`: 保証会社 with how to reach them, and their keys with what became of each. */
export function issuersView(lang: Lang, { items, now }: IssuersPage): Html {
  const words = directoryWords[lang].issuers
  return html`<h1>${words.title}</h1>
<p class="lead">${words.lead}</p>
${items.length === 0 && html`<p>${words.empty}</p>`}
<div class="directory">${items.map((issuer) => issuerCard(lang, issuer, now))}</div>
<p class="aside-note">${words.note}</p>`
}

function issuerCard(lang: Lang, issuer: IssuerItem, now: Instant): Html {
  const { issuers: words, classes } = directoryWords[lang]
  const rows: (Row | false)[] = [
    [words.class, classes[issuer.class] ?? issuer.class],
    Boolean(issuer.phone) && [words.phone, issuer.phone],
    Boolean(issuer.hours) && [words.hours, issuer.hours],
    Boolean(issuer.url) && [words.site, webLink(issuer.url ?? '')],
  ]
  return html`<article class="listed"><h2>${issuer.name}</h2>
${rowList(rows.filter((row) => row !== false))}
<h3>${words.keys}</h3>
${issuer.keys.length === 0 ? html`<p>${words.noKeys}</p>` : keyTable(lang, issuer, now)}</article>`
}

function keyTable(lang: Lang, issuer: IssuerItem, now: Instant): Html {
  const words = directoryWords[lang].issuers
  return html`<div class="scroll" tabindex="0" role="group" aria-label="${words.keyList(issuer.name)}"><table class="table">
<thead><tr><th scope="col">${words.kid}</th><th scope="col">${words.alg}</th><th scope="col">${words.from}</th><th scope="col">${words.state}</th></tr></thead>
<tbody>${issuer.keys.map(
    (key) =>
      html`<tr><th scope="row" class="code key-id">${key.kid}</th><td>${key.alg}</td><td>${plainDay(lang, dayInTokyo(key.notBefore))}</td><td>${keyState(lang, key, now)}</td></tr>`,
  )}</tbody></table></div>`
}

function keyState(lang: Lang, key: IssuerItem['keys'][number], now: Instant): Content {
  const { states } = directoryWords[lang].issuers
  if (key.revokedAt !== undefined) return states.revoked(plainDay(lang, dayInTokyo(key.revokedAt)))
  if (key.retiredAt !== undefined && key.retiredAt <= now) {
    return states.retired(plainDay(lang, dayInTokyo(key.retiredAt)))
  }
  return key.notBefore > now ? states.upcoming : states.active
}
