import { foldWidth } from '../base/text.ts'
import { addDays, type Day, isDay } from '../base/time.ts'
import { MOST_YEN } from '../base/yen.ts'

/** The largest amount that a certificate may carry, in yen. */

/**
 * Yen as people write them (`20,000,000円`, `￥20,000,000`, `金 20,000,000円也`, full width), or
 * undefined: decimals, signs, kanji numerals and amounts outside 1 … 999,999,999,999 are not taken.
 */
export function readYen(text: string): number | undefined {
  const folded = foldWidth(text).replace(/[\s,、]/gu, '')
  const digits = /^金?[¥\\]?(\d{1,15})円?也?$/u.exec(folded)?.[1]
  if (digits === undefined) return undefined
  const yen = Number(digits)
  return yen >= 1 && yen <= MOST_YEN ? yen : undefined
}

/** The year before an era's first. */
const ERAS: Record<string, number> = {
  令和: 2018,
  R: 2018,
  平成: 1988,
  H: 1988,
  昭和: 1925,
  S: 1925,
}

const SEPARATED = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/u
const COMPACT = /^(\d{4})(\d\d)(\d\d)$/
const ERA = /^(令和|平成|昭和|[RHS])(\d{1,2}|元)[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/u

/**
 * A day as people write it (`令和7年11月14日`, `R7.11.14`, `2025/11/14`, `2025年11月14日`,
 * `20251114`, full width), or undefined where there is no such day.
 */
export function readDay(text: string): Day | undefined {
  const folded = foldWidth(text)
    .replace(/\s+/gu, '')
    .replace(/[‐−ー]/g, '-')
    .toUpperCase()
  const western = SEPARATED.exec(folded) ?? COMPACT.exec(folded)
  if (western) return existing(Number(western[1]), western[2], western[3])
  const era = ERA.exec(folded)
  if (!era) return undefined
  const year = era[2] === '元' ? 1 : Number(era[2])
  return year < 1 ? undefined : existing((ERAS[era[1] ?? ''] ?? 0) + year, era[3], era[4])
}

function existing(year: number, month = '', date = ''): Day | undefined {
  const day = `${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`
  return isDay(day) && addDays(day, 0) === day ? day : undefined
}
