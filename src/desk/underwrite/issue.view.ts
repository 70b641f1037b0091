import { listTime } from '../../base/time.ts'
import { certificateRows, type Row, rowList, sumsView } from '../../view/certificate.view.ts'
import { button, deedMark, hiddenField } from '../../web/form.ts'
import { type Content, type Html, html } from '../../web/html.ts'
import { showYen } from '../../web/show.ts'
import { FORMAT_WORDS } from '../application/status-words.ts'
import type { IssueDraft } from '../issue/issue-draft.ts'
import { promiseOf, titles } from '../print/certificate-words.ts'
import { companyText, phoneText } from '../print/office.ts'
import { paidText } from './charge.view.ts'
import type { Charge } from './charges.ts'
import { warningsView } from './checks.view.ts'
import type { IssueShown } from './issue-shown.ts'
import { HELD_WORDS, ISSUE_WORDS as words } from './words.ts'

/** 発行内容の確認: the certificate to the letter, what is to be heeded, who stands for it, the button. */
export function issueView(shown: IssueShown, said?: string): Html {
  const { draft } = shown
  const { id, number } = draft.application
  const { kind, format } = draft.line
  const back = `/desk/inbox/${id}#${kind}`
  return html`<p class="crumbs"><a href="/desk/inbox">申込一覧</a> ＞ <a href="${back}">受付番号 ${number}</a> ＞ ${words.title}</p>
${said && html`<div class="notice notice-bad" role="alert"><p>${said}</p></div>`}
<h1>${words.title}</h1>
<p class="lead">${words.lead[format]}</p>
<div class="preview">
${documentView(draft)}
<div class="preview-side">
<section aria-labelledby="warnings"><h2 id="warnings">${words.warnings}</h2>${heeded(shown)}</section>
<section aria-labelledby="who"><h2 id="who">${words.who}</h2>${rowList(whoRows(shown))}</section>
${decision(shown, back)}
</div></div>`
}

/** What is signed or printed, whole. */
function documentView({ certificate, line, sheets }: IssueDraft): Html {
  return html`<section class="document" aria-labelledby="document">
<h2 id="document">${titles[certificate.kind]} <span class="tag">${FORMAT_WORDS[line.format]}</span></h2>
${sheets && html`<p>${promiseOf(certificate)}</p>`}
${sumsView('ja', certificate)}
${rowList([...certificateRows('ja', certificate), ...(sheets ? sheetRows(sheets) : [])])}
</section>`
}

/** What sheets say beside the certificate. */
function sheetRows({ number, content }: NonNullable<IssueDraft['sheets']>): Row[] {
  const { office, details } = content
  const { approvalNumber } = details ?? {}
  const reached = [office.address, phoneText(office)].filter(Boolean)
  return [
    ...(approvalNumber === undefined ? [] : [[words.approvalNumber, approvalNumber] as const]),
    [
      words.sheets,
      html`正 <span class="code">${number.number}</span>　副 <span class="code">${number.number}-2</span>`,
    ],
    [words.office, html`${companyText(office)}${reached.map((line) => html`<br>${line}`)}`],
  ]
}

function heeded({ checks, draft, isExpired }: IssueShown): Content {
  const open = warningsView(checks, draft.line.format)
  const expired = isExpired && html`<p class="held">${words.expired}。${words.expiredText}</p>`
  return open || expired ? html`${expired}${open}` : html`<p>${words.noWarnings}</p>`
}

function whoRows({ charge, accepted, by, draft, fourEyes, isOwn }: IssueShown): Row[] {
  const { signing } = draft
  return [
    ...(accepted
      ? [[words.accepted, html`${accepted.name}<br>${listTime(accepted.at)}`] as const]
      : []),
    ...(charge ? [['保証料', chargeText(charge)] as const] : []),
    [
      words.issuing,
      isOwn
        ? words.another
        : html`${by}${fourEyes && html`<br><span class="quiet">${words.secondNeeded}</span>`}`,
    ],
    ...(signing
      ? ([
          [words.key, html`<span class="code key-id">${signing.kid}</span>`],
          [words.authKey, words.authKeyText],
        ] as const)
      : []),
  ]
}

function chargeText(charge: Charge): Html {
  const { yen, mark } = charge
  return html`${showYen('ja', yen)} ${mark && html`<span class="tag">${mark}</span>`}<br>${paidText(charge)}`
}

/** The button, or why there is none. */
function decision({ draft, isBlocked, isOwn }: IssueShown, back: string): Html {
  const { application, line, digest, number } = draft
  const goBack = html`<a class="button button-plain" href="${back}">${words.back}</a>`
  const held = isOwn ? HELD_WORDS : isBlocked && words.blocked
  if (held) return html`<p class="held">${held}</p><p class="buttons">${goBack}</p>`
  return html`<form method="post" action="/desk/inbox/${application.id}/${line.kind}/issue">${deedMark()}
${hiddenField('seen', String(line.step))}${hiddenField('digest', digest)}${hiddenField('number', number.number)}
<p class="aside-note">${words.numberNote(number.number)}</p>
<p class="buttons">${button(words.sign[line.format])}${goBack}</p></form>`
}
