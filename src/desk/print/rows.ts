import { type Block, setText, setWithin } from './blocks.ts'
import type { Paper, Style } from './paper.ts'

/** One row of a table of items. */
export interface Row {
  label: string
  value: string
  style?: Partial<Style>
}

/** How a table of items is set. Points. */
export interface RowsOptions {
  x: number
  width: number
  labelWidth: number
  /** Size of the values. */
  size: number
  /** Least height of a row. */
  least: number
  after: number
}

const PAD = 7
const LABEL_SHARE = 0.88
/** A value past three lines gets smaller, down to this. */
const SIZES = [1, 0.9, 0.8]

/** A ruled table: label and value in each row, tagged as a table with row headers. */
export function itemRows(paper: Paper, rows: readonly Row[], options: RowsOptions): Block {
  const { x, width, labelWidth, size, least, after } = options
  const labelStyle: Style = { face: 'regular', size: size * LABEL_SHARE, leading: 1.3 }
  const set = rows.map(({ label, value, style }) => {
    const text: Style = { face: 'regular', size, leading: 1.35, ...style }
    const valueWidth = width - labelWidth - 2 * PAD
    const left = setText(paper, label, labelStyle, labelWidth - 2 * PAD)
    const right = setWithin(paper, value, text, { width: valueWidth, most: 3, sizes: SIZES })
    const height = Math.max(least, Math.max(left.height, right.height) + size * 0.6)
    return { left, right, height }
  })
  const height = set.reduce((sum, row) => sum + row.height, 0)
  return {
    height,
    after,
    draw(top) {
      paper.group('Table', () => {
        let y = top
        for (const { left, right, height: own } of set) {
          if (y > top) paper.rule(x, y, x + width, y, 0.5)
          paper.group('TR', () => {
            const scope = 'Row'
            paper.tag('TH', () => left.draw(x + PAD, y + (own - left.height) / 2), { scope })
            paper.tag('TD', () => right.draw(x + labelWidth + PAD, y + (own - right.height) / 2))
          })
          y += own
        }
      })
      paper.frame({ x, y: top, width, height }, 0.9)
      paper.rule(x + labelWidth, top, x + labelWidth, top + height, 0.5)
    },
  }
}
