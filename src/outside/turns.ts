import type { Clock, Writing } from '../ports.ts'

/** Milliseconds after which a turn passes on: whoever had it was broken off. */
const LONGEST = 10_000
const NAP = 10

/**
 * One deed at a time, by looking again and again: on Workers no call may wait for a promise that
 * another one settles. Who comes first is left to chance.
 */
export function createTurns({ monotonic, sleep }: Clock): NonNullable<Writing['inTurn']> {
  let holder: { until: number } | undefined

  return async (deed) => {
    while (holder && monotonic() < holder.until) await sleep(NAP)
    const mine = { until: monotonic() + LONGEST }
    holder = mine
    try {
      return await deed()
    } finally {
      if (holder === mine) holder = undefined
    }
  }
}
