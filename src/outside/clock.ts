import type { Clock } from '../ports.ts'

/** The machine's clocks. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  sleep: (milliseconds) =>
    new Promise((resolve) => {
      if (milliseconds > 0) setTimeout(resolve, milliseconds)
      else setImmediate(resolve)
    }),
}
