import { type Day, type Instant, westernDay } from '../../base/time.ts'
import type { Kind } from '../../guarantee/certificate.ts'
import type { OpenStatement } from '../company/open-statements.ts'
import { accountText, type PremiumAccount } from '../company/payee.ts'
import { type Block, drawDown, heightOf, paragraph, setText, setWithin } from './blocks.ts'
import { companyText, type Office, phoneText } from './office.ts'
import { openFacts } from './open-words.ts'
import { A4, MM, type Paper, type Printed, type Style } from './paper.ts'
import type { Press } from './press.ts'
import { drawSheets } from './sheets.ts'
import { type Quote, reckoningOf } from './statement-lines.ts'
import { type Cell, itemTable, table } from './table.ts'
import { bothDays, kindNames, missingNote, SAMPLE, STATEMENT_TITLES, yenText } from './words.ts'

/** 保証料計算書 or 保証料返還計算書 (desk-domain.md §0.5, §1.2). */
export interface Statement {
  type: 'charge' | 'refund'
  number: string
  issuedOn: Day
  madeAt: Instant
  billTo: { name: string; postalCode?: string; address?: string }
  contractorName: string
  ownerTitle: string
  worksName: string
  kind: Kind
  contractNumber?: string
  quote: Quote
  paymentMethod: 'monthly_lump' | 'per_case'
  /** 支払期限. */
  dueOn?: Day
  /** 振込先, where the company has said it. */
  account?: PremiumAccount
  /** What else of the guarantee is open, while it is itself, on the day of printing. */
  beside?: { open: readonly OpenStatement[]; asOf: Day }
  /** The day on which it was received or given back, if it was. */
  settledOn?: Day
  office: Office
  /** Made in a demo: the paper wears 見本. */
  sample?: boolean
}

const X = 20 * MM
const WIDTH = A4.width - 2 * X
const AREA = { x: X, top: 16 * MM, width: WIDTH, bottom: A4.height - 20 * MM }
const LABEL_WIDTH = 36 * MM

const leads = {
  charge: '下記のとおり保証料を計算しましたので、お知らせします。',
  refund: '下記のとおり返還する保証料を計算しましたので、お知らせします。',
} as const
const totals = { charge: 'お支払いいただく保証料', refund: '返還する保証料' } as const
const settled = { charge: '受領日', refund: '返還日' } as const

/** The statement of one guarantee; wears 見本料率 wherever the table of rates is a sample. */
export async function printStatement(press: Press, statement: Statement): Promise<Printed> {
  const { type, number, madeAt } = statement
  const paper = await press.open({ title: `${STATEMENT_TITLES[type]}（${number}）`, madeAt })
  drawSheets(paper, (density) => blocks(paper, statement, density), AREA, {
    foot: (sheet, of) => foot(paper, statement, `${sheet}／${of}`),
  })
  return paper.end()
}

function blocks(paper: Paper, statement: Statement, density: number): Block[] {
  const { type, quote } = statement
  const text: Style = { face: 'regular', size: 10.5 * density, leading: 1.6 }
  const small: Style = { face: 'regular', size: 9 * density, leading: 1.5 }
  const { head, rows, notes } = reckoningOf(quote)
  const width = WIDTH
  const made = [
    marks(paper, statement),
    title(paper, statement, density),
    fromAndTo(paper, statement, density),
    paragraph(paper, leads[type], { style: text, x: X, width, after: 8 * density }),
    total(paper, statement, density),
    items(paper, statement, density),
    paragraph(paper, '計算の内訳', {
      style: { face: 'bold', size: 11 * density, leading: 1.5 },
      x: X,
      width,
      after: 3 * density,
      tag: 'H2',
    }),
    table(paper, [headOf(head), ...rows], {
      x: X,
      columns: [0.31, 0.23, 0.23, 0.23].map((share) => share * WIDTH),
      size: 10 * density,
      least: 21 * density,
      after: 6 * density,
    }),
    ...[...notes, rateTableText(quote), '保証料は消費税の非課税取引です。'].map((note) =>
      paragraph(paper, note, { style: small, x: X, width, after: 1 }),
    ),
  ]
  const note = missingNote(paper.missing)
  return note ? [...made, paragraph(paper, note, { style: small, x: X, width, after: 0 })] : made
}

function headOf(head: readonly string[]): Cell[] {
  return head.map((text): Cell => ({ text, header: 'Column', align: 'center' }))
}

function rateTableText({ rateTableLabel, rateTableId, rateTableSha256, termsId }: Quote): string {
  return `料率表　${rateTableLabel}（${rateTableId}、照合値 ${rateTableSha256.slice(0, 12)}）　約款 ${termsId}`
}

/** 見本 and 見本料率 in frames at the left, number and day at the right. */
function marks(paper: Paper, { number, issuedOn, quote, sample }: Statement): Block {
  const style: Style = { face: 'regular', size: 9.5, leading: 1.5 }
  const boxed: Style = { face: 'bold', size: 12, leading: 1.2 }
  const lines = [`番号　${number}`, `作成日　${bothDays(issuedOn)}`]
  const sets = lines.map((line) => setText(paper, line, style, WIDTH * 0.6))
  const boxes = [...(sample ? [SAMPLE] : []), ...(quote.mark ? [quote.mark] : [])]
  return {
    height: 2 * paper.lineHeight(style),
    after: 10,
    draw(top) {
      let left = X
      for (const text of boxes) {
        const width = paper.width(text, boxed) + 12
        const at = left
        paper.frame({ x: at, y: top, width, height: 22 }, 1.2)
        paper.tag('P', () => paper.write(text, at + 6, top + 4, boxed))
        left += width + 6
      }
      drawDown(paper, sets, X + WIDTH * 0.4, top, 'right')
    },
  }
}

function title(paper: Paper, { type }: Statement, density: number): Block {
  const style: Style = { face: 'bold', size: 20 * density, leading: 1.4 }
  const set = setText(paper, STATEMENT_TITLES[type], style, WIDTH)
  return {
    height: set.height,
    after: 12 * density,
    draw: (top) => paper.tag('H1', () => set.draw(X, top, 'center')),
  }
}

/** Who is billed at the left, who writes at the right and below. */
function fromAndTo(paper: Paper, { billTo, office }: Statement, density: number): Block {
  const to: Style = { face: 'regular', size: 13 * density, leading: 1.4 }
  const from: Style = { face: 'regular', size: 9.5 * density, leading: 1.5 }
  const sizes = { most: 3, sizes: [1, 0.86, 0.72] }
  const address = [billTo.postalCode && `〒${billTo.postalCode}`, billTo.address].filter(Boolean)
  const left = [
    ...address.map((line) =>
      setWithin(paper, String(line), from, { width: WIDTH * 0.7, ...sizes }),
    ),
    setWithin(paper, `${billTo.name}　御中`, to, { width: WIDTH * 0.8, ...sizes }),
  ]
  const lines = [`取扱店　${companyText(office)}`, office.address, phoneText(office)]
  const right = lines
    .filter((line) => line !== undefined)
    .map((line) => setWithin(paper, line, from, { width: WIDTH * 0.7, ...sizes }))
  return {
    height: heightOf([...left, ...right]) + 2,
    after: 10 * density,
    draw(top) {
      const below = drawDown(paper, left, X, top)
      drawDown(paper, right, X + WIDTH * 0.3, below + 2, 'right')
    },
  }
}

/** The sum, framed and in the largest type. */
function total(paper: Paper, { type, quote }: Statement, density: number): Block {
  const label: Style = { face: 'regular', size: 12 * density, leading: 1.4 }
  const sum: Style = { face: 'bold', size: 20 * density, leading: 1.4 }
  const text = `金${yenText(quote.yen)}`
  const height = paper.lineHeight(sum) + 12
  return {
    height,
    after: 10 * density,
    draw(top) {
      paper.frame({ x: X, y: top, width: WIDTH, height }, 1.4)
      const middle = top + height / 2
      paper.tag('P', () => {
        paper.write(totals[type], X + 12, middle - paper.lineHeight(label) / 2, label)
        const right = X + WIDTH - 12 - paper.width(text, sum)
        paper.write(text, right, middle - paper.lineHeight(sum) / 2, sum)
      })
    },
  }
}

function items(paper: Paper, statement: Statement, density: number): Block {
  const { kind, contractNumber, type, settledOn } = statement
  const rows = [
    { label: '保証の種類', value: kindNames[kind] },
    { label: '保証契約番号', value: contractNumber ?? '―（発行前）' },
    { label: '発注者', value: statement.ownerTitle },
    { label: '工事名', value: statement.worksName },
    { label: '請負契約者', value: statement.contractorName },
    ...(type === 'charge' ? paymentRows(statement) : []),
    ...openRows(statement),
    ...(settledOn ? [{ label: settled[type], value: bothDays(settledOn) }] : []),
  ]
  return itemTable(paper, rows, {
    x: X,
    width: WIDTH,
    labelWidth: LABEL_WIDTH,
    size: 10.5 * density,
    least: 21 * density,
    after: 12 * density,
  })
}

function openRows({ type, quote, beside }: Statement): { label: string; value: string }[] {
  if (!beside) return []
  const asOf = `（${westernDay(beside.asOf)}現在）`
  return openFacts({ type, yen: quote.yen }, beside.open).map(([label, value]) => ({
    label,
    value: value + asOf,
  }))
}

/** How it is paid, and until when and where, while it is open. */
function paymentRows({
  quote,
  paymentMethod,
  dueOn,
  account,
  office,
  settledOn,
}: Statement): { label: string; value: string }[] {
  const method = (value: string) => ({ label: '保証料支払方法', value })
  if (paymentMethod === 'monthly_lump') {
    return [method('一括納付（当月分をまとめて、翌月のご請求に含めます）')]
  }
  const phone = phoneText(office)
  const where = account
    ? [
        { label: '振込先', value: accountText(account) },
        { label: '口座名義', value: account.holderKana },
      ]
    : [{ label: '振込先', value: `取扱店へお問い合わせください${phone ? `　${phone}` : ''}` }]
  return [
    method(quote.for === 'issue' ? '都度納付（発行の前）' : '都度納付'),
    ...(dueOn ? [{ label: '支払期限', value: bothDays(dueOn) }] : []),
    ...(settledOn ? [] : where),
  ]
}

function foot(paper: Paper, { type, number, quote }: Statement, page: string): void {
  const style: Style = { face: 'regular', size: 8.5, leading: 1.4 }
  const top = A4.height - 14 * MM
  const mark = quote.mark ? `　${quote.mark}による計算です。実在の料率ではありません。` : ''
  paper.rule(X, top - 3, X + WIDTH, top - 3, 0.5)
  paper.tag('P', () => {
    paper.write(`${STATEMENT_TITLES[type]} ${number}${mark}`, X, top, style)
    paper.write(page, X + WIDTH - paper.width(page, style), top, style)
  })
}
