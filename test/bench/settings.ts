import type { Day } from '../../src/base/time.ts'

/** What all cases share. */
export interface BenchSettings {
  /** How often the contenders take turns, and how long each turn is. */
  rounds: number
  milliseconds: number
  /** Of the key that signed the data, so that more can be signed. */
  seed: Uint8Array
  today: Day
  /** For what a case writes. */
  folder: string
  /** Seeded: two runs ask the same questions. */
  random: () => number
  /** A port that nobody listens on. */
  port: () => number
  /** A folder with data, made when it is not there; each case gets a copy that it may change. */
  data(size: 'empty' | 'small' | 'large'): Promise<{ dataDir: string; guarantees: number }>
}
