import { readingRow } from '../../guarantee/auth-key.ts'
import { locatorUrl } from '../../guarantee/link.ts'
import { qrShape } from '../../web/qr.ts'
import { type Block, setText, setWithin } from './blocks.ts'
import { lookAlikes } from './look-alikes.ts'
import { type Box, type Face, MM, type Paper, type Style } from './paper.ts'
import { AIR } from './shaper.ts'

/** What the panel of a key notice says. */
export interface KeyPanel {
  contractNumber: string
  authKey: string
  /** The confirmation site's origin, without a closing slash. */
  platformOrigin: string
}

/** With its quiet zone: 30 mm is the least that a FAX leaves readable. */
const QR_SIDE = 38 * MM
const PAD = 4 * MM
const LABEL: Style = { face: 'regular', size: 10.5, leading: 1.3 }
const HINT: Style = { face: 'regular', size: 8, leading: 1.35 }
const NUMBER_SIZE = 26
const KEY_SIZE = 36
const READING: Style = { face: 'regular', size: 10.5, leading: 1.2 }
const KINDS = { upper: '大', lower: '小', digit: '数', other: '' } as const
/** Between groups of four: two quarters of the size. */
const GAP = AIR + AIR

/** The frame with number, key and locator: what an officer types, large, and nothing else large. */
export function keyPanel(paper: Paper, panel: KeyPanel, x: number, width: number): Block {
  const qrX = x + width - PAD - QR_SIDE
  const left = { x: x + PAD + 1 * MM, width: qrX - x - 2 * PAD }
  const strip = readings(paper, panel.authKey, x + PAD + 1 * MM, width - 2 * PAD - 2 * MM)
  const caption = setText(paper, '二次元コード\n（番号だけが入力されます）', HINT, QR_SIDE)
  const upper = PAD / 2 + QR_SIDE + caption.height + 1.5 * PAD
  const height = upper + (strip.height > 0 ? strip.height + 3 * MM : 0)
  return {
    height,
    after: 14,
    draw(top) {
      paper.frame({ x, y: top, width, height }, 1.5)
      numberAndKey(paper, panel, left, top + 1.25 * PAD)
      const box = { x: qrX, y: top + PAD / 2, width: QR_SIDE, height: QR_SIDE }
      locator(paper, panel, box)
      paper.tag('Caption', () => caption.draw(qrX, box.y + QR_SIDE, 'center'))
      if (strip.height === 0) return
      paper.rule(x, top + upper, x + width, top + upper, 0.5)
      strip.draw(top + upper + 1.5 * MM)
    },
  }
}

function numberAndKey(
  paper: Paper,
  { contractNumber, authKey }: KeyPanel,
  { x, width }: { x: number; width: number },
  top: number,
): void {
  const face: Face = paper.has(contractNumber, 'mono') ? 'mono' : 'regular'
  const number = { width, most: 1, sizes: [1, 0.8, 0.64, 0.5, 0.4] }
  const style: Style = { face, size: NUMBER_SIZE, leading: 1.25 }
  const set = setWithin(paper, contractNumber, style, number)
  paper.tag('P', () => paper.write('保証契約番号', x, top, LABEL))
  paper.tag('P', () => set.draw(x, top + 14))
  const keyTop = top + 14 + Math.max(set.height, 31) + 14
  const label = '認証キー'
  paper.tag('P', () => {
    paper.write(label, x, keyTop, LABEL)
    const after = x + paper.width(label, LABEL) + 6
    paper.write('大文字と小文字を区別します。', after, keyTop + 1.4, HINT)
  })
  keyWithReading(paper, authKey, x, keyTop + 14)
}

/** The key in groups of four, and under each symbol how it is read aloud. */
function keyWithReading(paper: Paper, authKey: string, x: number, top: number): void {
  const key: Style = { face: 'mono', size: KEY_SIZE, leading: 1.25 }
  const grouped = authKey.replace(/(.{4})(?=.)/gu, `$1${GAP}`)
  paper.tag('P', () => paper.write(grouped, x, top, key))
  const symbol = paper.width('0', key)
  const gap = paper.width(`0${GAP}`, key) - symbol
  const below = top + paper.lineHeight(key)
  paper.tag('P', () => {
    for (const [index, { kind }] of readingRow(authKey).entries()) {
      const left = x + index * symbol + Math.floor(index / 4) * gap
      const word = KINDS[kind]
      paper.write(word, left + (symbol - paper.width(word, READING)) / 2, below, READING)
    }
  })
}

const COLUMNS = 4

/** What symbols with look-alikes are, in columns. */
function readings(paper: Paper, authKey: string, x: number, width: number) {
  const found = lookAlikes(authKey)
  const line = 13
  const label = '似た文字の読み方'
  const first = paper.width(label, HINT) + 12
  const column = (width - first) / COLUMNS
  return {
    height: Math.ceil(found.length / COLUMNS) * line,
    draw(top: number) {
      paper.tag('P', () => {
        paper.write(label, x, top + 1, HINT)
        for (const [index, { symbol, reading }] of found.entries()) {
          const left = x + first + (index % COLUMNS) * column
          const y = top + Math.floor(index / COLUMNS) * line
          paper.write(symbol, left, y, { face: 'mono', size: 10.5, leading: 1.2 })
          paper.write(reading, left + 11, y + 1, HINT)
        }
      })
    },
  }
}

function locator(paper: Paper, { contractNumber, platformOrigin }: KeyPanel, box: Box): void {
  const { side, dark } = qrShape(locatorUrl(platformOrigin, contractNumber))
  const alt = `確認サイトを開く二次元コード。保証契約番号 ${contractNumber} だけが入っています。`
  paper.tag('Figure', () => paper.shape(dark, side, box), { alt, box })
}
