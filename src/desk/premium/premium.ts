import { decimal, type Fraction, PPM, rounded, sum, times, whole } from './fraction.ts'
import { factorOf, type PeriodUnits, type Term, unitsOf } from './period.ts'
import type { Band, RateClass, RateTable } from './rate-table.ts'

/** What a premium depends on beside the table. Sums are whole yen. */
export interface PremiumInput {
  guaranteedAmount: number
  /** 保証期間; for an advance from the day of the guarantee to 保証期限. */
  coverage: Term
  /** How the company has classed the contractor. */
  contractorClass?: string
}

/** What one band brings, before the term and the classes. */
export interface PremiumLine {
  /** Yen of the sum that lie in the band. */
  part: number
  ratePpm?: number
  fixedYen?: number
  /** Exact yen, up to six decimals: `12000`, `0.003`. */
  subtotal: string
}

export interface Premium {
  lines: PremiumLine[]
  periodUnits?: PeriodUnits
  classesApplied: { code: string; label: string; op: RateClass['op'] }[]
  /** Rounded. */
  beforeMinimum: bigint
}

/** The premium of a sum over a term, in integers throughout, before any minimum. */
export function premiumOf(table: RateTable, input: PremiumInput): Premium {
  const classes = classesFor(table, input)
  const { lines, parts, units } = reckoned(table, input, classes)
  const { rounding } = table
  const beforeMinimum =
    rounding.stage === 'per_band'
      ? parts.reduce((all, part) => all + rounded(part, rounding), 0n)
      : rounded(sum(parts), rounding)
  return {
    lines,
    ...(units && { periodUnits: units }),
    classesApplied: classes.map(({ code, label, op }) => ({ code, label, op })),
    beforeMinimum,
  }
}

/** The band by which all of a sum goes, with the rate that the classes leave of it. */
export type BandReached = Band & { above: number }

/** @returns undefined with a table whose bands take a part of the sum each */
export function bandReached(table: RateTable, input: PremiumInput): BandReached | undefined {
  if (table.tiers.mode !== 'whole') return undefined
  const { bands } = classesFor(table, input).reduce(afterClass, table.tiers)
  const [{ band }] = byWhole(bands, input)
  return { ...band, above: bands[bands.indexOf(band) - 1]?.upTo ?? 0 }
}

/** The classes that hold for the contractor, of each group the one with the lowest premium, by order. */
function classesFor(table: RateTable, input: PremiumInput): RateClass[] {
  const best = new Map<string, { one: RateClass; premium: Fraction }>()
  const byOrder = [...table.classes].sort((a, b) => a.order - b.order)
  for (const one of byOrder.filter((candidate) => holds(candidate, input))) {
    const premium = sum(reckoned(table, input, [one]).parts)
    const other = best.get(one.stackGroup)
    if (!other || premium.n * other.premium.d < other.premium.n * premium.d) {
      best.set(one.stackGroup, { one, premium })
    }
  }
  return byOrder.filter((one) => best.get(one.stackGroup)?.one === one)
}

function holds({ when }: RateClass, { contractorClass }: PremiumInput): boolean {
  return when.contractorClass === undefined || when.contractorClass === contractorClass
}

interface Reckoned {
  lines: PremiumLine[]
  /** What each band brings, term and classes included; not rounded. */
  parts: Fraction[]
  units: PeriodUnits | undefined
}

function reckoned(table: RateTable, input: PremiumInput, classes: readonly RateClass[]): Reckoned {
  const { mode, bands } = classes.reduce(afterClass, table.tiers)
  const slices = mode === 'marginal' ? marginal(bands, input) : byWhole(bands, input)
  const units = unitsOf(table.period, input.coverage)
  const factors = [
    factorOf(table.period, units),
    ...classes.flatMap((one) =>
      one.op === 'multiply' ? [{ n: BigInt(one.factorPpm), d: PPM }] : [],
    ),
  ]
  return {
    lines: slices.map(({ part, band, premium }) => ({
      part,
      ...('ratePpm' in band ? { ratePpm: band.ratePpm } : { fixedYen: band.fixedYen }),
      subtotal: decimal(premium),
    })),
    parts: slices.map(({ premium }) =>
      factors.reduce((all, by) => times(all, by.n, by.d), premium),
    ),
    units,
  }
}

type Tiers = RateTable['tiers']

function afterClass(tiers: Tiers, one: RateClass): Tiers {
  if (one.op === 'replaceBands') return { ...tiers, bands: one.bands }
  if (one.op !== 'subtractPpm') return tiers
  const bands = tiers.bands.map((band) =>
    'ratePpm' in band ? { ...band, ratePpm: Math.max(0, band.ratePpm - one.ratePpm) } : band,
  )
  return { ...tiers, bands }
}

interface Slice {
  part: number
  band: Band
  premium: Fraction
}

function slice(part: number, band: Band): Slice {
  const premium = 'ratePpm' in band ? times(whole(part), band.ratePpm, PPM) : whole(band.fixedYen)
  return { part, band, premium }
}

/** Each band takes what lies above the one before it. */
function marginal(bands: readonly Band[], { guaranteedAmount }: PremiumInput): Slice[] {
  return bands.flatMap((band, at) => {
    const from = bands[at - 1]?.upTo ?? 0
    const to = Math.min(band.upTo ?? guaranteedAmount, guaranteedAmount)
    return to > from ? [slice(to - from, band)] : []
  })
}

/** All of the sum goes by the band that it reaches. */
function byWhole(bands: readonly Band[], { guaranteedAmount }: PremiumInput): [Slice] {
  const band = bands.find(({ upTo }) => upTo === null || guaranteedAmount <= upTo) as Band
  return [slice(guaranteedAmount, band)]
}
