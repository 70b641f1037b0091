import type { Paper, Style } from './paper.ts'

/** Something that stands in a column, one under the other. Points. */
export interface Block {
  height: number
  /** Air below it at least; what the page leaves over is shared out in the same proportion. */
  after: number
  draw(top: number): void
  /** What it consists of, one under the other without air; `draw` then draws what is around. */
  parts?: readonly Block[]
  /** The structure element that holds its parts. */
  group?: string
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

/** Texts one under the other, a paragraph each; where the last one ends. */
export function drawDown(
  paper: Paper,
  sets: readonly TextSet[],
  x: number,
  top: number,
  align?: Align,
): number {
  return sets.reduce((y, set) => {
    paper.tag('P', () => set.draw(x, y, align))
    return y + set.height
  }, top)
}

/** Height of texts one under the other. */
export function heightOf(sets: readonly TextSet[]): number {
  return sets.reduce((sum, { height }) => sum + height, 0)
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
