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

export function whole(value: number): string {
  return String(Math.round(value))
}

/** The value that `share` of the values do not exceed. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] as number
}

/** Of the straight line through the points, by least squares. */
export function slope(points: readonly (readonly [x: number, y: number])[]): number {
  const mean = (at: 0 | 1) => points.reduce((sum, point) => sum + point[at], 0) / points.length
  const [x, y] = [mean(0), mean(1)]
  const together = points.reduce((sum, point) => sum + (point[0] - x) * (point[1] - y), 0)
  return together / points.reduce((sum, point) => sum + (point[0] - x) ** 2, 0)
}
