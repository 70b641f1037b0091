import type { Random } from '../../ports.ts'

const FIRST = 1000
const LONGEST = 5 * 60_000

/**
 * Milliseconds until a submission is asked again after so many tries: 1 s, doubled each time, 5 min
 * at most, and up to half of it less, so that what failed together does not come back together.
 */
export function backoff(tries: number, random: Random): number {
  const whole = Math.min(LONGEST, FIRST * 2 ** Math.min(tries - 1, 20))
  const [chance = 0] = random(1)
  return Math.round(whole * (1 - chance / 512))
}
