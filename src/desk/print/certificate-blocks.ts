import { type Block, drawDown, heightOf, paragraph, setText, setWithin } from './blocks.ts'
import { certificateItems, type Item } from './certificate-items.ts'
import type { Amendment, CertificatePaper, OriginalSheet } from './certificate-paper.ts'
import {
  amendedPromise,
  promiseOf,
  replacements,
  stateLines,
  titles,
  UNCHANGED,
} from './certificate-words.ts'
import { MM, type Paper, type Style } from './paper.ts'
import { AIR } from './shaper.ts'
import { type Cell, itemTable, table } from './table.ts'
import { bothDays, SAMPLE } from './words.ts'

/** Where and how tight a certificate is set. */
export interface Place {
  paper: Paper
  x: number
  width: number
  density: number
}

const SMALL: Style = { face: 'regular', size: 9.5, leading: 1.5 }

/** Which sheet it is, the numbers, the day; and the title. */
export function certificateHead(
  place: Place,
  what: CertificatePaper,
  sheet: OriginalSheet | undefined,
): Block[] {
  return [marks(place, what, sheet), title(place, what)]
}

function marks(
  { paper, x, width }: Place,
  { certificate, sample, replacing }: CertificatePaper,
  sheet: OriginalSheet | undefined,
): Block {
  const lines = [
    `保証契約番号　${certificate.contractNumber}`,
    ...(sheet ? [`証書番号　${sheet.sheet}`] : []),
    `証書作成日　${bothDays(certificate.documentDate)}`,
  ]
  const sets = lines.map((line) => setText(paper, line, SMALL, width * 0.62))
  const boxes = [
    sheet?.copy ?? '写し',
    ...(sheet?.copy === '正' ? ['原本'] : []),
    ...(replacing ? [replacements[replacing.why].mark] : []),
    ...(sample ? [SAMPLE] : []),
  ]
  return {
    height: Math.max(22, sets.length * paper.lineHeight(SMALL)),
    after: 12,
    draw(top) {
      let left = x
      for (const [index, text] of boxes.entries()) left = mark(paper, text, left, top, index === 0)
      drawDown(paper, sets, x + width * 0.38, top, 'right')
    },
  }
}

/** A word in a frame; the right edge with some air is given back. */
function mark(paper: Paper, text: string, x: number, top: number, isFirst: boolean): number {
  const style: Style = { face: 'bold', size: isFirst ? 15 : 11, leading: 1.2 }
  const width = paper.width(text, style) + 12
  const box = { x, y: top, width, height: 24 }
  paper.frame(box, isFirst ? 1.4 : 0.9)
  paper.tag('P', () => paper.write(text, x + 6, top + (24 - paper.lineHeight(style)) / 2, style))
  return x + width + 6
}

/** The title in wide letters, and below it which change it is, and what no longer holds. */
function title({ paper, x, width, density }: Place, what: CertificatePaper): Block {
  const style: Style = { face: 'bold', size: 22 * density, leading: 1.3 }
  const wide = [...titles[what.certificate.kind]].join(AIR + AIR)
  const under: Style = { face: 'regular', size: 11, leading: 1.5 }
  const state: Style = { face: 'bold', size: 12, leading: 1.5 }
  const lines: [string, Style][] = [
    ...(what.amended ? [[`（変更　第${what.amended.times}回）`, under] as [string, Style]] : []),
    ...(what.state ? [[stateLines[what.state], state] as [string, Style]] : []),
  ]
  const head = setText(paper, wide, style, width)
  const sets = lines.map(([text, of]) => setText(paper, text, of, width))
  return {
    height: head.height + heightOf(sets),
    after: 14 * density,
    draw(top) {
      paper.tag('H1', () => head.draw(x, top, 'center'))
      drawDown(paper, sets, x, top + head.height, 'center')
    },
  }
}

/** The addressee, the promise, and 「記」. */
export function opening({ paper, x, width, density }: Place, what: CertificatePaper): Block[] {
  const { certificate, amended } = what
  const to: Style = { face: 'regular', size: 15 * density, leading: 1.4 }
  const sizes = { width, most: 2, sizes: [1, 0.86, 0.72] }
  const owner = certificate.owner.title ?? certificate.owner.name
  const set = setWithin(paper, `${owner}　殿`, to, sizes)
  const label = paper.lineHeight(SMALL)
  const addressee: Block = {
    height: label + set.height,
    after: 10 * density,
    draw(top) {
      paper.tag('P', () => paper.write('被保証者（発注者）', x, top, SMALL))
      paper.tag('P', () => set.draw(x, top + label))
    },
  }
  const body = amended
    ? amendedPromise(amended.before.documentDate, certificate.contractNumber)
    : promiseOf(certificate)
  const style: Style = { face: 'regular', size: 11 * density, leading: 1.7 }
  return [
    addressee,
    paragraph(paper, `　${body}`, { style, x, width, after: 6 * density }),
    paragraph(paper, '記', { style, x, width, after: 6 * density, align: 'center' }),
  ]
}

const LABEL_WIDTH = 34 * MM

/** What is guaranteed. */
export function items({ paper, x, width, density }: Place, what: CertificatePaper): Block {
  const rows = certificateItems(what.certificate, what.details ?? {}).map((item) => ({
    label: item.label,
    value: item.value,
    ...(item.large && { style: { face: 'bold', size: 15 * density } as const }),
  }))
  return itemTable(paper, rows, {
    x,
    width,
    labelWidth: LABEL_WIDTH,
    size: 10.5 * density,
    least: 22 * density,
    after: 10 * density,
  })
}

const BEFORE_AFTER = ['', '変更前', '変更後'] as const

/** 変更前 | 変更後, what changed in bold; below it reason and day. */
export function amendedItems(
  { paper, x, width, density }: Place,
  what: CertificatePaper,
  { before, reason, on }: Amendment,
): Block[] {
  const details = what.details ?? {}
  const pairs = paired(
    certificateItems(before, details),
    certificateItems(what.certificate, details),
  )
  const head = BEFORE_AFTER.map((text): Cell => ({ text, header: 'Column', align: 'center' }))
  const rows = pairs.map(([old, now]): Cell[] => {
    const style = old?.value === now?.value ? {} : ({ face: 'bold' } as const)
    const label = (now ?? old)?.label ?? ''
    return [
      { text: label, header: 'Row', style },
      { text: old?.value ?? '―' },
      { text: now?.value ?? '―', style },
    ]
  })
  const first = 28 * MM
  const column = (width - first) / 2
  const set = { x, size: 9.5 * density, least: 19 * density }
  const why = [
    { label: '変更日', value: bothDays(on) },
    { label: '変更理由', value: reason },
    { label: '効力', value: UNCHANGED },
  ]
  return [
    table(paper, [head, ...rows], { ...set, columns: [first, column, column], after: 6 * density }),
    itemTable(paper, why, { ...set, labelWidth: first, width, after: 9 * density }),
  ]
}

/** Items of both by label, in the order of the later one. */
function paired(was: Item[], becomes: Item[]): [Item | undefined, Item | undefined][] {
  const left = [...was]
  const pairs = becomes.map((now): [Item | undefined, Item] => {
    const at = left.findIndex(({ label }) => label === now.label)
    return [at < 0 ? undefined : left.splice(at, 1)[0], now]
  })
  return [...pairs, ...left.map((old): [Item, undefined] => [old, undefined])]
}
