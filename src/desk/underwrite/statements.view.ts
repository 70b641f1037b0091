import { listTime } from '../../base/time.ts'
import { type Html, html } from '../../web/html.ts'
import { showYen } from '../../web/show.ts'
import { dataTable } from '../../web/table.ts'
import { KIND_WORDS, PAYMENT_WORDS } from '../application/status-words.ts'
import { pageLinks } from './page-links.view.ts'
import type { StatementSeen } from './statements.ts'
import { STATEMENT_WORDS } from './words.ts'

const COLUMNS = [
  '計算書番号',
  '種類',
  '保証種類',
  '工事名',
  '保証契約番号',
  '金額',
  '支払',
  '作成日時',
]

/** 保証料計算書一覧; the company also sees whose each is. */
export function statementsView(
  { rows, page, pages }: { rows: readonly StatementSeen[]; page: number; pages: number },
  isCompany: boolean,
): Html {
  const columns = isCompany ? COLUMNS.toSpliced(3, 0, '契約者') : COLUMNS
  return html`<h1>保証料計算書一覧</h1>
<p class="lead">計算書番号を選ぶと、PDFが開きます。</p>
${
  rows.length === 0
    ? html`<p class="empty">保証料計算書はまだありません。引受が承認されると、ここに表示されます。</p>`
    : dataTable(
        '保証料計算書一覧',
        columns,
        rows.map((row) => (isCompany ? cells(row).toSpliced(3, 0, row.contractor) : cells(row))),
      )
}
${pageLinks(page, pages, (to) => `/desk/statements?page=${to}`)}`
}

function cells(row: StatementSeen) {
  const { quote, type, paymentMethod, settledAt, voidedAt } = row
  const paid = settledAt ? '受領済み' : PAYMENT_WORDS[paymentMethod]
  const payment = type === 'refund' ? '返還' : paid
  return [
    voidedAt !== null
      ? html`<span class="nowrap">${row.number}</span>`
      : html`<a class="nowrap" href="/desk/statements/${row.issuer}/${row.number}">${row.number}</a>`,
    STATEMENT_WORDS[type],
    KIND_WORDS[row.kind],
    row.worksName,
    row.contractNumber ?? '―',
    html`<span class="nowrap">${showYen('ja', row.yen)}</span>${quote.mark && html` <span class="tag">${quote.mark}</span>`}`,
    voidedAt === null ? payment : '取消',
    html`<time class="nowrap" datetime="${row.madeAt}">${listTime(row.madeAt)}</time>`,
  ]
}
