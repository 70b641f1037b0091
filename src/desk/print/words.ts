import {
  clockInTokyo,
  type Day,
  dayInTokyo,
  eraDay,
  type Instant,
  westernDay,
} from '../../base/time.ts'
import type { Kind } from '../../guarantee/certificate.ts'

export const kindNames: Readonly<Record<Kind, string>> = {
  advance_payment: '前払金保証',
  interim_advance_payment: '中間前払金保証',
  contract: '契約保証',
  performance_bond: '公共工事履行保証証券',
}

/** 令和7年11月20日（2025年11月20日）. */
export function bothDays(day: Day): string {
  return `${eraDay(day)}（${westernDay(day)}）`
}

/** 令和7年11月20日（2025年11月20日）14:05（日本時間）. */
export function momentText(at: Instant): string {
  return `${bothDays(dayInTokyo(at))}${clockInTokyo(at)}（日本時間）`
}

const integers = new Intl.NumberFormat('ja-JP')

/** 20,000,000円. */
export function yenText(yen: number): string {
  return `${integers.format(yen)}円`
}

export const SAMPLE = '見本'

/** The note under a paper in which 〓 or a usual form stands for what the fonts lack. */
export function missingNote(missing: ReadonlySet<string>): string | undefined {
  if (missing.size === 0) return undefined
  const points = [...missing].slice(0, 6).map(codePointsText)
  const more = missing.size > points.length ? `ほか${missing.size - points.length}字` : ''
  return `〓は外字（表示できない文字）です。異体字で書体にない字形は標準の字形で表示しています（${points.join('、')}${more && `、${more}`}）。`
}

function codePointsText(text: string): string {
  return [...text]
    .map((one) => `U+${(one.codePointAt(0) as number).toString(16).toUpperCase().padStart(4, '0')}`)
    .join(' ')
}

/** Titles of the statements of premiums. */
export const STATEMENT_TITLES = { charge: '保証料計算書', refund: '保証料返還計算書' } as const
