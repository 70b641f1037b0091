import { listTime } from '../../base/time.ts'
import type { MailTemplate } from '../../guarantee/mail-template.ts'
import { authKeyView } from '../../view/auth-key.view.ts'
import { certificateRow, type Row, rowList, showRange } from '../../view/certificate.view.ts'
import { rowName } from '../../view/history.view.ts'
import { mark } from '../../view/mark.ts'
import { certificateWords } from '../../view/words/certificate.ts'
import { historyWords } from '../../view/words/history.ts'
import { type Content, type Html, html } from '../../web/html.ts'
import { showInstant, showListTime } from '../../web/show.ts'
import { dataTable } from '../../web/table.ts'
import { isId } from '../application/new-id.ts'
import { proposalName } from '../issue/life-words.ts'
import { heldSheetsView } from '../issue/paper/paper.view.ts'
import { paperWords } from '../issue/paper/paper-words.ts'
import type { Proposal } from '../issue/proposals.ts'
import type { MailSeen } from '../notify/mail-rows.ts'
import { mailStateText } from '../notify/mail-words.ts'
import type { Detail, Pending } from './detail.ts'
import { detailWords as words } from './detail-words.ts'
import { doingsView } from './doings.view.ts'
import { endedAs, isEnded } from './ended.ts'
import { detailPath } from './list.view.ts'
import type { OwnerDoings } from './owner-doings.ts'
import { type ShareDone, type SharesPart, shareDoneView, sharesView } from './shares.view.ts'
import { listWords } from './words.ts'

/** What the contractor's organisation alone is told, once the platform was asked. */
export interface FromPlatform {
  /**
   * Whose words they are, the usual ones or the owner's, and whether the key stands in the body;
   * `unknown` are the usual ones while nobody can say whether the owner has its own.
   */
  mail: MailTemplate & { to?: string; wording: 'usual' | 'owner' | 'ownerWithKey' | 'unknown' }
  doings: OwnerDoings
  shares: SharesPart
  /** Seconds since the platform was asked in vain, while it is not asked anew. */
  unanswered?: number | undefined
}

export interface DetailPage {
  detail: Detail
  /** None for the company, on paper, and while nothing has arrived. */
  authKey?: string
  /** What the contractor just did with the links. */
  shareDone?: ShareDone
  ofCompany: boolean
  mails: readonly MailSeen[]
  /** What waits for a second person of the company. */
  proposal?: Proposal
}

/**
 * 詳細: what is guaranteed and its history to the left, the key and what is done with it to the
 * right. It ends inside of the right side, where {@link toldView} goes on.
 */
export function detailBegin(page: DetailPage): Html {
  const { detail } = page
  return html`${breadcrumb(detail)}
<h1>${detail.certificate.worksName}</h1>
<div class="detail">
<div class="detail-facts">
${summary(detail)}
${detail.sheets.length > 0 && sheetSection(detail)}
${detail.row.format === 'electronic' && historySection(detail)}
${page.ofCompany && mailSection(page.mails)}
</div>
<div class="detail-side">
${sidebar(page)}`
}

/** The end of 詳細; `untold` where something went wrong here after the begin had left. */
export function toldView(detail: Detail, told: FromPlatform | 'untold' | undefined): Html {
  return html`${told === 'untold' && html`<p class="notice notice-bad">${words.untold}</p>`}
${typeof told === 'object' && html`${told.unanswered !== undefined && html`<p class="notice">${words.unanswered(told.unanswered)}</p>`}${!isEnded(detail.row) && mailCard(told.mail)}${doingsView(told.doings)}${sharesView(detail, told.shares)}`}</div>
</div>`
}

function breadcrumb({ row }: Detail): Html {
  const [path, text] =
    row.format === 'electronic'
      ? ['/desk/guarantees/electronic', listWords.electronicTitle]
      : ['/desk/guarantees', listWords.title]
  return html`<nav class="breadcrumb" aria-label="${words.breadcrumb}"><a href="${path}">${text}</a> <span aria-hidden="true">＞</span> <span aria-current="page">${listWords.detail}</span></nav>`
}

function summary({ row, certificate, arrivedAt }: Detail): Html {
  const ended = endedAs(row)
  const all = certificateWords.ja
  const field = (name: Parameters<typeof certificateRow>[2]) =>
    certificateRow('ja', certificate, name)
  const rows: Row[] = [
    field('contractNumber'),
    ...(ended === undefined ? [] : [[words.state, html`<strong>${ended}</strong>`] satisfies Row]),
    field('contractor.name'),
    field('jvName'),
    field('worksName'),
    field('owner.name'),
    field('contractPrice'),
    field('guaranteedAmount'),
    [words.product, all.kinds[certificate.kind]],
    field('depositBank'),
    [all.coverage, showRange('ja', certificate.coverage)],
    ...(arrivedAt === undefined
      ? []
      : [[all.arrivedAt, showInstant('ja', arrivedAt)] satisfies Row]),
  ]
  const title = row.format === 'electronic' ? words.summary : words.paperSummary
  return html`<section aria-labelledby="summary"><div class="heading"><h2 id="summary">${title(all.kinds[certificate.kind])}</h2><p class="aside-note">${words.latest}</p></div>
${ended !== undefined && html`<p class="notice notice-bad">${words.ended(ended)}</p>`}
${rowList(rows)}</section>`
}

function sheetSection({ sheets }: Detail): Html {
  return html`<section aria-labelledby="sheets"><h2 id="sheets">${paperWords.title}</h2>
<p class="aside-note">${paperWords.outside}</p>
${heldSheetsView({ sets: sheets })}</section>`
}

function historySection({ row, history }: Detail): Html {
  const rows = history.map((entry) => {
    const event = rowName('ja', entry)
    return [
      entry.seq,
      listTime(entry.arrivedAt),
      event,
      html`<a href="${detailPath(row)}/versions/${entry.seq}" aria-label="${words.selectOf(entry.seq, event)}">${words.select}</a>`,
    ]
  })
  return html`<section aria-labelledby="history"><div class="heading"><h2 id="history">${words.history}</h2><p class="aside-note">${words.historyNote}</p></div>
<p class="aside-note">${historyWords.ja.note}</p>
${history.length > 0 ? dataTable(words.history, words.columns, rows) : html`<p class="notice">${words.issuing}</p>`}</section>`
}

function mailSection(mails: readonly MailSeen[]): Html {
  const rows = mails.map((mail) => [
    showListTime(mail.madeAt),
    mail.subject,
    mail.recipient,
    html`${mailStateText(mail)}${mail.fault && html`<br><span class="aside-note">${mail.fault}</span>`}`,
  ])
  return html`<section aria-labelledby="mails"><h2 id="mails">${words.notice}</h2>
${mails.length > 0 ? dataTable(words.notice, words.noticeColumns, rows) : html`<p>${words.noticeNone}</p>`}</section>`
}

/** What the desk itself has to say of a guarantee beside its facts. */
function sidebar({ detail, authKey, shareDone, ofCompany, mails, proposal }: DetailPage): Content {
  const { row, pending, arrivedAt } = detail
  const arrived = arrivedAt !== undefined
  return [
    ofCompany &&
      card(
        html`<h2>${words.life}</h2>${proposal && html`<p class="notice">${words.proposal(proposalName(proposal.event), proposal.madeByName, listTime(proposal.madeAt))}</p>`}<p>${words.lifeText}</p><p class="buttons"><a class="button button-main" href="${detailPath(row)}/life">${words.toLife}</a></p>`,
      ),
    row.state === 'on_paper' && card(html`<p>${words.converted}</p>`),
    row.format === 'paper' && row.state !== 'on_paper' && card(html`<p>${words.paper}</p>`),
    shareDone && shareDoneView(shareDone),
    !ofCompany && mailTrouble(mails),
    authKey !== undefined && (isEnded(row) ? endedKeyCard(authKey) : keyCard(detail, authKey)),
    authKey === undefined &&
      row.format === 'electronic' &&
      !isEnded(row) &&
      card(
        html`<h2>${words.key}</h2><p>${arrived && ofCompany ? words.notForCompany : words.issuing}</p>`,
      ),
    ofCompany && pending.length > 0 && pendingCard(pending),
    !ofCompany &&
      arrived &&
      pending.length > 0 &&
      card(pending.map((one) => html`<p>${words.changing(eventName(one))}</p>`)),
  ]
}

function card(content: Content): Html {
  return html`<section class="card-box">${content}</section>`
}

function eventName({ event }: Pending): string {
  return event === 'rekey' ? '認証キーの再発行' : historyWords.ja.events[event]
}

function pendingCard(pending: readonly Pending[]): Html {
  return card(
    html`<h2>${words.pendingTitle}</h2>${pending.map((one) => html`<p>${one.state === 'refused' ? words.refused(eventName(one), one.fault ?? '') : words.notArrived(eventName(one), one.tries)}</p>`)}`,
  )
}

/** Told to whoever waits for a mail that will not come. */
function mailTrouble(mails: readonly MailSeen[]): Html | false {
  const lost = mails.filter(({ state }) => state === 'refused' || state === 'bounced')
  if (lost.length === 0) return false
  const recipients = [...new Set(lost.map(({ recipient }) => recipient))]
  return html`<div class="notice notice-bad"><p>${words.noticeTrouble}</p><p>${recipients.join('、')}</p></div>`
}

function keyCard({ row }: Detail, authKey: string): Html {
  return html`<section class="card-box" aria-labelledby="key"><h2 id="key">${words.key}</h2>
${authKeyView('ja', authKey)}
<p class="aside-note">${words.keyNote}</p>
<p class="buttons"><a class="button button-main" href="${detailPath(row)}/notice.pdf">${words.print}（PDF）</a> ${copyButton('auth-key', words.copy)} <span class="status" role="status" data-copy-status></span></p>
<p><a href="/desk/help#print">${words.printHelp}</a></p>
<p>${wishLink(row)}</p></section>`
}

/** A guarantee that was not applied for here has nowhere to wish from. */
function wishLink({ application, kind }: Detail['row']): Content {
  return isId(application)
    ? html`<a href="/desk/applications/${application}/wishes/${kind}">${words.keyWish}</a>`
    : words.keyWishAtOffice
}

/** Who looks it up still reads that it has ended; nobody has to be told the key any more. */
function endedKeyCard(authKey: string): Html {
  return html`<section class="card-box" aria-labelledby="key"><h2 id="key">${words.key}</h2>
<p class="aside-note">${words.keyEnded}</p>
${authKeyView('ja', authKey)}</section>`
}

function mailCard({ wording, to, subject, body }: FromPlatform['mail']): Html {
  return html`<section class="card-box" aria-labelledby="mail"><h2 id="mail">${words.mail}</h2>
${wording === 'unknown' ? html`<p class="outcome-line">${mark('unknown')}<span>${words.mailText.unknown}</span></p>` : html`<p class="aside-note">${words.mailText[wording]}</p>`}
<details class="more"><summary>${words.mailShow}</summary>
<dl class="rows"><div><dt>${words.mailTo}</dt><dd>${to ?? words.mailToNone}</dd></div>
<div><dt>${words.mailSubject}</dt><dd id="mail-subject">${subject}</dd></div>
<div><dt>${words.mailBody}</dt><dd class="mail-body" id="mail-body">${body}</dd></div></dl>
<p class="buttons">${copyButton('mail-body', words.copyBody)} ${copyButton('mail-subject', words.copySubject)} <span class="status" role="status" data-copy-status></span></p>
</details></section>`
}

function copyButton(id: string, text: string): Html {
  return html`<button class="button button-plain" type="button" data-copy="${id}" data-copied="${words.copied}" hidden>${text}</button>`
}
