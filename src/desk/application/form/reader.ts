import { codePoints, foldWidth, isPlainText } from '../../../base/text.ts'
import type { Day } from '../../../base/time.ts'
import { readYen } from '../../../web/amount.ts'
import type { FieldError } from '../../../web/form.ts'
import { emptyBox, readBoxes, typedDay } from './boxes.ts'
import type { Form } from './fields.ts'
import { fullLabel as label } from './labels.ts'

const UNITS = { year: '年', month: '月', date: '日' } as const

interface TextRules {
  required?: boolean
  most?: number
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
    text(field, { required, most = 200 } = {}) {
      const text = typed(field)
      if (text === '') return missing(field, required)
      const fault = textFault(text, most)
      return fault === undefined ? text : wrong(field, `${label(field)}${fault}`)
    },
    prose(field, { required, most }) {
      // Browsers send CRLF for each end of a line.
      const text = (form[field] ?? '').replaceAll('\r\n', '\n').trim()
      if (text === '') return missing(field, required)
      const fault = textFault(text.replace(/[\n\t]/g, ' '), most)
      return fault === undefined ? text : wrong(field, `${label(field)}${fault}`)
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

/** What is wrong with one line of text, said after its label. */
export function textFault(text: string, most: number): string | undefined {
  if (!isPlainText(text)) return 'に使えない文字（制御文字）が含まれています'
  const count = codePoints(text)
  return count > most ? `は${most}文字以内で入力してください（いま${count}文字です）` : undefined
}
