import { expect, test } from 'vitest'
import { html } from '../../src/web/html.ts'
import { type Column, cellsOf, dataTable } from '../../src/web/table.ts'

const COLUMNS: Column[] = ['No.', '工事名 "&"', { text: '金額', end: true }, '']
const WORKS = `<b>'橋&梁|"`

test('cells of one template stand as those of a row do, and each value is escaped', () => {
  const head = cellsOf(COLUMNS.slice(0, 1), true)
  const rest = cellsOf(COLUMNS.slice(1))
  const rows = [1, 2].map((no) => ({
    cells: [head`${no}`, rest`${'市'}<br>${WORKS}|${no * 10}円|<a href="${WORKS}">${false}</a>`],
  }))
  const link = html`<a href="${WORKS}"></a>`
  const byCells = [1, 2].map((no) => [no, html`市<br>${WORKS}`, `${no * 10}円`, link])
  const table = String(dataTable('表', COLUMNS, rows))
  expect(table).toBe(String(dataTable('表', COLUMNS, byCells)))
  expect(table).toContain(
    '<tr><th scope="row">2</th><td data-label="工事名 &quot;&amp;&quot;">市<br>&lt;b&gt;&#39;橋&amp;梁|&quot;</td><td data-label="金額" class="end">20円</td>',
  )
})

test('a template has a cell for each column, no more and no fewer', () => {
  const cells = cellsOf(['a', 'b'])
  expect(String(cells`${1}|`)).toBe('<td data-label="a">1</td><td data-label="b"></td>')
  expect(() => cells`${1}`).toThrow('1 cells under 2 columns')
  expect(() => cells`${1}|${2}|`).toThrow('3 cells under 2 columns')
})
