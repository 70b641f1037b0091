import { type Content, type Html, html, markup } from './html.ts'

/** A column by its name; `end` sets its cells to the right, as amounts are. */
export type Column = string | { text: string; end: true }

/** A row whose cells have their marks already, by {@link cellsOf}. */
interface Row {
  cells: Content
}

/**
 * A table whose first column heads its rows. On a narrow screen each row becomes a block in which
 * every cell carries the name of its column.
 * @param label what the table shows
 * @param columns their names; an empty one heads a column of buttons
 */
export function dataTable(
  label: string,
  columns: readonly Column[],
  rows: readonly (readonly Content[] | Row)[],
): Html {
  const begins = columns.map(beginOf)
  return html`<table class="table" aria-label="${label}">
<thead><tr>${columns.map((column) => (column === '' ? html`<td></td>` : html`<th scope="col"${end(column)}>${name(column)}</th>`))}</tr></thead>
<tbody>${rows.map((row) => html`<tr>${'cells' in row ? row.cells : row.map((cell, at) => (at === 0 ? [HEAD, cell, HEAD_END] : [begins[at], cell, END]))}</tr>`)}</tbody>
</table>`
}

const HEAD = html`<th scope="row">`
const HEAD_END = html`</th>`
const END = html`</td>`

/**
 * Writes cells that stand side by side under these columns as one template, `|` between them: rows of
 * a long table in two thirds of the time that a template for each cell takes.
 * @param headed whether the first of them heads the row
 * @throws Error where a template has not as many cells as there are columns
 */
export function cellsOf(columns: readonly Column[], headed = false) {
  const known = new Map<TemplateStringsArray, readonly string[]>()
  return function cells(strings: TemplateStringsArray, ...values: Content[]): Html {
    const made = known.get(strings) ?? between(strings, columns, headed)
    known.set(strings, made)
    return markup(made, values)
  }
}

/** Stands for a value of a template. */
const VALUE = '\0'

function between(
  strings: readonly string[],
  columns: readonly Column[],
  headed: boolean,
): string[] {
  const cells = strings.join(VALUE).split('|')
  if (cells.length !== columns.length) {
    throw new Error(`${cells.length} cells under ${columns.length} columns`)
  }
  return columns
    .map((column, at) => {
      const [begin, end] = headed && at === 0 ? [HEAD, HEAD_END] : [beginOf(column), END]
      return `${begin}${cells[at]}${end}`
    })
    .join('')
    .split(VALUE)
}

function beginOf(column: Column): Html {
  return html`<td data-label="${name(column)}"${end(column)}>`
}

function name(column: Column): string {
  return typeof column === 'string' ? column : column.text
}

function end(column: Column): Html | false {
  return typeof column === 'object' && html` class="end"`
}
