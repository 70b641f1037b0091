import { listTime } from '../../base/time.ts'
import { errorSummary, type FieldError } from '../../web/form.ts'
import { type Content, type Html, html } from '../../web/html.ts'
import { plainDay, showYen } from '../../web/show.ts'
import { papersList } from '../application/form/papers.view.ts'
import { receptionText, sendingsText } from '../application/pages/reception.view.ts'
import { resentView } from '../application/pages/resent.view.ts'
import {
  lastSentAt,
  type SentApplication,
  type SentLine,
} from '../application/sent/sent-application.ts'
import {
  FORMAT_WORDS,
  KIND_WORDS,
  noteText,
  PAYMENT_WORDS,
  STATUS_WORDS,
} from '../application/status-words.ts'
import type { NameOf } from '../company/names.ts'
import { fateText } from '../issue/fate.ts'
import { actionsView } from './actions.view.ts'
import { chargeView } from './charge.view.ts'
import { checksView, premiumView } from './checks.view.ts'
import type { ApplicationShown, LineShown } from './shown.ts'

/** What was typed and refused, as the summary on top links to it. */
function wrong({ typed }: ApplicationShown): FieldError[] {
  return typed ? [{ field: `${typed.kind}.${typed.action}`, text: typed.error }] : []
}

/** An application as the company works on it: facts left, checks right, deeds below. */
export function applicationView(shown: ApplicationShown): Html {
  const { application, branch, reception, lines, notice } = shown
  const { number, content } = application
  return html`<p class="crumbs"><a href="/desk/inbox">申込一覧</a> ＞ 受付番号 ${number}</p>
${errorSummary('ja', wrong(shown))}
${notice && html`<div class="notice notice-${notice.kind === 'done' ? 'done' : 'bad'}" role="${notice.kind === 'done' ? 'status' : 'alert'}"><p>${notice.text}</p></div>`}
<h1>${content.works.worksName}</h1>
<p class="lead">${content.contractor.name}　受付番号 <span class="nowrap">${number}</span>　${branch}<br>送信日時 ${sendingsText(application)}${reception && html`<br>受付日 ${receptionText(lastSentAt(application), reception)}`}</p>
${resentView(application, shown.branchName)}
<section class="works" aria-labelledby="works"><h2 id="works">請負工事の情報</h2>${worksView(application)}</section>
${attachmentsView(application)}
${lines.map((line) => lineView(shown, line))}`
}

function rows(pairs: readonly (readonly [string, Content])[]): Html {
  return html`<dl class="rows">${pairs.map(
    ([name, value]) => html`<div><dt>${name}</dt><dd>${value || '―（記載なし）'}</dd></div>`,
  )}</dl>`
}

function lineView(shown: ApplicationShown, one: LineShown): Html {
  const { line, checks, quote, charge, held, next } = one
  const { application } = shown
  return html`<section class="deal" id="${line.kind}" aria-labelledby="${line.kind}-title">
<h2 id="${line.kind}-title">${KIND_WORDS[line.kind]} <span class="tag">${STATUS_WORDS[line.status]}</span></h2>
<div class="deal-columns"><div><h3>申込の内容</h3>${factsView(application.issuer, one)}</div>
<div>${checks ? checksView(line.kind, checks, line.format) : html`<h3>確認</h3><p>今日の約款または保証料率表がないため、確認できません。運用担当者に連絡してください。</p>`}
${quote ? premiumView(quote) : !charge && html`<p class="held">保証料を計算できません。保証期間が今日より前に終わっているか、今日の保証料率表がありません。差し戻して、工期と金額を確かめてください。</p>`}
${charge && chargeView(application.issuer, charge)}</div></div>
${next && html`<p class="next-deed">次の手続：${next}。</p>`}
${actionsView(application.id, one, shown.today, shown.typed)}
${held && html`<p class="held">${held}</p>`}
<details class="more"><summary>経過（${line.steps.length}件）</summary>${stepsView(line, shown.nameOf)}</details>
</section>`
}

function factsView(issuer: string, { line, asked, outcome }: LineShown): Html {
  const { interim, billTo } = asked
  return rows([
    ['保証金額', html`<strong>${showYen('ja', asked.guaranteedAmount)}</strong>`],
    ['形式', FORMAT_WORDS[asked.format]],
    ...(asked.fiscalYearAmount === undefined
      ? []
      : ([['今年度対象額', showYen('ja', asked.fiscalYearAmount)]] as const)),
    ...(line.kind === 'contract'
      ? []
      : ([
          ['預託金融機関', asked.depositBank],
          ['再預託利用区分', asked.redeposit ? '再預託を利用する' : '再預託を利用しない'],
        ] as const)),
    ...(interim
      ? ([
          ['認定日', plainDay('ja', interim.approvedDate)],
          ['認定番号', interim.approvalNumber],
          ['前払金の保証契約番号', interim.advanceContractNumber],
        ] as const)
      : []),
    ['保証料支払方法', PAYMENT_WORDS[asked.paymentMethod]],
    ['保証料請求先', billTo.name],
    ['保証料計算書(紙)', asked.paperStatement ? '希望する' : '希望しない'],
    ...(asked.ownerReason ? ([['電子保証を希望する理由', asked.ownerReason]] as const) : []),
    ['保証契約番号', numberView(issuer, line)],
    ...(outcome ? ([['電子保証の到着', fateText(outcome)]] as const) : []),
  ])
}

/** Once it is given, the way to the guarantee. */
function numberView(issuer: string, { contractNumber }: SentLine): Content {
  if (contractNumber === null) return '発行のときに決まります'
  const path = `/desk/guarantees/${issuer}/${encodeURIComponent(contractNumber)}`
  return html`<a class="code" href="${path}">${contractNumber}</a>`
}

function worksView({ content: { works, contractor, information } }: SentApplication): Html {
  const { start, end } = works.worksPeriod
  return rows([
    ['発注者名', works.ownerName],
    ['工事番号', works.worksNumber],
    ['工事場所', works.worksPlace],
    ['請負金額（税込）', showYen('ja', works.contractPrice)],
    ['請負契約締結日', works.worksContractDate && plainDay('ja', works.worksContractDate)],
    ['工期', `${plainDay('ja', start)} から ${plainDay('ja', end)} まで`],
    [
      '請負契約者',
      [contractor.name, contractor.address, contractor.representative].filter(Boolean).join('　'),
    ],
    ['JV名', works.jvName],
    [
      '連絡先',
      [information.department, information.title, information.person, information.phone]
        .filter(Boolean)
        .join('　'),
    ],
    [
      'お客様からの連絡事項',
      information.message && html`<span class="prose">${information.message}</span>`,
    ],
  ])
}

function attachmentsView({ id, attachments, removed }: SentApplication): Html {
  return html`<section aria-labelledby="papers"><h2 id="papers">添付書類</h2>${papersList(`/desk/inbox/${id}`, attachments, removed)}</section>`
}

function stepsView({ steps }: SentLine, nameOf: NameOf): Html {
  return html`<ol class="steps">${steps.map(
    ({ status, at, byUser, note }) =>
      html`<li><time datetime="${at}">${listTime(at)}</time> ${STATUS_WORDS[status]}　${byUser === null ? 'システム' : nameOf(byUser)}${note && html`<br><span class="quiet prose">${noteText(status, note)}</span>`}</li>`,
  )}</ol>`
}
