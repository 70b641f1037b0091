import { errorSummary, selectField, textField } from '../../web/form.ts'
import { type Content, type Html, html } from '../../web/html.ts'
import { showYen } from '../../web/show.ts'
import { cellsOf, dataTable } from '../../web/table.ts'
import { APPLIED_KINDS } from '../application/content.ts'
import { KIND_WORDS } from '../application/status-words.ts'
import { proposalName, stateWords } from '../issue/life-words.ts'
import { type Conditions, FIELDS, type Place, placeText, type Typed } from './choice.ts'
import type { Page } from './list.ts'
import type { Listed } from './page-rows.ts'
import { formatWords, shortKinds, listWords as words } from './words.ts'

export interface ListPage {
  title: string
  /** The page's own address, without a query. */
  path: string
  conditions: Conditions
  page: Page
  /** How many rows a page has at most. */
  most: number
  /** 契約者: the contractor's own name; a company searches by it. */
  contractor?: string
  branches: readonly { id: string; name: string }[]
  /** Where the list can be had as a file. */
  csv?: string
}

/** 保証契約一覧 or one of its kin: 検索条件, then `table`, then the ways to other pages. */
export function listView(data: ListPage, table: Content, notes: Content = false): Html {
  const { title, conditions, page, csv } = data
  const chosen = Object.keys(conditions.typed).length > 0
  const last = page.first + page.rows.length - 1
  const query = search(conditions.typed)
  return html`${errorSummary('ja', conditions.errors)}
<h1>${title}</h1>
${searchForm(data)}
<section class="listing" aria-labelledby="listing"><h2 class="unseen" id="listing">${title}</h2>
${notes}
${
  page.rows.length === 0
    ? html`<p class="notice" role="status">${nothing(data, chosen)}</p>`
    : html`<p class="aside-note">${words.shown(page.first, last)}</p>${table}${pager(data, query)}`
}
${csv && page.rows.length > 0 && html`<p class="last"><a href="${csv}${query}">${words.csv}</a></p>`}
</section>`
}

function nothing({ contractor, page }: ListPage, chosen: boolean): string {
  if (chosen || page.previous) return words.empty
  return contractor === undefined ? words.noneOfCompany : words.none
}

function searchForm({ path, conditions, contractor, branches }: ListPage): Html {
  const { typed, errors } = conditions
  const kinds = APPLIED_KINDS.map((value) => ({ value, text: KIND_WORDS[value] }))
  const field = (name: 'from' | 'to' | 'works' | 'contractor', label: string, support?: string) =>
    textField(
      'ja',
      {
        name,
        label,
        value: typed[name],
        width: name === 'from' || name === 'to' ? 'number' : 'half',
        ...(support !== undefined && { support }),
      },
      errors,
    )
  return html`<form class="conditions" method="get" action="${path}" role="search" aria-label="${words.conditions}">
<h2>${words.conditions}</h2>
<div class="conditions-fields">
${
  contractor === undefined
    ? field('contractor', words.contractor)
    : html`<div class="field conditions-own"><p class="label">${words.contractor}</p><p>${contractor} 様</p></div>`
}
${selectField({ name: 'kind', label: words.kind, choices: [{ value: '', text: words.allKinds }, ...kinds], value: typed.kind ?? '' })}
${
  branches.length > 1 &&
  selectField({
    name: 'branch',
    label: words.branch,
    choices: [
      { value: '', text: words.allBranches },
      ...branches.map(({ id, name }) => ({ value: id, text: name })),
    ],
    value: typed.branch ?? '',
  })
}
${field('from', words.from, words.daySupport)}
${field('to', words.to, words.daySupport)}
${field('works', words.works, words.worksSupport)}
</div>
<p class="buttons"><button class="button button-main" type="submit">${words.search}</button> <a class="button button-quiet" href="${path}">${words.clear}</a></p>
</form>`
}

/** 検索条件 as the query of an address. */
function search(typed: Typed): string {
  const fields = FIELDS.flatMap((name) => (typed[name] ? [[name, typed[name]]] : []))
  const query = new URLSearchParams(fields).toString()
  return query && `?${query}`
}

/** @param query 検索条件, as they stand in an address */
function pager({ path, page, most }: ListPage, query: string): Html | false {
  const { rows, first, previous, next } = page
  if (!previous && !next) return false
  const at = (row: Place | undefined, side: string, number: number) => {
    const place = new URLSearchParams({ [side]: row ? placeText(row) : '', no: String(number) })
    return `${path}${query}${query ? '&' : '?'}${place}`
  }
  return html`<nav class="pager" aria-label="${words.pages}"><ul>
${previous && html`<li><a href="${path}${query}">${words.first}</a></li><li><a rel="prev" href="${at(rows[0], 'before', first - 1)}">${words.previous(most)}</a></li>`}
${next && html`<li><a rel="next" href="${at(rows.at(-1), 'after', first + rows.length)}">${words.next(most)}</a></li>`}
</ul></nav>`
}

/** The address of a guarantee's own page. */
export function detailPath({ issuer, contractNumber }: Pick<Listed, 'issuer' | 'contractNumber'>) {
  return `/desk/guarantees/${encodeURIComponent(issuer)}/${encodeURIComponent(contractNumber)}`
}

/** Words by what a row says, escaped once and not in each row. */
const inCells = (words: Readonly<Record<string, string>>) =>
  new Map(Object.entries(words).map(([name, word]) => [name, html`${word}`]))
const KINDS = inCells(shortKinds)
const STATES = inCells(stateWords)
const FORMATS = inCells(formatWords)
const DETAIL = html`${words.detail}`

const FIRST = cellsOf(words.columns.slice(0, 3), true)
const CONTRACTOR = cellsOf([words.contractor])
const REST = cellsOf(words.columns.slice(3))

/**
 * The rows of the leaflet: No. 保証種類 保証契約番号 発注者名・工事名 請負金額 詳細.
 * @param waiting what waits for a second person, by `numberKey`; the company's alone
 */
export function guaranteeTable(
  { title, page, contractor }: ListPage,
  waiting?: ReadonlyMap<string, string>,
): Html {
  const ofCompany = contractor === undefined
  const rows = page.rows.map((row, at) => ({
    cells: [
      FIRST`${page.first + at}|${KINDS.get(row.kind) ?? row.kind}|<span class="code">${row.contractNumber}</span>`,
      ofCompany && CONTRACTOR`${row.contractorName}`,
      REST`${row.ownerName}<br>${row.worksName}|<span class="yen">${showYen('ja', row.contractPrice)}</span>|${STATES.get(row.state)}<br><span class="aside-note">${FORMATS.get(row.format)}</span>${waitingText(waiting?.get(row.numberKey))}|<a class="button button-small" href="${detailPath(row)}" aria-label="${words.detailOf(row.contractNumber)}">${DETAIL}</a>`,
    ],
  }))
  return dataTable(title, ofCompany ? words.companyColumns : words.columns, rows)
}

function waitingText(event: string | undefined): Content {
  return event !== undefined && html`<br><strong>${words.waiting(proposalName(event))}</strong>`
}
