import type { Block } from './blocks.ts'
import type { Paper } from './paper.ts'

/** Where a column stands on a sheet. Points. */
export interface Area {
  x: number
  top: number
  width: number
  bottom: number
}

/** How tight a sheet is set: 1 as designed, less for the longest names. */
const DENSITIES = [1, 0.94, 0.88, 0.82, 0.76, 0.7, 0.64, 0.58, 0.52]

/** Past this a paper that may have more sheets takes one more. */
const TIGHTEST_OF_MANY = 0.76

/** Air that a short sheet may gain, against what it has. */
const MOST_AIR = 1.2

/**
 * Draws a column on one sheet: as designed when it fits, else in smaller type with less air.
 * @throws Error when it does not fit at the smallest, which is a mistake in the limits of its data
 */
export function drawSheet(paper: Paper, make: (density: number) => Block[], area: Area): void {
  const fitting = loosest(make, area, DENSITIES)
  if (!fitting) throw new Error('a paper is longer than one sheet; no text is that long')
  stack(paper, fitting, area)
}

/** What stands on every sheet: drawn before all, and read after all. */
export interface Frame {
  behind?(): void
  foot(sheet: number, of: number): void
}

/** Draws a column on one sheet where it fits, else on as many as it takes. */
export function drawSheets(
  paper: Paper,
  make: (density: number) => Block[],
  area: Area,
  frame: Frame,
): void {
  const fitting = loosest(
    make,
    area,
    DENSITIES.filter((density) => density >= TIGHTEST_OF_MANY),
  )
  if (fitting) {
    frame.behind?.()
    stack(paper, fitting, area)
    frame.foot(1, 1)
    return
  }
  const sheets = deal(make(TIGHTEST_OF_MANY), area.bottom - area.top)
  for (const [index, blocks] of sheets.entries()) {
    if (index > 0) paper.nextSheet()
    frame.behind?.()
    stack(paper, blocks, area, 0)
    frame.foot(index + 1, sheets.length)
  }
}

/** The blocks at the first density at which they fit on a sheet. */
function loosest(
  make: (density: number) => Block[],
  { top, bottom }: Area,
  densities: readonly number[],
): Block[] | undefined {
  for (const density of densities) {
    const blocks = make(density)
    if (heightOf(blocks) <= bottom - top) return blocks
  }
  return undefined
}

function heightOf(blocks: readonly Block[]): number {
  return blocks.reduce(
    (sum, { height, after }, index) => sum + height + (index < blocks.length - 1 ? after : 0),
    0,
  )
}

function stack(paper: Paper, blocks: readonly Block[], area: Area, mostAir = MOST_AIR): void {
  const air = blocks.slice(0, -1).reduce((sum, { after }) => sum + after, 0)
  const left = area.bottom - area.top - heightOf(blocks)
  const stretch = air === 0 ? 0 : Math.min(mostAir, left / air)
  let top = area.top
  for (const block of blocks) {
    drawBlock(paper, block, top)
    top += block.height + block.after * (1 + stretch)
  }
}

function drawBlock(paper: Paper, { parts = [], group, draw }: Block, top: number): void {
  draw(top)
  if (group === undefined) return
  paper.group(group, () => {
    let y = top
    for (const part of parts) {
      part.draw(y)
      y += part.height
    }
  })
}

/** Blocks dealt out to sheets; one with parts is parted where a sheet is full. */
function deal(blocks: readonly Block[], room: number): Block[][] {
  const sheets: Block[][] = [[]]
  let used = 0
  const put = (block: Block) => {
    if (used > 0 && used + block.height > room) {
      sheets.push([])
      used = 0
    }
    sheets.at(-1)?.push(block)
    used += block.height + block.after
  }
  for (const block of blocks) for (const one of partsOf(block, room - used, room)) put(one)
  return sheets
}

/** The block as it is where it fits, else in runs of parts that fill the sheets. */
function partsOf(block: Block, left: number, room: number): Block[] {
  if (block.height <= left || !block.parts) return [block]
  const runs: Block[] = []
  let run: Block[] = []
  let space = left
  const close = () => {
    if (run.length === 0) return
    const height = run.reduce((sum, part) => sum + part.height, 0)
    // What is around the whole is not drawn around a part of it.
    runs.push({ ...block, parts: run, height, draw: () => {} })
    run = []
  }
  for (const part of block.parts) {
    const used = run.reduce((sum, { height }) => sum + height, 0)
    if (used + part.height > space) {
      close()
      space = room
    }
    run.push(part)
  }
  close()
  return runs
}
