import { type Content, type Html, html } from './html.ts'

/**
 * A table whose first column heads its rows. On a narrow screen each row becomes a block in which
 * every cell carries the name of its column.
 * @param label what the table shows
 * @param columns names of the columns; an empty one heads a column of buttons
 */
export function dataTable(
  label: string,
  columns: readonly string[],
  rows: readonly (readonly Content[])[],
): Html {
  return html`<table class="table" aria-label="${label}">
<thead><tr>${columns.map((column) => (column === '' ? html`<td></td>` : html`<th scope="col">${column}</th>`))}</tr></thead>
<tbody>${rows.map(
    ([first, ...cells]) =>
      html`<tr><th scope="row">${first}</th>${cells.map((cell, at) => html`<td data-label="${columns[at + 1]}">${cell}</td>`)}</tr>`,
  )}</tbody>
</table>`
}
