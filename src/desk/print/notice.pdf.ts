import type { Day, Instant } from '../../base/time.ts'
import type { Kind } from '../../guarantee/certificate.ts'
import { type Block, drawDown, heightOf, paragraph, setText, setWithin } from './blocks.ts'
import { keyPanel } from './key-panel.ts'
import { companyText, type Office, phoneText } from './office.ts'
import { A4, MM, type Paper, type Printed, type Style } from './paper.ts'
import type { Press } from './press.ts'
import { drawSheet } from './sheets.ts'
import { itemTable } from './table.ts'
import { bothDays, kindNames, missingNote, momentText, SAMPLE, yenText } from './words.ts'

/**
 * 「電子保証にかかる「認証キー」のお知らせ」 (desk-domain.md §3). No text longer than 200 code
 * points; nothing of the premium.
 */
export interface KeyNotice {
  /** The company's label for this paper, at most 60 code points. */
  title: string
  noticeNumber: string
  issuedOn: Day
  madeAt: Instant
  /** 発注者名, 富士市長. */
  ownerTitle: string
  contractorName: string
  jvName?: string
  kind: Kind
  worksName: string
  /** Whole yen. */
  guaranteedAmount: number
  contractNumber: string
  /** Twelve symbols. */
  authKey: string
  /** The confirmation site's origin, without a closing slash. */
  platformOrigin: string
  arrivedAt: Instant
  /** When this auth key took the place of a former one, which no longer works. */
  rekeyedAt?: Instant
  /** 新規, 変更 第2回. */
  event: string
  /** The owner's department that takes it. */
  handoverTo?: string
  /** Subject by the owner's template for the mail that carries this paper. */
  mailSubject?: string
  office: Office
  /** Made in a demo: the paper wears 見本. */
  sample?: boolean
}

const X = 20 * MM
const WIDTH = A4.width - 2 * X
const AREA = { x: X, top: 14 * MM, width: WIDTH, bottom: A4.height - 12 * MM }
const NONE = '―（記載なし）'
const ISSUED = '電子証書を発行しました。'
const REKEYED = '認証キーを再発行しました。以前のお知らせの認証キーは使えません。'

/** The key notice on one A4 sheet, whatever the lengths; read in one bit as well as in print. */
export async function printKeyNotice(press: Press, notice: KeyNotice): Promise<Printed> {
  const paper = await press.open({ title: notice.title, madeAt: notice.madeAt })
  drawSheet(paper, (density) => blocks(paper, notice, density), AREA)
  return paper.end()
}

function blocks(paper: Paper, notice: KeyNotice, density: number): Block[] {
  const lead: Style = { face: 'regular', size: 10.5 * density, leading: 1.65 }
  const made = [
    headLine(paper, notice),
    title(paper, notice, density),
    fromAndTo(paper, notice, density),
    paragraph(
      paper,
      `${notice.rekeyedAt === undefined ? ISSUED : REKEYED}確認サイトで保証契約番号と認証キーを入力し、内容をご確認ください。`,
      { style: lead, x: X, width: WIDTH, after: 9 * density },
    ),
    keyPanel(paper, notice, X, WIDTH),
    itemTable(paper, rows(notice), {
      x: X,
      width: WIDTH,
      labelWidth: 36 * MM,
      size: 10.5 * density,
      least: 20 * density,
      after: 12 * density,
    }),
    steps(paper, density),
    cautions(paper, density),
  ]
  // Only now every text was set, so that what the fonts lack is known.
  const note = missingNote(paper.missing)
  if (note === undefined) return made
  const style: Style = { face: 'regular', size: 9 * density, leading: 1.45 }
  return [...made, paragraph(paper, note, { style, x: X, width: WIDTH, after: 0 })]
}

function headLine(paper: Paper, { noticeNumber, issuedOn, sample }: KeyNotice): Block {
  const style: Style = { face: 'regular', size: 9.5, leading: 1.4 }
  const half = WIDTH / 2 - 14 * MM
  const number = setText(paper, `お知らせ番号　${noticeNumber}`, style, half)
  const date = setText(paper, `作成日　${bothDays(issuedOn)}`, style, WIDTH / 2)
  return {
    height: Math.max(number.height, date.height, 16),
    after: 9,
    draw(top) {
      paper.tag('P', () => number.draw(X, top))
      if (sample) sampleMark(paper, A4.width / 2 - 12 * MM, top)
      paper.tag('P', () => date.draw(X + WIDTH / 2, top, 'right'))
    },
  }
}

function sampleMark(paper: Paper, x: number, top: number): void {
  const style: Style = { face: 'regular', size: 12, leading: 1.3 }
  const width = 15 * MM
  paper.frame({ x: x - width / 2, y: top - 1, width, height: 17 }, 1)
  paper.tag('P', () => paper.write(SAMPLE, x - paper.width(SAMPLE, style) / 2, top, style))
}

function title(paper: Paper, notice: KeyNotice, density: number): Block {
  const style: Style = { face: 'regular', heavy: true, size: 20 * density, leading: 1.4 }
  const sizes = [1, 0.9, 0.8, 0.72]
  const set = setWithin(paper, notice.title, style, { width: WIDTH, most: 1, sizes })
  return {
    height: set.height,
    after: 10 * density,
    draw: (top) => paper.tag('H1', () => set.draw(X, top, 'center')),
  }
}

/** The owner at the left, the company that writes at the right and a little lower. */
function fromAndTo(paper: Paper, { ownerTitle, office }: KeyNotice, density: number): Block {
  const to: Style = { face: 'regular', size: 15 * density, leading: 1.4 }
  const from: Style = { face: 'regular', size: 10 * density, leading: 1.5 }
  const sizes = [1, 0.9, 0.8, 0.72]
  const owner = setWithin(paper, `${ownerTitle}　殿`, to, { width: WIDTH, most: 2, sizes })
  const phone = phoneText(office)
  const lines = [`取扱店　${companyText(office)}`, ...(phone ? [phone] : [])]
  const most = { width: WIDTH * 0.72, most: 3, sizes: [1, 0.9, 0.8] }
  const company = lines.map((line) => setWithin(paper, line, from, most))
  return {
    height: owner.height + 2 + heightOf(company),
    after: 8 * density,
    draw(top) {
      const below = drawDown(paper, [owner], X, top)
      drawDown(paper, company, X + WIDTH - most.width, below + 2, 'right')
    },
  }
}

interface Row {
  label: string
  value: string
  style?: Partial<Style>
}

function rows(notice: KeyNotice): Row[] {
  return [
    { label: '確認サイト', value: notice.platformOrigin, style: { face: 'mono' } },
    { label: '保証の種類', value: `${kindNames[notice.kind]}（${notice.event}）` },
    { label: '工事名', value: notice.worksName },
    { label: '請負契約者', value: notice.contractorName },
    { label: 'JV名', value: notice.jvName ?? NONE },
    { label: '保証金額', value: `金 ${yenText(notice.guaranteedAmount)}` },
    { label: '電子保証発行日時', value: momentText(notice.arrivedAt) },
    ...optional('認証キー再発行日時', notice.rekeyedAt && momentText(notice.rekeyedAt)),
    ...optional('提出先', notice.handoverTo),
    ...optional('メールの件名例', notice.mailSubject),
  ]
}

function optional(label: string, value: string | undefined): Row[] {
  return value === undefined ? [] : [{ label, value }]
}

const STEPS = [
  '確認サイトを開きます。アドレスが同じことをお確かめください。',
  '保証契約番号と認証キーを入力し、「確認する」を押します。',
  '契約の内容と同じことを確認し、確認書を印刷します。',
]

function steps(paper: Paper, density: number): Block {
  const head: Style = { face: 'regular', size: 12.5 * density, leading: 1.5 }
  const style: Style = { face: 'regular', size: 10 * density, leading: 1.5 }
  const indent = 16 * density
  const sets = STEPS.map((step) => setText(paper, step, style, WIDTH - indent))
  return {
    height: paper.lineHeight(head) + 2 + heightOf(sets),
    after: 9 * density,
    draw(top) {
      paper.tag('H2', () => paper.write('確認の手順', X, top, head))
      let y = top + paper.lineHeight(head) + 2
      paper.group('L', () => {
        for (const [index, set] of sets.entries()) {
          const own = y
          paper.group('LI', () => {
            paper.tag('Lbl', () => paper.write(`${index + 1}.`, X, own, style))
            paper.tag('LBody', () => set.draw(X + indent, own))
          })
          y += set.height
        }
      })
    },
  }
}

const CAUTIONS = [
  'この書面は保証証書ではありません。保証の内容は確認サイトでお確かめください。',
  '認証キーを第三者に知らせないでください。',
]

function cautions(paper: Paper, density: number): Block {
  const size = 9.5 * density
  const sets = CAUTIONS.map((text) => {
    const style: Style = { face: 'regular', size, leading: 1.45 }
    return setText(paper, text, style, WIDTH)
  })
  const gap = 6 * density
  return {
    height: gap + heightOf(sets),
    after: 4 * density,
    draw(top) {
      paper.rule(X, top, X + WIDTH, top, 0.9)
      drawDown(paper, sets, X, top + gap)
    },
  }
}
