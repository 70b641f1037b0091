import { foldWidth } from '../../../base/text.ts'
import type { Day } from '../../../base/time.ts'
import { readDay } from '../../../web/amount.ts'
import type { Form } from './fields.ts'

/** What stands in the three boxes 年・月・日 of a day. */
export type DayTyped = readonly [year: string, month: string, date: string]

/** The boxes of the day `field`. */
export function typedDay(form: Form, field: string): DayTyped {
  return [form[field] ?? '', form[`${field}-m`] ?? '', form[`${field}-d`] ?? '']
}

/**
 * The day in three boxes, in any width: western year, or 令和7, R7. A whole date in the first box is
 * taken too, for that is where people paste it. Undefined where there is no such day.
 */
export function readBoxes([year, month, date]: DayTyped): Day | undefined {
  const [y, m, d] = [year, month, date].map((box) => foldWidth(box).trim()) as [
    string,
    string,
    string,
  ]
  if (m === '' && d === '') return readDay(y)
  const bare = (text: string, unit: string) => text.replace(new RegExp(`${unit}$`), '')
  return readDay(`${bare(y, '年')}年${bare(m, '月')}月${bare(d, '日')}日`)
}

/** The first box that is empty while another is not, by what it holds; undefined where none is. */
export function emptyBox([year, month, date]: DayTyped): 'year' | 'month' | 'date' | undefined {
  if (year.trim() === '') return 'year'
  if (month.trim() === '' && date.trim() === '') return undefined
  if (month.trim() === '') return 'month'
  return date.trim() === '' ? 'date' : undefined
}
