import type { FieldFault } from '../../base/fault.ts'
import { addDays } from '../../base/time.ts'
import { readClosed, wrong } from './closed.ts'
import { type Band, type RateTable, rateTableSchema } from './rate-table.ts'

/** What is printed wherever a premium of a demo table is. */
export const SAMPLE_MARK = '見本料率'

/** @throws Fault body_invalid with every wrong member */
export function readRateTable(value: unknown): RateTable {
  return readClosed('The rate table', rateTableSchema, value, tableFaults)
}

/** What is wrong between the members of one table; paths begin at the table. */
export function tableFaults(table: RateTable): FieldFault[] {
  const { tiers, period, classes, effectiveFrom, effectiveTo, demo, label } = table
  const faults = bandFaults('tiers.bands', tiers.bands)
  if (tiers.mode === 'flat' && tiers.bands.length > 1) {
    faults.push(wrong('tiers.bands', 'must be one band alone, for the mode is flat'))
  }
  if (period.mode === 'bands') faults.push(...bandFaults('period.bands', period.bands))
  const codes = new Set<string>()
  for (const [at, one] of classes.entries()) {
    if (codes.has(one.code)) faults.push(wrong(`classes.${at}.code`, 'is given twice'))
    codes.add(one.code)
    if (one.op === 'replaceBands') faults.push(...bandFaults(`classes.${at}.bands`, one.bands))
  }
  if (effectiveTo !== null && effectiveTo < effectiveFrom) {
    faults.push(wrong('effectiveTo', `must not be before effectiveFrom, ${effectiveFrom}`))
  }
  if (demo && !label.includes(SAMPLE_MARK)) {
    faults.push(wrong('label', `must say ${SAMPLE_MARK}, for demo is true`))
  }
  return faults
}

/** Every sum has one band: limits rise, and the last has none. */
function bandFaults(path: string, bands: readonly { upTo: number | null }[]): FieldFault[] {
  return bands.flatMap(({ upTo }, at) => {
    const last = at === bands.length - 1
    const field = `${path}.${at}.upTo`
    if (last && upTo !== null) {
      return [wrong(field, `must be null: nothing above ${upTo} would have a band`)]
    }
    if (!last && upTo === null) return [wrong(field, 'must be a limit: only the last band is open')]
    const before = bands[at - 1]?.upTo
    return upTo !== null && typeof before === 'number' && upTo <= before
      ? [wrong(field, `must be above the limit of the band before it, ${before}`)]
      : []
  })
}

/** What is wrong between the tables of a company; paths begin with the index of a table. */
export function tablesFaults(tables: readonly RateTable[]): FieldFault[] {
  return tables.flatMap((table, at) => {
    const others = tables.slice(0, at)
    const faults = others.some(({ id }) => id === table.id)
      ? [wrong(`${at}.id`, `is given twice: ${table.id}`)]
      : []
    const overlapping = others.find((other) => sameKind(other, table) && overlap(other, table))
    if (overlapping) {
      faults.push(
        wrong(`${at}.effectiveFrom`, `overlaps ${overlapping.id}: a day has one table of a kind`),
      )
    }
    return faults
  })
}

function sameKind(a: RateTable, b: RateTable): boolean {
  return a.issuerId === b.issuerId && a.kind === b.kind
}

function overlap(a: RateTable, b: RateTable): boolean {
  return reaches(a, b.effectiveFrom) && reaches(b, a.effectiveFrom)
}

function reaches({ effectiveTo }: RateTable, day: string): boolean {
  return effectiveTo === null || effectiveTo >= day
}

/** What is allowed and may yet be a slip: falls of the premium, and days without a table. */
export function tablesWarnings(tables: readonly RateTable[]): FieldFault[] {
  return tables.flatMap((table, at) => [
    ...cliffs(table).map((text) => wrong(`${at}.tiers.bands`, text)),
    ...gapAfter(table, tables).map((text) => wrong(`${at}.effectiveTo`, text)),
  ])
}

/** Where all of a sum goes by one rate, one yen more may cost less. */
function cliffs({ tiers: { mode, bands } }: RateTable): string[] {
  if (mode !== 'whole') return []
  return bands.flatMap(({ upTo }, at) => {
    const [band, next] = [bands[at], bands[at + 1]]
    if (upTo === null || !band || !next) return []
    const [below, above] = [premiumOf(band, upTo), premiumOf(next, upTo + 1)]
    return above < below
      ? [`the premium falls from ${below / 1_000_000n} to ${above / 1_000_000n} yen above ${upTo}`]
      : []
  })
}

/** In millionths of a yen. */
function premiumOf(band: Band, amount: number): bigint {
  return 'ratePpm' in band
    ? BigInt(amount) * BigInt(band.ratePpm)
    : BigInt(band.fixedYen) * 1_000_000n
}

function gapAfter(table: RateTable, tables: readonly RateTable[]): string[] {
  if (table.effectiveTo === null) return []
  const next = addDays(table.effectiveTo, 1)
  const later = tables.filter((one) => sameKind(one, table) && one.effectiveFrom >= next)
  return later.some(({ effectiveFrom }) => effectiveFrom === next)
    ? []
    : [`no table of ${table.kind} holds on ${next}: nothing can be issued then`]
}
