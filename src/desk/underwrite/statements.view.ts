import { type Day, listTime } from '../../base/time.ts'
import { errorSummary } from '../../web/form.ts'
import { type Content, type Html, html } from '../../web/html.ts'
import { plainDay, showYen } from '../../web/show.ts'
import { type Column, dataTable } from '../../web/table.ts'
import { KIND_WORDS, PAYMENT_WORDS } from '../application/status-words.ts'
import { accountText } from '../company/payee.ts'
import { companyText, phoneText } from '../print/office.ts'
import { openFacts } from '../print/open-words.ts'
import { pageLinks } from './page-links.view.ts'
import { isToPay, type Payee } from './payees.ts'
import { type Marking, marksView } from './statement-marks.view.ts'
import type { StatementSeen } from './statements.ts'
import { SETTLED_WORDS, STATEMENT_WORDS } from './words.ts'

const COLUMNS: readonly Column[] = [
  '計算書番号',
  '種類',
  '保証種類',
  '工事名・保証契約番号',
  { text: '金額', end: true },
  '支払',
  '作成日時',
]

/** What became of a mark. */
export type StatementNotice = keyof typeof SETTLED_WORDS.notices

/**
 * 保証料計算書一覧; the company also sees whose each is, notes there what was paid and given back, and
 * sees who noted it.
 */
export function statementsView(
  { rows, page, pages }: { rows: readonly StatementSeen[]; page: number; pages: number },
  isCompany: boolean,
  more: Omit<Marking, 'page'> & {
    notice?: StatementNotice
    /** Of a contractor. */
    payees: readonly Payee[]
  },
): Html {
  const { notice, wrong, payees, today } = more
  const columns = isCompany ? COLUMNS.toSpliced(3, 0, '契約者') : COLUMNS
  return html`${errorSummary('ja', wrong ? [{ field: wrong.number, text: wrong.error }] : [])}
<h1>保証料計算書一覧</h1>
${notice && html`<div class="notice notice-${notice === 'taken' ? 'bad' : 'done'}" role="${notice === 'taken' ? 'alert' : 'status'}"><p>${SETTLED_WORDS.notices[notice]}</p></div>`}
<p class="lead">計算書番号を選ぶと、PDFが開きます。</p>
${payees.length > 0 && payeesView(payees)}
${
  rows.length === 0
    ? html`<p class="empty">保証料計算書はまだありません。引受が承認されると、ここに表示されます。</p>`
    : dataTable(
        '保証料計算書一覧',
        columns,
        rows.map((row) =>
          isCompany
            ? cells(
                row,
                html`${payment(row, today)}${marksView(row, { page, ...more })}`,
              ).toSpliced(3, 0, row.contractor)
            : cells(row, payment(row, today)),
        ),
      )
}
${pageLinks(page, pages, (to) => `/desk/statements?page=${to}`)}`
}

/** Where what is open is paid. */
function payeesView(payees: readonly Payee[]): Html {
  const rows = payees.map(
    ({ office, account }) =>
      html`<div><dt>${account ? office.company : companyText(office)}</dt><dd>${
        account
          ? html`${accountText(account)}<br>口座名義 ${account.holderKana}`
          : html`取扱店へお問い合わせください<br>${phoneText(office)}`
      }</dd></div>`,
  )
  return html`<section class="payees" aria-labelledby="payees"><h2 id="payees">保証料の振込先</h2><dl class="rows">${rows}</dl></section>`
}

/** How and until when it is paid, or when it was. */
function payment(seen: StatementSeen, today: Day): Html {
  const { type, paymentMethod, settledAt, settledOn, voidedAt, dueOn, isPending } = seen
  if (voidedAt !== null) return html`取消`
  if (isPending && settledAt === null) return html`電子保証の記録の到着待ち`
  const { open, done } = SETTLED_WORDS[type]
  if (settledAt === null) {
    const due = isToPay(seen) && dueOn !== null && dueText(dueOn, today)
    const beside = openFacts(seen, seen.beside).map(([name, value]) => html`<br>${name}：${value}`)
    return html`${open ?? PAYMENT_WORDS[paymentMethod]}${due && html`<br>${due}`}${beside}`
  }
  const when = settledOn ? plainDay('ja', settledOn) : listTime(settledAt)
  return html`${done}<br><span class="nowrap">${when}</span>`
}

function dueText(dueOn: Day, today: Day): Html {
  const late = dueOn < today && html`<br>期限を過ぎています`
  return html`支払期限 <span class="nowrap">${plainDay('ja', dueOn)}</span>${late}`
}

function cells(row: StatementSeen, paid: Html): Content[] {
  const { quote, type, voidedAt } = row
  return [
    voidedAt !== null
      ? html`<span class="nowrap">${row.number}</span>`
      : html`<a class="nowrap" href="/desk/statements/${row.issuer}/${row.number}">${row.number}</a>`,
    html`<span class="nowrap">${STATEMENT_WORDS[type]}</span>`,
    html`<span class="nowrap">${KIND_WORDS[row.kind]}</span>`,
    html`${row.worksName}${row.contractNumber !== null && html`<br><span class="nowrap code">${row.contractNumber}</span>`}`,
    html`<span class="nowrap">${showYen('ja', row.yen)}</span>${quote.mark && html` <span class="tag">${quote.mark}</span>`}`,
    html`<div class="paid">${paid}</div>`,
    html`<time class="moment" datetime="${row.madeAt}">${listTime(row.madeAt)}</time>`,
  ]
}
