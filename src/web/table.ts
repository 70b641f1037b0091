import { type Content, type Html, html } from './html.ts'

/** A column by its name; `end` sets its cells to the right, as amounts are. */
export type Column = string | { text: string; end: true }

/**
 * A table whose first column heads its rows. On a narrow screen each row becomes a block in which
 * every cell carries the name of its column.
 * @param label what the table shows
 * @param columns their names; an empty one heads a column of buttons
 */
export function dataTable(
  label: string,
  columns: readonly Column[],
  rows: readonly (readonly Content[])[],
): Html {
  const begins = columns.map((column) => html`<td data-label="${name(column)}"${end(column)}>`)
  return html`<table class="table" aria-label="${label}">
<thead><tr>${columns.map((column) => (column === '' ? html`<td></td>` : html`<th scope="col"${end(column)}>${name(column)}</th>`))}</tr></thead>
<tbody>${rows.map((row) => html`<tr>${row.map((cell, at) => (at === 0 ? [HEAD, cell, HEAD_END] : [begins[at], cell, END]))}</tr>`)}</tbody>
</table>`
}

const HEAD = html`<th scope="row">`
const HEAD_END = html`</th>`
const END = html`</td>`

function name(column: Column): string {
  return typeof column === 'string' ? column : column.text
}

function end(column: Column): Html | false {
  return typeof column === 'object' && html` class="end"`
}
