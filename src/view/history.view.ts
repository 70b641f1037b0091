import { type Instant, listTime } from '../base/time.ts'
import type { HistoryRow } from '../guarantee/history.ts'
import type { LookupAnswer } from '../guarantee/verdict.ts'
import { type Html, html } from '../web/html.ts'
import type { Lang } from '../web/lang.ts'
import { showInteger } from '../web/show.ts'
import { fieldLabel, leaves, rowList, showField } from './certificate.view.ts'
import { historyWords } from './words/history.ts'

type Change = HistoryRow['changes'][number]

/**
 * The history as a line of time, newest first. The effective rows show at once; a checkbox swaps
 * them for all rows, hidden ones struck through with the reason: style only, no script.
 */
export function historyView(
  lang: Lang,
  { history, partial, erased }: Pick<LookupAnswer, 'history' | 'partial' | 'erased'>,
): Html {
  const words = historyWords[lang]
  const { all, effective, arrivedAt } = history
  const switchable = all.some(({ hidden, event }) => hidden || event === 'correct')
  const issue = all.length === 1 && all[0]?.event === 'issue'
  const only = issue && !partial && arrivedAt !== undefined
  return html`<section class="history" aria-labelledby="history">
  <h2 id="history">${words.title}</h2>
  <p class="aside-note">${words.note}</p>
  ${erased.length > 0 && html`<p class="notice">${words.erased(erased.join('・'))}</p>`}
  ${partial && html`<p class="notice">${words.partial}</p>`}
  ${switchable && html`<p class="switch"><label><input type="checkbox" id="show-all"> ${words.showAll}</label></p>`}
  ${timeline(lang, effective, arrivedAt, 'timeline-effective')}
  ${switchable && html`<div class="timeline-all"><p class="aside-note">${words.allShown}</p>${timeline(lang, all, arrivedAt, '')}</div>`}
  ${only && html`<p class="aside-note">${words.onlyOne}</p>`}
</section>`
}

/** @param arrivedAt of the content in force; where it is not known, no row is called that */
function timeline(
  lang: Lang,
  rows: readonly HistoryRow[],
  arrivedAt: Instant | undefined,
  manner: string,
): Html {
  const current = arrivedAt === undefined ? undefined : rows.findLast((row) => !row.hidden)
  return html`<ol class="timeline ${manner}" reversed>${rows
    .toReversed()
    .map((row) => entry(lang, row, row === current))}</ol>`
}

function entry(lang: Lang, row: HistoryRow, current: boolean): Html {
  const words = historyWords[lang]
  const name = rowName(lang, row)
  return html`<li class="entry${current ? ' entry-current' : ''}${row.hidden ? ' entry-hidden' : ''}">
  <p class="entry-time"><span class="entry-number">${words.number}${row.seq}</span> <time datetime="${row.arrivedAt}">${listTime(row.arrivedAt)}</time></p>
  <p class="entry-name">${row.hidden ? html`<del>${name}</del>` : name}${current && html` <span class="tag tag-current">${words.current}</span>`}</p>
  ${hiddenReason(lang, row)}
  ${row.reason && html`<p class="entry-reason">${words.reason(row.reason)}</p>`}
  ${changeList(lang, row.changes)}
  <details class="more"><summary>${words.atThatTime}</summary>${rowList(
    [...leaves(row.certificate)].map(([field, value]) => [
      fieldLabel(lang, field),
      showField(lang, field, value),
    ]),
    'rows-narrow',
  )}<p class="aside-note">${words.position(showInteger(row.index))}</p></details>
</li>`
}

/** 「変更（増額・期限変更）」: the 対象 of a row with what its changes come to. */
export function rowName(lang: Lang, row: HistoryRow): string {
  const words = historyWords[lang]
  const event = words.events[row.event]
  const label = (words.events as Record<string, string>)[row.label] ?? row.label
  if (row.event === 'correct')
    return row.hidden ? event + words.target(label) : words.replaced(label)
  const qualifiers = row.event === 'amend' ? qualify(lang, row.changes) : []
  return qualifiers.length > 0 ? words.joined(label, qualifiers) : label
}

function qualify(lang: Lang, changes: HistoryRow['changes']): string[] {
  const { increase, decrease, term } = historyWords[lang].qualifiers
  const found: string[] = []
  for (const { field, from, to } of changes) {
    if (field === 'guaranteedAmount') found.push(Number(to) > Number(from) ? increase : decrease)
    if (field === 'coverage.end') found.push(term)
  }
  return found
}

function hiddenReason(lang: Lang, row: HistoryRow): Html | false {
  if (!row.hidden || row.hiddenReason === undefined) return false
  const text = historyWords[lang].hidden[row.hiddenReason](String(row.hiddenBy ?? ''))
  return html`<p class="entry-reason">${text}</p>`
}

function changeList(lang: Lang, changes: HistoryRow['changes']): Html | false {
  if (changes.length === 0) return false
  return html`<dl class="changes" aria-label="${historyWords[lang].changesTitle}">${changes.map(
    (change) =>
      html`<div><dt>${fieldLabel(lang, change.field)}</dt><dd>${changeValue(lang, change)}</dd></div>`,
  )}</dl>`
}

/** Old → new, said as 変更前 and 変更後 to those who do not see the strike. */
export function changeValue(lang: Lang, { field, from, to }: Change): Html {
  const words = historyWords[lang]
  return html`<del><span class="unseen">${words.removed} </span>${showField(lang, field, from)}</del> <span class="to"><span aria-hidden="true">→ </span><ins><span class="unseen">${words.added} </span>${showField(lang, field, to)}</ins></span>`
}
