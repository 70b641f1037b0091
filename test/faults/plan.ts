import type { TestContext } from 'vitest'

/** The long form, `npm run faults`, does every fault many times; CI does the first few of them. */
export const LONG = process.env.FAULTS_FORM === 'long'

/** Where all that is random here begins; FAULTS_SEED repeats a run. */
export const SEED = Number(process.env.FAULTS_SEED ?? 1)

/** Milliseconds that a test may take: the long form is nobody's CI. */
export const PATIENCE = LONG ? 4 * 3600_000 : 300_000

/** What one test did and what came of it: a row of the table that the long form prints. */
export interface Row {
  fault: string
  times: number
  seeds?: string
  /** Answers that promised or showed something, each held against what is there afterwards. */
  answers: number
  /** Acknowledged and not there any more, there twice, and shown or told otherwise than it is. */
  lost: number
  twice: number
  wrong: number
}

declare module 'vitest' {
  interface TaskMeta {
    faults?: Row[]
  }
}

/** Adds a row to the table; the last one of a fault counts. */
export function tell({ task }: Pick<TestContext, 'task'>, row: Row): void {
  const others = (task.meta.faults ?? []).filter(({ fault }) => fault !== row.fault)
  task.meta.faults = [...others, row]
}

export interface Dice {
  /** A whole number from 0 up to `end`, without it. */
  below(end: number): number
  pick<T>(list: readonly T[]): T
}

/** mulberry32: the same seed, the same throws. */
export function diceOf(seed: number): Dice {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (end: number) => Math.floor(next() * end)
  return { below, pick: (list) => list[below(list.length)] as (typeof list)[number] }
}
