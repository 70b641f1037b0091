import { type Align, type Block, setWithin } from './blocks.ts'
import type { Paper, Style } from './paper.ts'

export interface Cell {
  text: string
  style?: Partial<Style>
  align?: Align
  /** What kind of header it is, if it is one. */
  header?: 'Row' | 'Column'
}

/** How a table is set. Points. */
export interface TableOptions {
  x: number
  /** Widths of the columns. */
  columns: readonly number[]
  /** Size of the values; headers are a little smaller. */
  size: number
  /** Least height of a row. */
  least: number
  after: number
}

const PAD = 7
const HEADER_SHARE = 0.88
/** A text past three lines gets smaller, down to this. */
const SIZES = [1, 0.9, 0.8]
const THICK = 0.9
const THIN = 0.5

/** A ruled table, tagged as one; each row is a part that may stand on the next sheet. */
export function table(
  paper: Paper,
  rows: readonly (readonly Cell[])[],
  options: TableOptions,
): Block {
  const parts = rows.map((cells) => row(paper, cells, options))
  const right = options.x + options.columns.reduce((sum, width) => sum + width, 0)
  const height = parts.reduce((sum, part) => sum + part.height, 0)
  const edge = (y: number) => paper.rule(options.x, y, right, y, THICK)
  return {
    height,
    after: options.after,
    group: 'Table',
    parts,
    draw(top) {
      edge(top)
      edge(top + height)
    },
  }
}

function row(paper: Paper, cells: readonly Cell[], options: TableOptions): Block {
  const { x, columns, size, least } = options
  const lefts = columns.map((_, n) => x + columns.slice(0, n).reduce((sum, w) => sum + w, 0))
  const right = (lefts.at(-1) ?? x) + (columns.at(-1) ?? 0)
  const set = cells.map(({ text, style, header }, n) => {
    const own = {
      face: 'regular',
      size: header ? size * HEADER_SHARE : size,
      leading: 1.35,
    } as const
    const width = (columns[n] as number) - 2 * PAD
    return setWithin(paper, text, { ...own, ...style }, { width, most: 3, sizes: SIZES })
  })
  const height = Math.max(least, Math.max(...set.map((cell) => cell.height)) + size * 0.6)
  return {
    height,
    after: 0,
    draw(top) {
      paper.rule(x, top, right, top, THIN)
      paper.rule(x, top + height, right, top + height, THIN)
      for (const left of lefts) {
        paper.rule(left, top, left, top + height, left === x ? THICK : THIN)
      }
      paper.rule(right, top, right, top + height, THICK)
      paper.group('TR', () => {
        for (const [n, { header, align = 'left' }] of cells.entries()) {
          const cell = set[n]
          if (!cell) continue
          const at = top + (height - cell.height) / 2
          const draw = () => cell.draw((lefts[n] as number) + PAD, at, align)
          if (header) paper.tag('TH', draw, { scope: header })
          else paper.tag('TD', draw)
        }
      })
    },
  }
}

/** Label and value in each row. */
export function itemTable(
  paper: Paper,
  rows: readonly { label: string; value: string; style?: Partial<Style> }[],
  {
    labelWidth,
    width,
    ...options
  }: Omit<TableOptions, 'columns'> & {
    labelWidth: number
    width: number
  },
): Block {
  const cells = rows.map(({ label, value, style }): Cell[] => [
    { text: label, header: 'Row' },
    { text: value, ...(style && { style }) },
  ])
  return table(paper, cells, { ...options, columns: [labelWidth, width - labelWidth] })
}
