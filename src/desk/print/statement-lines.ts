import type { CancelQuote, CancelStage } from '../premium/cancel.ts'
import type { ChangeQuote } from '../premium/change.ts'
import type { ChangeRule, ChangeStep } from '../premium/change-step.ts'
import type { BandReached } from '../premium/premium.ts'
import type { PremiumQuote } from '../premium/quote.ts'
import type { ReversalQuote } from '../premium/reversal.ts'
import type { Cell } from './table.ts'
import { bothDays, STATEMENT_TITLES, yenText } from './words.ts'

export type Quote = PremiumQuote | ChangeQuote | CancelQuote | ReversalQuote

/** How the sum came about: a table with a head, and what is said below it. */
export interface Reckoning {
  head: string[]
  rows: Cell[][]
  notes: string[]
}

export function reckoningOf(quote: Quote): Reckoning {
  if (quote.for === 'issue') return ofIssue(quote)
  if (quote.for === 'reversal') return ofReversal(quote)
  return quote.for === 'change' ? ofChange(quote) : ofCancel(quote)
}

const number = (text: string): Cell => ({ text, align: 'right' })

function ofIssue(quote: PremiumQuote): Reckoning {
  const { lines, inputs, periodUnits, classesApplied, beforeMinimum, minimumApplied } = quote
  const rows = lines.map(({ part, ratePpm, fixedYen, subtotal }, index): Cell[] => [
    { text: `保証金額の区分 ${index + 1}`, header: 'Row' },
    number(yenText(part)),
    number(ratePpm === undefined ? `定額 ${yenText(fixedYen ?? 0)}` : percent(ratePpm)),
    number(exactYen(subtotal)),
  ])
  return {
    head: ['区分', '対象の金額', '料率', '保証料'],
    rows,
    notes: [
      `保証期間　${bothDays(inputs.coverage.start)}から${bothDays(inputs.coverage.end)}まで`,
      ...(periodUnits ? [termText(periodUnits)] : []),
      ...classesApplied.map(({ label }) => `料率の区分　${label}`),
      ...(minimumApplied
        ? [`計算額 ${yenText(beforeMinimum)}が最低保証料を下回るため、最低保証料によります。`]
        : []),
    ],
  }
}

function termText({ unit, units, blocks }: NonNullable<PremiumQuote['periodUnits']>): string {
  const counted = unit === 'month' ? `${units}か月` : `${units}日`
  return `期間の計算　${counted}${blocks === undefined ? '' : `（${blocks}期間分）`}`
}

const rules: Readonly<Record<ChangeRule, string>> = {
  increase: '増額',
  decrease: '減額',
  expiryOnly: '保証期間の変更',
}

function ofChange({ steps, inputs, chargedYen, correction }: ChangeQuote): Reckoning {
  const { was, becomes, on } = inputs
  const what = correction ? '訂正' : '変更'
  const rows = steps.map(({ rule, before, after, yen }): Cell[] => [
    { text: rules[rule], header: 'Row' },
    number(yenText(before)),
    number(yenText(after)),
    number(signed(yen)),
  ])
  return {
    head: [`${what}の内容`, `${what}前の保証料`, `${what}後の保証料`, '差額'],
    rows,
    notes: [
      `${what}日　${bothDays(on)}`,
      ...bandNotes(steps),
      ...changed('保証金額', yenText(was.guaranteedAmount), yenText(becomes.guaranteedAmount)),
      ...changed('保証期間の終わり', bothDays(was.coverage.end), bothDays(becomes.coverage.end)),
      `これまでの保証料　${yenText(chargedYen)}`,
    ],
  }
}

/** Why a step of a table that takes all of a sum by one band comes to what it does, a sentence each. */
export function bandNotes(steps: readonly ChangeStep[]): string[] {
  return steps.flatMap(({ bands, rule, yen }) => {
    if (!bands) return []
    const against = (rule === 'increase' && yen < 0) || (rule === 'decrease' && yen > 0)
    const which = `保証金額の区分が「${bandText(bands.before)}」から「${bandText(bands.after)}」に変わります。`
    const ends = `${rules[rule]}ですが保証料は${yen < 0 ? '下がります' : '上がります'}。`
    return [`${which}料率は保証金額の全額に掛か${against ? `るため、${ends}` : 'ります。'}`]
  })
}

function bandText(band: BandReached): string {
  const { above, upTo } = band
  const to = upTo === null ? '' : `${yenText(upTo)}以下`
  const range = above === 0 ? to || 'すべて' : `${yenText(above)}超${to && '、'}${to}`
  return `${range}　${'ratePpm' in band ? percent(band.ratePpm) : `定額${yenText(band.fixedYen)}`}`
}

function changed(label: string, was: string, becomes: string): string[] {
  return was === becomes ? [] : [`${label}　${was}から${becomes}へ`]
}

const stages: Readonly<Record<CancelStage, string>> = {
  before_handover: '証書の交付前',
  before_advance_paid: '前払金の支払前',
  after_advance_paid: '前払金の支払後',
}

function ofCancel({ stage, chargedYen, refundPpm, retainYen, yen }: CancelQuote): Reckoning {
  return {
    head: ['解約の時期', 'これまでの保証料', '返還の割合', '返還額'],
    rows: [
      [
        { text: stages[stage], header: 'Row' },
        number(yenText(chargedYen)),
        number(percent(refundPpm)),
        number(yenText(yen)),
      ],
    ],
    notes: retainYen > 0 ? [`控除額　${yenText(retainYen)}`] : [],
  }
}

/** Parts per million as a percentage: 650 → 0.065%. */
function percent(ppm: number): string {
  return `${ppm / 10_000}%`
}

/** Exact yen, `12000.003` → 12,000.003円. */
function exactYen(text: string): string {
  const [whole = '0', part] = text.split('.')
  const yen = yenText(Number(whole))
  return part === undefined ? yen : yen.replace('円', `.${part}円`)
}

function signed(yen: number): string {
  return yen < 0 ? `△${yenText(-yen)}` : yenText(yen)
}

function ofReversal(quote: ReversalQuote): Reckoning {
  const { statements, chargedYen, type, yen, notIssued } = quote
  const after = chargedYen + (type === 'charge' ? yen : -yen)
  return {
    head: ['取り消す計算書', '番号', '金額', '差額'],
    rows: statements.map((one): Cell[] => [
      { text: STATEMENT_TITLES[one.type], header: 'Row' },
      number(one.number),
      number(yenText(one.yen)),
      number(signed(one.type === 'charge' ? -one.yen : one.yen)),
    ]),
    notes: [
      notIssued
        ? '保証を発行していないため、上の計算書の全額を返還します。'
        : '変更取消により、上の計算書の全額を取り消します。',
      `これまでの保証料　${yenText(chargedYen)}`,
      `取消後の保証料　${yenText(after)}`,
    ],
  }
}
