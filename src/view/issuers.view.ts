import { dayInTokyo, type Instant } from '../base/time.ts'
import type { IssuerKey } from '../guarantee/issuer-key.ts'
import { type Content, type Html, html } from '../web/html.ts'
import type { Lang } from '../web/lang.ts'
import { plainDay } from '../web/show.ts'
import { dataTable } from '../web/table.ts'
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
  const columns = [words.kid, words.alg, words.from, words.state]
  const rows = issuer.keys.map((key) => [
    html`<span class="code key-id">${key.kid}</span>`,
    key.alg,
    plainDay(lang, dayInTokyo(key.notBefore)),
    keyState(lang, key, now),
  ])
  return dataTable(words.keyList(issuer.name), columns, rows)
}

function keyState(lang: Lang, key: IssuerItem['keys'][number], now: Instant): Content {
  const { states } = directoryWords[lang].issuers
  if (key.revokedAt !== undefined) return states.revoked(plainDay(lang, dayInTokyo(key.revokedAt)))
  if (key.retiredAt !== undefined && key.retiredAt <= now) {
    return states.retired(plainDay(lang, dayInTokyo(key.retiredAt)))
  }
  return key.notBefore > now ? states.upcoming : states.active
}
