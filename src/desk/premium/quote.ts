import { hex, sha256, utf8 } from '../../base/bytes.ts'
import { Fault } from '../../base/fault.ts'
import type { Day, Instant } from '../../base/time.ts'
import { MOST_YEN } from '../../base/yen.ts'
import type { PeriodUnits } from './period.ts'
import { type Premium, type PremiumInput, type PremiumLine, premiumOf } from './premium.ts'
import type { RatedKind, RateTable } from './rate-table.ts'
import { SAMPLE_MARK } from './rate-table-checks.ts'

/** The table that a premium came from, as it is kept and printed with it. */
export interface TableNamed {
  rateTableId: string
  /** Of the table's JSON with its members in order of name, hex. */
  rateTableSha256: string
  rateTableLabel: string
  termsId: string
  /** 見本料率; with every premium of a demo table. */
  mark?: typeof SAMPLE_MARK
  tax: 'exempt'
}

/** How a premium (保証料) came about, whole: kept with the statement and printed on it. */
export interface PremiumQuote extends TableNamed {
  for: 'issue'
  inputs: PremiumInput
  lines: PremiumLine[]
  periodUnits?: PeriodUnits
  classesApplied: Premium['classesApplied']
  /** Yen after rounding. */
  beforeMinimum: number
  minimumApplied: boolean
  yen: number
  computedAt: Instant
}

/**
 * The premium of a guarantee, from the table alone.
 * @throws Fault amount_invalid when the sum or the premium is no sum of a guarantee, claim_invalid
 *   when the term ends before it starts
 */
export function quote(table: RateTable, inputs: PremiumInput, computedAt: Instant): PremiumQuote {
  checkInput(inputs)
  const premium = premiumOf(table, inputs)
  const beforeMinimum = asYen(premium.beforeMinimum)
  const yen = Math.max(beforeMinimum, table.minimumYen)
  return {
    for: 'issue',
    ...named(table),
    inputs,
    ...premium,
    beforeMinimum,
    minimumApplied: yen > beforeMinimum,
    yen,
    computedAt,
  }
}

/** The table of a kind on a day; undefined where the company has none for it. */
export function tableOn(
  tables: readonly RateTable[],
  kind: RatedKind,
  day: Day,
): RateTable | undefined {
  return tables.find(
    (table) =>
      table.kind === kind &&
      table.effectiveFrom <= day &&
      (table.effectiveTo === null || day <= table.effectiveTo),
  )
}

export function named(table: RateTable): TableNamed {
  return {
    rateTableId: table.id,
    rateTableSha256: hex(sha256(utf8(canonical(table)))),
    rateTableLabel: table.label,
    termsId: table.termsId,
    ...(table.demo && { mark: SAMPLE_MARK }),
    tax: table.tax,
  }
}

/** One spelling for one table, in whatever order its members were written. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, member: unknown) =>
    typeof member === 'object' && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  )
}

export function checkInput({ guaranteedAmount, coverage }: PremiumInput): void {
  const isYen = Number.isInteger(guaranteedAmount) && guaranteedAmount >= 1
  if (!isYen || guaranteedAmount > MOST_YEN) {
    throw new Fault('amount_invalid', `${guaranteedAmount} is no sum of a guarantee in whole yen.`)
  }
  if (coverage.end < coverage.start) {
    const detail = `The term ends on ${coverage.end}, before it starts. Check the days.`
    throw new Fault('claim_invalid', detail)
  }
}

/** @throws Fault amount_invalid for more than any sum may be */
export function asYen(yen: bigint): number {
  if (yen <= BigInt(MOST_YEN)) return Number(yen)
  throw new Fault('amount_invalid', `A premium of ${yen} yen is none. Check the rate table.`)
}
