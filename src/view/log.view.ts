import { dayInTokyo, type Instant } from '../base/time.ts'
import { type Html, html } from '../web/html.ts'
import type { Lang } from '../web/lang.ts'
import { plainDay, showInteger } from '../web/show.ts'
import { type Row, rowList } from './certificate.view.ts'
import { logWords } from './words/log.ts'

export interface LogPage {
  platform: string
  origin: string
  vkey: string
  /** The present head, `root` in standard base64; none while the log is empty. */
  head?: { size: number; root: string }
  receiptKeys: readonly { kid: string; notBefore: Instant; retiredAt?: Instant }[]
  /** Logs that this one continues. */
  previous: readonly { origin: string; vkey: string; size: number; root: string }[]
}

const code = (text: string): Html => html`<span class="code">${text}</span>`

/** `/log`: what a verifier notes down, and what it is for. */
export function logView(lang: Lang, data: LogPage): Html {
  const words = logWords[lang]
  const { head } = data
  return html`<h1>${words.title}</h1>
<p class="lead">${words.lead}</p>
<section><h2>${words.headTitle}</h2>${
    head
      ? rowList([
          [words.size, showInteger(head.size)],
          [words.root, code(head.root)],
        ])
      : html`<p>${words.empty}</p>`
  }</section>
<section><h2>${words.identityTitle}</h2>${rowList([
    [words.origin, code(data.origin)],
    [words.vkey, code(data.vkey)],
    [words.platform, code(data.platform)],
  ])}<p class="aside-note">${words.note}</p></section>
<section><h2>${words.receiptTitle}</h2><p>${words.receiptText}</p>${data.receiptKeys.map((key) => rowList(receiptRows(lang, key)))}</section>
${data.previous.length > 0 && previous(lang, data.previous)}
<section><h2>${words.useTitle}</h2><ul>${words.uses.map((use) => html`<li>${use}</li>`)}</ul></section>
<section><h2>${words.linksTitle}</h2><ul>
  <li>${words.checkpoint} <a class="code" href="/log/checkpoint">/log/checkpoint</a></li>
  <li>${words.trust} <a class="code" href="/v1/trust">/v1/trust</a></li>
</ul></section>`
}

function receiptRows(lang: Lang, key: LogPage['receiptKeys'][number]): Row[] {
  const words = logWords[lang]
  const day = (at: Instant): string => plainDay(lang, dayInTokyo(at))
  const rows: Row[] = [
    [words.kid, code(key.kid)],
    [words.from, day(key.notBefore)],
  ]
  return key.retiredAt === undefined ? rows : [...rows, [words.retired, day(key.retiredAt)]]
}

function previous(lang: Lang, logs: LogPage['previous']): Html {
  const words = logWords[lang]
  return html`<section><h2>${words.previousTitle}</h2><p>${words.previousText}</p>${logs.map(
    (log) =>
      rowList([
        [words.origin, code(log.origin)],
        [words.vkey, code(log.vkey)],
        [words.size, showInteger(log.size)],
        [words.root, code(log.root)],
      ]),
  )}</section>`
}
