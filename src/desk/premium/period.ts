import { addDays, type Day } from '../../base/time.ts'
import { type Fraction, PPM, times, whole } from './fraction.ts'
import type { RateTable } from './rate-table.ts'

export interface Term {
  start: Day
  end: Day
}

export interface PeriodUnits {
  unit: 'month' | 'day'
  /** Started months, or days. */
  units: number
  /** Blocks that were begun, where the table counts by blocks. */
  blocks?: number
}

type Period = RateTable['period']

/** How long a term is as the table counts it; undefined where the term has no part in the premium. */
export function unitsOf(period: Period, term: Term): PeriodUnits | undefined {
  if (period.mode === 'none') return undefined
  if (period.mode === 'prorata') return counted(period.base === 365 ? 'day' : 'month', term)
  if (period.mode === 'bands') return counted(period.unit, term)
  const last = period.count === 'inclusive' ? term.end : addDays(term.end, -1)
  const { unit, units } = counted(period.unit, { ...term, end: last })
  const begun = Math.ceil(units / period.blockSize)
  return { unit, units, blocks: Math.max(period.minBlocks, begun) }
}

/** What the term makes of a premium: the factor by which it is taken. */
export function factorOf(period: Period, counted: PeriodUnits | undefined): Fraction {
  if (period.mode === 'none' || counted === undefined) return whole(1)
  if (period.mode === 'block') return whole(counted.blocks ?? 0)
  if (period.mode === 'prorata') return { n: BigInt(counted.units), d: BigInt(period.base) }
  const band = period.bands.find(({ upTo }) => upTo === null || counted.units <= upTo)
  return times(whole(1), band?.factorPpm ?? 0, PPM)
}

function counted(unit: PeriodUnits['unit'], term: Term): PeriodUnits {
  return { unit, units: unit === 'day' ? daysIn(term) : startedMonths(term) }
}

/** Both ends counted; none where the end is before the start. */
export function daysIn({ start, end }: Term): number {
  return Math.max(0, Math.round((Date.parse(end) - Date.parse(start)) / 86_400_000) + 1)
}

/**
 * Months that were begun, both ends counted. A month ends on the eve of the day of the same number,
 * or, where there is none, on the last day of its month (民法 art. 143 (2)).
 */
function startedMonths({ start, end }: Term): number {
  if (end < start) return 0
  const [years, months] = [0, 1].map(
    (at) => Number(end.split('-')[at]) - Number(start.split('-')[at]),
  )
  let count = Math.max(1, (years ?? 0) * 12 + (months ?? 0))
  while (lastDayOf(start, count) < end) count++
  return count
}

function lastDayOf(start: Day, months: number): Day {
  const [year, month, date] = start.split('-').map(Number) as [number, number, number]
  const same = new Date(Date.UTC(year, month - 1 + months, date))
  if (same.getUTCDate() === date) return addDays(same.toISOString().slice(0, 10), -1)
  return new Date(Date.UTC(year, month + months, 0)).toISOString().slice(0, 10)
}
