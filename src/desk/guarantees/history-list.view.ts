import { listTime } from '../../base/time.ts'
import { rowName } from '../../view/history.view.ts'
import { type Html, html } from '../../web/html.ts'
import { dataTable } from '../../web/table.ts'
import type { WithHistory } from './history-list.ts'
import { detailPath } from './list.view.ts'
import { shortKinds, historyListWords as words } from './words.ts'

/** 電子保証履歴一覧: a row for each entry of each guarantee, the newest of a guarantee first. */
export function historyTable(title: string, histories: readonly WithHistory[]): Html {
  const rows = histories.flatMap(({ guarantee, history }) => {
    const about = [
      shortKinds[guarantee.kind] ?? guarantee.kind,
      html`<span class="code">${guarantee.contractNumber}</span>`,
      html`${guarantee.ownerName}<br>${guarantee.worksName}`,
    ]
    if (history.length === 0) return [['―', words.notYet, '―', ...about, '']]
    return history.map((row) => {
      const event = rowName('ja', row)
      const label = words.selectOf(guarantee.contractNumber, event)
      return [
        row.seq,
        listTime(row.arrivedAt),
        event,
        ...about,
        html`<a href="${detailPath(guarantee)}/versions/${row.seq}" aria-label="${label}">${words.select}</a>`,
      ]
    })
  })
  return dataTable(title, words.columns, rows)
}

/** What the leaflet says beside a history. */
export function historyNotes(): Html {
  return html`<p class="aside-note">${words.note}</p><p class="aside-note">${words.arrival}</p>`
}
