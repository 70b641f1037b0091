import { type Instant, instant, milliseconds } from '../base/time.ts'
import { parseEntry } from '../log/entry.ts'
import { logReader, MissingPart } from '../platform/log/log-reader.ts'
import type { Store } from '../store/store.ts'

/**
 * Times as places: entries arrive in the order of their positions, so that a search by halves takes
 * the place of an index that every record would pay for.
 */
export function createPositions(store: Store) {
  const log = logReader(store)

  async function arrivedAt(position: number): Promise<Instant> {
    const bytes = await log.entryAt(position)
    const entry = bytes && parseEntry(bytes)
    if (!entry) throw new MissingPart(`entry ${position}`)
    return entry.arrived
  }

  /** The first of `size` entries that arrived at `at` or later; `size` when none did. */
  async function firstFrom(at: Instant, size: number): Promise<number> {
    let [low, high] = [0, size]
    while (low < high) {
      const middle = Math.floor((low + high) / 2)
      if ((await arrivedAt(middle)) < at) low = middle + 1
      else high = middle
    }
    return low
  }

  return {
    firstFrom,
    /** How many of `size` entries had arrived at an instant, itself included. */
    countUntil: (at: Instant, size: number): Promise<number> =>
      firstFrom(instant(milliseconds(at) + 1), size),
  }
}
