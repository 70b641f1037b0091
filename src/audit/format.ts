import type { AliasableExpression, Expression, ExpressionBuilder } from 'kysely'
import type { Tables } from '../store/tables.ts'

/** Builds parts of a query over whichever tables it has. */
export type Build = ExpressionBuilder<Tables, keyof Tables>

/** One member of an item, one column of a table. */
export interface Column {
  name: string
  value(build: Build): Expression<unknown>
  /** Text that somebody chose, or that may begin with any sign: quoted, and never a formula. */
  free?: boolean
}

/** How rows are written, in SQL: a line made in JavaScript costs four times as much. */
export interface Format {
  type: string
  line(build: Build, columns: readonly Column[]): AliasableExpression<unknown>
  /** What stands between two lines, and after the last one of a block. */
  between: string
  after: string
}

/** What the last line of a whole pull says: that it is complete, and of what state. */
export interface Closing {
  facts: Record<string, string | number>
  /** The same as a row, by column. */
  row: Record<string, string | number>
}

/** A format that whole pulls are written in. */
export interface StreamFormat extends Format {
  head(columns: readonly Column[]): string
  end(columns: readonly Column[], closing: Closing): string
}

/** Members of a list in JSON. */
export const jsonItems: Format = {
  type: 'application/json',
  line: (build, columns) =>
    build.fn(
      'json_object',
      columns.flatMap(({ name, value }) => [build.val(name), value(build)]),
    ),
  between: ',',
  after: '',
}

export const ndjson: StreamFormat = {
  ...jsonItems,
  type: 'application/x-ndjson',
  between: '\n',
  after: '\n',
  head: () => '',
  end: (_columns, { facts }) => `${JSON.stringify({ end: facts })}\n`,
}

const LINE_END = '\r\n'
const BYTE_ORDER_MARK = '\uFEFF'

/** First signs of what a spreadsheet runs as a formula: tab, LF, CR, `+ - = @`, and their full widths. */
const FORMULA = [9, 10, 13, 43, 45, 61, 64, 0xff0b, 0xff0d, 0xff1d, 0xff20]

/** Ranges without any of them, where most texts begin: letters and kanji, digits. */
const HARMLESS = [
  [65, 0xff0a],
  [48, 57],
] as const

/** RFC 4180 with the mark by which Excel knows UTF-8; an apostrophe stands before what is no formula. */
export const csv: StreamFormat = {
  type: 'text/csv; charset=utf-8',
  line: (build, columns) =>
    build.fn('format', [
      // %w doubles quotes.
      build.val(columns.map(({ free }) => (free ? '"%w"' : '%s')).join(',')),
      ...columns.map(({ value, free }) => (free ? tamed(build, value(build)) : value(build))),
    ]),
  between: LINE_END,
  after: LINE_END,
  head: (columns) => `${BYTE_ORDER_MARK}${columns.map(({ name }) => name).join(',')}${LINE_END}`,
  end: (columns, { row }) => {
    const known = columns.map(({ name }) => row[name] ?? '')
    return `${known.map((fact) => (typeof fact === 'string' ? quoted(fact) : fact)).join(',')}${LINE_END}`
  },
}

function tamed(build: Build, value: Expression<unknown>): Expression<unknown> {
  const text = value as Expression<string>
  const first = build.fn<number>('unicode', [value])
  const harmless = HARMLESS.map(([from, to]) =>
    build.between(first, build.lit(from), build.lit(to)),
  )
  const signs = FORMULA.map((sign) => build.lit(sign))
  return build
    .case()
    .when(build.or(harmless))
    .then(text)
    .when(build(first, 'in', signs))
    .then(build(build.val("'"), '||', text))
    .else(build.fn.coalesce(text, build.val('')))
    .end()
}

function quoted(text: string): string {
  if (text === '') return ''
  const mark = FORMULA.includes(text.charCodeAt(0)) ? "'" : ''
  return `"${mark}${text.replaceAll('"', '""')}"`
}
