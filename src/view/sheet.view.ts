import { listTime } from '../base/time.ts'
import type { HistoryRow } from '../guarantee/history.ts'
import { locatorUrl } from '../guarantee/link.ts'
import type { LookupAnswer } from '../guarantee/verdict.ts'
import { type Html, html } from '../web/html.ts'
import type { Lang } from '../web/lang.ts'
import { qrSvg } from '../web/qr.ts'
import { showInstant } from '../web/show.ts'
import { arrivalRow, certificateRow, fieldLabel, type Row, showRange } from './certificate.view.ts'
import { changeValue, rowName } from './history.view.ts'
import { mark } from './mark.ts'
import { matchTable } from './match.view.ts'
import { checkerText, checkText, findingText, verdictText } from './verdict.view.ts'
import { type CertificateField, certificateWords } from './words/certificate.ts'
import { checkWords } from './words/checks.ts'
import { resultWords } from './words/result.ts'
import { sheetWords } from './words/sheet.ts'

/**
 * 確認書: what the result page prints, A4, black on white, one page for an ordinary guarantee. It
 * never carries the key, and says of itself that it is a copy and no certificate.
 */
export function sheetView(lang: Lang, answer: LookupAnswer, origin: string): Html {
  const words = sheetWords[lang]
  return html`<article class="sheet" aria-label="${words.title}">
  <div class="sheet-head">
    <p class="sheet-title">${words.title}</p>
    ${approvalBoxes(lang)}
  </div>
  ${verdictBlock(lang, answer, origin)}
  ${checkTable(lang, answer)}
  ${answer.verdict === 'indeterminate' && answer.history.all.length > 0 && html`<p class="sheet-note">${resultWords[lang].unprovenContent}</p>`}
  ${outline(lang, answer)}
  ${historyTable(lang, answer)}
  ${warnings(lang, answer)}
  ${answer.match && html`<section class="sheet-match"><h2>${words.match}</h2>${matchTable(lang, answer.match.fields)}</section>`}
  ${foot(lang, answer, origin)}
</article>`
}

function approvalBoxes(lang: Lang): Html {
  const words = sheetWords[lang]
  return html`<table class="approval"><caption>${words.approval}</caption><thead><tr>${words.approvers.map((who) => html`<th scope="col">${who}</th>`)}</tr></thead><tbody><tr>${words.approvers.map(() => html`<td></td>`)}</tr></tbody></table>`
}

function verdictBlock(lang: Lang, answer: LookupAnswer, origin: string): Html {
  const words = resultWords[lang]
  const { title, text } = verdictText(lang, answer)
  return html`<div class="sheet-verdict"><p class="sheet-sentence">${title}</p><p>${text}</p></div>
  <table class="sheet-table sheet-pairs">${PAIR_COLUMNS}<tbody>
    ${sheetRow('', [words.checkedAt, showInstant(lang, answer.status.asOf)])}
    ${sheetRow('', [words.checker, checkerText(lang, answer.checker)], [words.receiptId, html`<span class="code">${answer.receiptId}</span>`])}
    ${sheetRow('', [sheetWords[lang].address, html`<span class="code">${origin}</span>`])}
    ${(answer.verdict === 'failed' || !answer.certificate) && whichAndWhom(lang, answer)}
  </tbody></table>`
}

/** Where no outline follows: of which guarantee this speaks, and whom to ask. */
function whichAndWhom(lang: Lang, { contractNumber, issuer }: LookupAnswer): Html {
  const number = html`<span class="code">${contractNumber}</span>`
  const whom = [issuer.name, issuer.phone, issuer.hours].filter(Boolean).join('　')
  return html`${sheetRow('', [fieldLabel(lang, 'contractNumber'), number])}
    ${sheetRow('', [resultWords[lang].contact, whom])}`
}

function checkTable(lang: Lang, answer: LookupAnswer): Html {
  const words = checkWords[lang]
  return html`<section><h2>${sheetWords[lang].checks}</h2><table class="sheet-table"><tbody>${answer.checks.map(
    (check) => {
      const { answer: short, text } = checkText(lang, check, answer)
      return html`<tr><th scope="row">${words.names[check.id]}</th><td class="sheet-result"><span class="outcome">${mark(check.result)}${words.results[check.result]}</span></td><td>${check.result === 'pass' ? text : html`<strong>${short}</strong><br>${text}`}</td></tr>`
    },
  )}</tbody></table></section>`
}

/** The two sums side by side, then the leaflet's rows, short ones in pairs. */
function outline(lang: Lang, answer: LookupAnswer): Html | false {
  const words = sheetWords[lang]
  if (answer.verdict === 'failed') return html`<p class="sheet-note">${words.noContent}</p>`
  const { certificate } = answer
  if (!certificate) return false
  const { kinds, coverage } = certificateWords[lang]
  const row = (field: CertificateField) => certificateRow(lang, certificate, field)
  return html`<section><h2>${words.outline(kinds[certificate.kind])}</h2><table class="sheet-table sheet-pairs">${PAIR_COLUMNS}<tbody>
    ${sheetRow('sheet-sum', row('guaranteedAmount'), row('contractPrice'))}
    ${sheetRow('', row('contractNumber'), row('kind'))}
    ${(['contractor.name', 'jvName', 'worksName', 'owner.name', 'depositBank'] as const).map((field) => sheetRow('', row(field)))}
    ${sheetRow('', [coverage, showRange(lang, certificate.coverage)])}
    ${arrivalRow(lang, answer.history.arrivedAt).map((arrival) => sheetRow('', arrival))}
  </tbody></table></section>`
}

const PAIR_COLUMNS = html`<colgroup><col class="sheet-label"><col><col class="sheet-label"><col></colgroup>`

/** One row of a table of four columns: a pair of particulars, or one across. */
function sheetRow(manner: string, [label, value]: Row, second?: Row): Html {
  return html`<tr><th scope="row">${label}</th><td class="${manner}"${!second && html` colspan="3"`}>${value}</td>${second && html`<th scope="row">${second[0]}</th><td class="${manner}">${second[1]}</td>`}</tr>`
}

function historyTable(lang: Lang, answer: LookupAnswer): Html | false {
  const { all, effective } = answer.history
  if (all.length === 0 || answer.verdict === 'failed') return false
  const { columns, history: title, noChange } = sheetWords[lang]
  const cells = (rows: readonly HistoryRow[], manner: string): Html =>
    html`<table class="sheet-table sheet-history ${manner}"><thead><tr><th scope="col">${columns.number}</th><th scope="col">${columns.arrivedAt}</th><th scope="col">${columns.event}</th><th scope="col">${columns.changes}</th></tr></thead><tbody>${rows.map(
      (row) => {
        const name = rowName(lang, row)
        const changes = row.changes.map(
          (change) =>
            html`<div>${fieldLabel(lang, change.field)} ${changeValue(lang, change)}</div>`,
        )
        return html`<tr><td>${row.seq}</td><td>${listTime(row.arrivedAt)}</td><td>${row.hidden ? html`<del>${name}</del>` : name}</td><td>${changes.length > 0 ? changes : noChange}</td></tr>`
      },
    )}</tbody></table>`
  return html`<section><h2>${title}</h2>${cells(effective, 'sheet-effective')}${cells(all, 'sheet-all')}</section>`
}

/** What the rules found; of those that could not be judged the number alone. */
function warnings(lang: Lang, answer: LookupAnswer): Html {
  const words = sheetWords[lang]
  const shown = answer.warnings.filter(({ severity }) => severity !== 'not_checkable')
  const left = answer.warnings.length - shown.length
  return html`${shown.length > 0 && html`<section><h2>${words.warnings}</h2><ul class="sheet-list">${shown.map((finding) => html`<li>${findingText(lang, finding).text}</li>`)}</ul></section>`}
  ${left > 0 && html`<p class="sheet-note">${words.unjudged(left)}</p>`}`
}

function foot(lang: Lang, answer: LookupAnswer, origin: string): Html {
  const words = sheetWords[lang]
  const label = resultWords[lang].qrLabel(answer.contractNumber)
  return html`<footer class="sheet-foot">
    <div>${qrSvg(locatorUrl(origin, answer.contractNumber), label)}</div>
    <div><p class="sheet-copy">${words.copy}</p><p>${words.qr}<br><span class="code">${origin}</span></p><p>${words.trademark}</p></div>
  </footer>`
}
