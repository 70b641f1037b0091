import { type Content, type Html, html } from '../../web/html.ts'
import { showYen } from '../../web/show.ts'
import { type Column, dataTable } from '../../web/table.ts'
import { KIND_WORDS, STATUS_WORDS } from '../application/status-words.ts'
import { type Inbox, type InboxChoice, type InboxRow, TABS, type Tab } from './inbox.ts'
import { pageLinks } from './page-links.view.ts'
import { TAB_WORDS } from './words.ts'

/** The address of 申込一覧 under a choice. */
function inboxPath({ tab, branch }: Omit<InboxChoice, 'page'>, page = 1): string {
  const query = new URLSearchParams({ tab, ...(branch && { branch }) })
  if (page > 1) query.set('page', String(page))
  return `/desk/inbox?${query}`
}

const COLUMNS: readonly Column[] = [
  ...['受付番号', '契約者', '工事名', '保証種類', '形式'],
  { text: '金額', end: true },
  '手続状況',
  { text: '経過日数', end: true },
]

/**
 * 申込一覧: tabs by 手続状況, the branch, and one row for each guarantee.
 * @param pressing what waits for a person whatever the tab is
 */
export function inboxView(
  { rows, counts, page, pages }: Inbox,
  choice: InboxChoice,
  branches: readonly { id: string; name: string }[],
  pressing: Content,
): Html {
  return html`<h1>申込一覧</h1>
${pressing}
${branchForm(choice, branches)}
<nav class="choices" aria-label="手続状況"><ul>${(Object.keys(TABS) as Tab[]).map(
    (tab) =>
      html`<li><a href="${inboxPath({ ...choice, tab })}"${tab === choice.tab && html` aria-current="true"`}>${TAB_WORDS[tab]}<span class="choice-count">${counts[tab]}<span class="unseen">件</span></span></a></li>`,
  )}</ul></nav>
${
  rows.length === 0
    ? html`<p class="empty">「${TAB_WORDS[choice.tab]}」の申込はありません。</p>`
    : dataTable(`申込一覧（${TAB_WORDS[choice.tab]}）`, COLUMNS, rows.map(cells))
}
${pageLinks(page, pages, (to) => inboxPath(choice, to))}`
}

function branchForm(
  { tab, branch }: InboxChoice,
  branches: readonly { id: string; name: string }[],
): Html {
  return html`<form class="line-form" method="get" action="/desk/inbox">
  <input type="hidden" name="tab" value="${tab}">
  <div class="field"><label for="field-branch">申込送信先</label>
  <select class="input input-auto" id="field-branch" name="branch">
    <option value="">すべての店舗</option>
    ${branches.map(({ id, name }) => html`<option value="${id}"${id === branch && html` selected`}>${name}</option>`)}
  </select></div>
  <button class="button button-plain" type="submit">表示する</button>
</form>`
}

function cells(row: InboxRow) {
  return [
    html`<a class="nowrap" href="/desk/inbox/${row.id}#${row.kind}">${row.number}</a>`,
    row.contractor,
    row.worksName,
    keep(KIND_WORDS[row.kind]),
    keep(row.format === 'electronic' ? '電子' : '紙'),
    keep(showYen('ja', row.guaranteedAmount)),
    html`<span class="phrase">${STATUS_WORDS[row.status]}</span>`,
    html`${keep(`${row.days}日`)}<br><span class="aside-note nowrap">${SINCE[row.since]}</span>`,
  ]
}

const SINCE: Record<InboxRow['since'], string> = { reception: '受付日から', sending: '送信日から' }

function keep(text: string): Html {
  return html`<span class="nowrap">${text}</span>`
}
