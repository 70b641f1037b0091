import type { Paper, Style } from './paper.ts'

/** Something that stands in a column, one under the other. Points. */
export interface Block {
  height: number
  /** Air below it at least; what the page leaves over is shared out in the same proportion. */
  after: number
  draw(top: number): void
}

/** Where a column stands on the sheet. */
export interface Area {
  x: number
  top: number
  width: number
  bottom: number
}

/** How tight a page is set: 1 as designed, less for the longest names. */
const DENSITIES = [1, 0.94, 0.88, 0.82, 0.76, 0.7, 0.64, 0.58, 0.52]

/** Air that a short page may gain, against what it has. */
const MOST_AIR = 1.2

/**
 * Draws a column on one sheet: as designed when it fits, else in smaller type with less air.
 * @throws Error when it does not fit at the smallest, which is a mistake in the limits of its data
 */
export function drawColumn(make: (density: number) => Block[], area: Area): void {
  const room = area.bottom - area.top
  for (const density of DENSITIES) {
    const blocks = make(density)
    const heights = blocks.reduce((sum, { height }) => sum + height, 0)
    const air = blocks.slice(0, -1).reduce((sum, { after }) => sum + after, 0)
    if (heights + air > room) continue
    const stretch = air === 0 ? 0 : Math.min(MOST_AIR, (room - heights - air) / air)
    let top = area.top
    for (const block of blocks) {
      block.draw(top)
      top += block.height + block.after * (1 + stretch)
    }
    return
  }
  throw new Error('a paper is longer than one sheet; its texts are longer than records may carry')
}

export type Align = 'left' | 'center' | 'right'

/** A text in lines, not drawn yet. */
export interface TextSet {
  height: number
  /** Width of the longest line. */
  width: number
  draw(x: number, top: number, align?: Align): void
}

/** The blank half of a closing mark at a line's end hangs over the edge, so that edges are even. */
const BLANK_END = /[、。，．）」』】〕］｝〉》]$/

/** A text set in lines of at most `width`. */
export function setText(paper: Paper, text: string, style: Style, width: number): TextSet {
  const lines = paper.lines(text, style, width)
  const lineHeight = paper.lineHeight(style)
  const share = { left: 0, center: 0.5, right: 1 }
  return {
    height: lines.length * lineHeight,
    width: Math.max(...lines.map((line) => paper.width(line.trimEnd(), style))),
    draw(x, top, align = 'left') {
      for (const [index, line] of lines.entries()) {
        const blank = BLANK_END.test(line) ? style.size / 2 : 0
        const left = (width - paper.width(line, style) + blank) * share[align]
        paper.write(line, x + left, top + index * lineHeight, style)
      }
    },
  }
}

/** The largest of the sizes at which the text takes at most `most` lines; else the smallest. */
export function setWithin(
  paper: Paper,
  text: string,
  style: Style,
  { width, most, sizes }: { width: number; most: number; sizes: readonly number[] },
): TextSet {
  for (const share of sizes) {
    const smaller = { ...style, size: style.size * share }
    const set = setText(paper, text, smaller, width)
    if (set.height <= most * paper.lineHeight(smaller) + 0.01) return set
  }
  return setText(paper, text, { ...style, size: style.size * (sizes.at(-1) ?? 1) }, width)
}

/** A paragraph as a block. */
export function paragraph(
  paper: Paper,
  text: string,
  {
    style,
    x,
    width,
    after,
    align = 'left',
    tag = 'P',
  }: {
    style: Style
    x: number
    width: number
    after: number
    align?: Align
    tag?: string
  },
): Block {
  const set = setText(paper, text, style, width)
  return {
    height: set.height,
    after,
    draw: (top) => paper.tag(tag, () => set.draw(x, top, align)),
  }
}
