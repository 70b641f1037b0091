import { locatorUrl } from '../guarantee/link.ts'
import type { LookupAnswer } from '../guarantee/verdict.ts'
import { button, type FieldError, hiddenField } from '../web/form.ts'
import { type Html, html } from '../web/html.ts'
import { type Lang, localHref } from '../web/lang.ts'
import { qrSvg } from '../web/qr.ts'
import { certificateView } from './certificate.view.ts'
import type { ContractFields } from './contract-form.ts'
import { historyView } from './history.view.ts'
import { matchView } from './match.view.ts'
import { shareForm } from './share.view.ts'
import { sheetView } from './sheet.view.ts'
import { checkCards, nextSteps, verdictPanel, warningList } from './verdict.view.ts'
import { certificateWords } from './words/certificate.ts'
import { type ResultWords, resultWords } from './words/result.ts'

export interface ResultPage {
  answer: LookupAnswer
  /** Stands for number and key in the forms of the page; opaque here. */
  ticket: string
  origin: string
  /** Whether a share link led here; whoever came by one makes no further links. */
  viaShare?: boolean
  /** The comparison form as sent, and what was wrong with it. */
  contract?: { typed: ContractFields; errors: readonly FieldError[] }
  /** The record data to keep (akashi-evidence/v1). */
  evidence?: object
}

/**
 * `/verify`: the answer to a look-up. One sentence, four questions, the certificate beside its
 * history, the comparison with the contract, and what can be kept; the print-out is the 確認書.
 */
export function resultView(lang: Lang, data: ResultPage): Html {
  const { answer, ticket, contract } = data
  const match = {
    ticket,
    ...(answer.match && { fields: answer.match.fields }),
    ...(contract && { typed: contract.typed, errors: contract.errors }),
  }
  return html`<div class="screen">
${verdictPanel(lang, answer)}
${nextSteps(lang, answer)}
${checkCards(lang, answer)}
${warningList(lang, answer.warnings)}
${content(lang, answer)}
${answer.certificate && answer.verdict !== 'failed' && matchView(lang, match)}
${keep(lang, data)}
</div>
${sheetView(lang, answer, data.origin)}`
}

/** Certificate and history; behind a warning where a check failed. */
function content(lang: Lang, answer: LookupAnswer): Html {
  const words = resultWords[lang]
  const { certificate, history } = answer
  const both = html`<div class="columns columns-document">
${certificate ? certificateView(lang, certificate, history.arrivedAt) : noCertificate(lang, answer)}
${historyView(lang, answer)}
</div>`
  if (answer.verdict === 'failed') {
    return html`<details class="box"><summary>${words.failedContent}</summary><p class="notice notice-bad">${words.failedContentNote}</p>${both}</details>`
  }
  if (answer.verdict === 'indeterminate' && history.all.length > 0) {
    return html`<p class="notice">${words.unprovenContent}</p>${both}`
  }
  return both
}

/** In the place of a certificate that nobody can read; an older one would pass for the present. */
function noCertificate(lang: Lang, { erased, status }: LookupAnswer): Html {
  const words = certificateWords[lang]
  const why = erased.includes(status.seq) ? words.erased : words.unreadable
  return html`<section><h2>${words.erasedTitle}</h2><p class="notice">${why}</p></section>`
}

/** Print, save, check again, share. */
function keep(lang: Lang, { answer, ticket, origin, viaShare, evidence }: ResultPage): Html {
  const words = resultWords[lang]
  return html`<div class="keep">
<section aria-labelledby="save"><h2 id="save">${words.saveTitle}</h2>
  ${printOptions(words, answer)}
  <p class="buttons"><button class="button button-main" type="button" data-print hidden>${words.print}</button></p>
  <p class="aside-note">${words.printHint}</p>
  <p>${words.saveText}</p>
  <p class="buttons">
    ${fileLink(words.receiptFile, `${answer.receiptId}.jws`, 'application/jose', answer.verificationReceipt)}
    ${evidence && fileLink(words.evidenceFile, `${answer.contractNumber}.json`, 'application/json', JSON.stringify(evidence))}
  </p>
</section>
<div>
<section aria-labelledby="again"><h2 id="again">${words.againTitle}</h2>
  <div class="again">${qrSvg(locatorUrl(origin, answer.contractNumber), words.qrLabel(answer.contractNumber))}
  <div><p>${words.againText}</p><p>${words.againAddress}</p><p class="address">${origin}</p></div></div>
</section>
${!viaShare && sharing(lang, words, ticket)}
</div>
</div>
<p class="buttons last"><a class="button button-plain" href="${localHref(lang, '/')}">${words.again}</a></p>`
}

/**
 * A file that the page carries in itself: what is kept is what was seen, under the same 照会番号,
 * and no second look-up is needed for it.
 */
function fileLink(text: string, name: string, type: string, content: string): Html {
  return html`<a class="button button-plain" download="${name}" href="data:${type},${encodeURIComponent(content)}">${text}</a>`
}

function sharing(lang: Lang, words: ResultWords, ticket: string): Html {
  return html`<section aria-labelledby="share"><h2 id="share">${words.shareTitle}</h2>
  <p>${words.shareText}</p>
  ${shareForm(lang, ticket)}
  <form method="post" action="${localHref(lang, '/shares/list')}">${hiddenField('ticket', ticket)}<p class="buttons">${button(words.shareOpen, 'quiet')}</p></form>
</section>`
}

/** Checkboxes whose state the style sheet reads when printing. */
function printOptions(words: ResultWords, answer: LookupAnswer): Html {
  const option = (id: string, text: string, checked = false): Html =>
    html`<label><input type="checkbox" id="${id}"${checked && html` checked`}> ${text}</label>`
  return html`<fieldset class="options"><legend>${words.printOptions}</legend>
  ${option('print-approval', words.optionApproval)}
  ${option('print-western', words.optionWestern)}
  ${answer.match && option('print-match', words.optionMatch, true)}
</fieldset>`
}
