import { type Day, type Instant, listTime } from '../../../base/time.ts'
import { deedMark, hiddenField } from '../../../web/form.ts'
import { type Content, type Html, html } from '../../../web/html.ts'
import { showYen } from '../../../web/show.ts'
import { dataTable } from '../../../web/table.ts'
import { isEditable, mayWithdraw } from '../draft/editable.ts'
import { papersList } from '../form/papers.view.ts'
import { statusesOf } from '../sent/send.ts'
import { lastSentAt, type SentApplication, type SentLine } from '../sent/sent-application.ts'
import { mayWish, type Wish } from '../sent/wish.ts'
import { FORMAT_WORDS, KIND_WORDS, noteText, STATUS_WORDS } from '../status-words.ts'
import { receptionText, sendingsText } from './reception.view.ts'
import { resentView } from './resent.view.ts'
import { type OfficeSeen, officeText } from './sent.view.ts'
import { summaryView } from './summary.view.ts'
import { WISH_STATES, WISH_WORDS } from './wish.view.ts'

export interface DetailPage {
  application: SentApplication
  office: OfficeSeen | undefined
  /** 受付日; none where the office is no more. */
  reception: Day | undefined
  /** 「静岡支店」 of an id. */
  branchName(branch: string): string
  wishes: readonly Wish[]
  copyId: string
  messages?: Content
}

/** A sent application: how far it has come, what was said about it, and everything that was sent. */
export function detailView(page: DetailPage): Html {
  const { application, office, reception, branchName, wishes, copyId, messages } = page
  const { id, number, content, lines, attachments, removed } = application
  const path = `/desk/applications/${id}`
  const open = isEditable(true, statusesOf(application))
  return html`<p class="crumbs"><a href="/desk/applications">保証申込一覧</a> ＞ 内容</p>
<h1>${content.works.worksName}<span class="subtitle">受付番号 <span class="code">${number}</span></span></h1>
${messages}
${returnedView(application)}
<section class="summary-part"><h2>手続状況</h2>
<dl class="facts"><div><dt>送信日時</dt><dd>${sendingsText(application)}</dd></div>${reception && html`<div><dt>受付日</dt><dd>${receptionText(lastSentAt(application), reception)}</dd></div>`}</dl>
${lines.map((line) => lineView(path, line, wishes))}</section>
<div class="buttons">${open && html`<a class="button button-main" href="${path}/edit">差戻しに対応する</a>`}<form method="post" action="${path}/copy">${deedMark()}${hiddenField('id', copyId)}<button class="button button-plain" type="submit">コピーして作成</button></form><button class="button button-plain" type="button" data-print hidden>印刷</button></div>
${resentView(application, branchName)}
${summaryView(content, { branchName: branchName(content.information.branch) })}
<section class="summary-part"><h2>その他</h2>${papersList(path, attachments, removed)}</section>
<p class="aside-note">お問い合わせ先：${officeText(office)}</p>`
}

/** What the company sent back, with its reasons. */
function returnedView({ lines }: SentApplication): Html | undefined {
  if (!lines.some(({ status }) => status === 'returned')) return undefined
  return html`<section class="notice notice-bad" aria-labelledby="returned"><h2 id="returned">差戻しがあります</h2>
<p>次の理由により差し戻されました。回答を入力し、内容を直して、もう一度送信してください。</p>
${reasonsView(lines)}</section>`
}

/** Why lines were returned: each reason once, with the guarantees that it is about. */
export function reasonsView(lines: readonly SentLine[]): Html {
  const reasons = new Map<string, { at: Instant; note: string | null; kinds: string[] }>()
  for (const { kind, status, steps } of lines) {
    const last = steps.at(-1)
    if (status !== 'returned' || !last) continue
    const { at, note } = last
    const { kinds } = reasons.get(`${at} ${note}`) ?? { kinds: [] }
    reasons.set(`${at} ${note}`, { at, note, kinds: [...kinds, KIND_WORDS[kind]] })
  }
  return html`<dl class="terms">${[...reasons.values()].map(
    ({ at, note, kinds }) =>
      html`<div><dt>${kinds.join('、')}（${listTime(at)}）</dt><dd class="prose">${note ?? '理由は申込送信先にお尋ねください。'}</dd></div>`,
  )}</dl>`
}

function lineView(path: string, line: SentLine, wishes: readonly Wish[]): Html {
  const { kind, format, status, contractNumber, guaranteedAmount, steps } = line
  const own = wishes.filter((wish) => wish.kind === kind)
  return html`<section class="line" aria-labelledby="state-${kind}"><h3 id="state-${kind}">${KIND_WORDS[kind]} <span class="tag tag-${status}">${STATUS_WORDS[status]}</span></h3>
<dl class="facts"><div><dt>形式</dt><dd>${FORMAT_WORDS[format]}</dd></div><div><dt>保証金額</dt><dd>${showYen('ja', guaranteedAmount)}</dd></div><div><dt>保証契約番号</dt><dd>${contractNumber ? html`<span class="code">${contractNumber}</span>` : '―（発行後に表示されます）'}</dd></div></dl>
<details class="more"><summary>手続の経過（${steps.length}件）</summary>${dataTable(
    `${KIND_WORDS[kind]}の手続の経過`,
    ['日時', '手続状況', '連絡事項'],
    steps.map(({ at, status, note }) => [
      listTime(at),
      STATUS_WORDS[status],
      note === null ? '―' : html`<span class="prose">${noteText(status, note)}</span>`,
    ]),
  )}</details>
${own.length > 0 && wishesView(own)}
<p class="buttons">${mayWithdraw(status) && html`<a href="${path}/withdraw/${kind}">取下げ<span class="unseen">（${KIND_WORDS[kind]}）</span></a>`}${mayWish(line) && html`<a href="${path}/wishes/${kind}">認証キーの再発行・漏えいの連絡<span class="unseen">（${KIND_WORDS[kind]}）</span></a>`}</p>
</section>`
}

function wishesView(wishes: readonly Wish[]): Html {
  return html`<ul class="wishes">${wishes.map(
    ({ type, state, madeAt, answer }) =>
      html`<li>${listTime(madeAt)} ${WISH_WORDS[type]}：${WISH_STATES[state]}${answer && html`（${answer}）`}</li>`,
  )}</ul>`
}
