import { foldWidth } from '../../../base/text.ts'
import type { Day } from '../../../base/time.ts'
import { readYen } from '../../../web/amount.ts'
import type { FieldError } from '../../../web/form.ts'
import { freeText, keyFault } from '../free-text.ts'
import { emptyBox, readBoxes, typedDay } from './boxes.ts'
import type { Form } from './fields.ts'
import { fullLabel as label } from './labels.ts'
import { textFault } from './text-fault.ts'

const UNITS = { year: '年', month: '月', date: '日' } as const

interface TextRules {
  required?: boolean
  most?: number
  /** Whether it is said in somebody's own words. */
  free?: boolean
}

/** Reads a form field by field in the order of the page and gathers what is wrong. */
export interface FormReader {
  form: Form
  errors: FieldError[]
  /** Notes one thing that is wrong with a field. */
  wrong(field: string, text: string): undefined
  /** One line of text without the white space around it; the text itself is never changed. */
  text(field: string, rules?: TextRules): string | undefined
  /** Several lines of text, each end of a line as a line feed. */
  prose(field: string, rules: { required?: boolean; most: number }): string | undefined
  yen(field: string, rules?: { required?: boolean }): number | undefined
  day(field: string, rules?: { required?: boolean }): Day | undefined
  /** One of `values`. */
  choice<T extends string>(field: string, values: readonly T[]): T | undefined
  /** What `read` makes of a field; `text` says what is wrong where it makes nothing of it. */
  read(field: string, read: (text: string) => string | undefined, text: string): string | undefined
  ticked(field: string): boolean
}

export function readerOf(form: Form): FormReader {
  const errors: FieldError[] = []
  const typed = (field: string): string => (form[field] ?? '').trim()
  const wrong = (field: string, text: string): undefined => {
    errors.push({ field, text })
  }
  const missing = (field: string, required = false): undefined =>
    required ? wrong(field, `${label(field)}を入力してください`) : undefined

  return {
    form,
    errors,
    wrong,
    text(field, { required, most = 200, free = false } = {}) {
      const text = typed(field)
      if (text === '') return missing(field, required)
      const fault = textFault(text, most)
      if (fault !== undefined) return wrong(field, `${label(field)}${fault}`)
      const key = free ? keyFault(label(field), text) : undefined
      return key === undefined ? text : wrong(field, key)
    },
    prose(field, { required, most }) {
      const { text, error } = freeText(form[field] ?? '', { label: label(field), most })
      if (text === '') return missing(field, required)
      return error === undefined ? text : wrong(field, error)
    },
    yen(field, { required } = {}) {
      if (typed(field) === '') return missing(field, required)
      const amount = readYen(typed(field))
      return (
        amount ??
        wrong(
          field,
          `${label(field)}は1円から999,999,999,999円までの整数で入力してください（例：20,000,000円）`,
        )
      )
    },
    day(field, { required } = {}) {
      const boxes = typedDay(form, field)
      if (boxes.every((box) => box.trim() === '')) return missing(field, required)
      const day = readBoxes(boxes)
      if (day !== undefined) return day
      const year = /^(?:\D{0,2}\d{1,4}|令和元)年?$/u.test(foldWidth(boxes[0]).trim())
      const empty = emptyBox(boxes) ?? (year && boxes[1].trim() === '' ? 'month' : undefined)
      return empty === undefined
        ? wrong(field, `${label(field)}は実在する日付を年・月・日で入力してください`)
        : wrong(field, `${label(field)}の${UNITS[empty]}を入力してください`)
    },
    choice(field, values) {
      const chosen = values.find((value) => value === form[field])
      return chosen ?? wrong(field, `${label(field).replace(/について$/, '')}を選んでください`)
    },
    read(field, read, text) {
      if (typed(field) === '') return undefined
      return read(typed(field)) ?? wrong(field, text)
    },
    ticked: (field) => form[field] === 'on',
  }
}
