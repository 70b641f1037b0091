import type { Store } from '../../store/store.ts'
import type { Choice, Place } from './choice.ts'
import { createPageRows, type Listed, SHOWN, type Side } from './page-rows.ts'

/** Where in a list somebody stands: behind a place, or before one, and the number of its first row. */
export interface Standing {
  after?: Place
  before?: Place
  /** The number of the row behind `after`, or of the one before `before`; 1 without them. */
  number: number
}

/** A page of guarantees, newest first. */
export interface Page {
  rows: Listed[]
  /** The number of its first row. */
  first: number
  previous: boolean
  next: boolean
}

/**
 * Guarantees by 検索条件, page by page. A page begins at a place and not at a count, so that what is
 * issued meanwhile moves no row to another page; the list is never read to its end.
 */
export function createList(store: Store) {
  const ofContractor = createPageRows(store, SHOWN)
  const ofCompany = createPageRows(store, [...SHOWN, 'contractorName'])

  return async function list(
    side: Side,
    choice: Choice,
    { after, before, number }: Standing,
    most: number,
  ): Promise<Page> {
    const rowsOf = 'org' in side ? ofContractor : ofCompany
    if (before) {
      const found = await rowsOf(side, choice, before, true, most + 1)
      const previous = found.length > most
      const shown = found.slice(0, most).reverse()
      return { rows: shown, first: Math.max(1, number - shown.length + 1), previous, next: true }
    }
    const found = await rowsOf(side, choice, after, false, most + 1)
    const next = found.length > most
    return { rows: found.slice(0, most), first: number, previous: after !== undefined, next }
  }
}
