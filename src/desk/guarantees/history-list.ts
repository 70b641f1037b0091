import type { HistoryRow } from '../../guarantee/history.ts'
import type { Store } from '../../store/store.ts'
import type { Choice } from './choice.ts'
import { createGuaranteeRows } from './guarantee-rows.ts'
import { createList, type Page, type Standing } from './list.ts'
import type { Listed, Side } from './page-rows.ts'
import { contractorHistory } from './versions.ts'

/** A guarantee with its history, newest first; none of it while nothing has arrived. */
export interface WithHistory {
  guarantee: Listed
  history: HistoryRow[]
}

/** 電子保証履歴一覧: electronic guarantees as {@link createList} gives them, each with its history. */
export function createHistoryList(store: Store) {
  const list = createList(store)
  const { versions } = createGuaranteeRows(store)

  return async function historyList(
    side: Side,
    choice: Choice,
    standing: Standing,
    most: number,
  ): Promise<Page & { histories: WithHistory[] }> {
    const page = await list(side, { ...choice, format: 'electronic' }, standing, most)
    const histories = await Promise.all(
      page.rows.map(async (guarantee) => ({
        guarantee,
        history: contractorHistory(await versions(guarantee.issuer, guarantee.numberKey)),
      })),
    )
    return { ...page, histories }
  }
}
