/** One figure of the table: what was reached, against what, and what was asked. */
export interface Figure {
  work: string
  /** What it is held against. */
  against: string
  /** The ratio reached, the median over the rounds of one run. */
  ratio: number
  reach: number
  /** Whether the ratio should be at least, or at most, `reach`. */
  better: 'more' | 'less'
  /** Absolute numbers behind it, for whoever wonders; they differ from machine to machine. */
  detail: string
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1
    ? (sorted[middle] as number)
    : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2
}

/** Runs the contenders by turns, so that what else the machine does meets all of them alike. */
export async function byTurns<Name extends string>(
  rounds: number,
  contenders: Record<Name, () => Promise<number> | number>,
): Promise<Record<Name, number[]>> {
  const names = Object.keys(contenders) as Name[]
  const results = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<
    Name,
    number[]
  >
  for (let round = 0; round < rounds; round++) {
    for (const name of names) results[name].push(await contenders[name]())
  }
  return results
}

/** The median of the ratios of each round: what was slow for one was slow for the other. */
export function pairedRatio(own: readonly number[], other: readonly number[]): number {
  return median(own.map((value, i) => value / (other[i] as number)))
}

export function isReached({ ratio, reach, better }: Figure): boolean {
  return better === 'more' ? ratio >= reach : ratio <= reach
}
