/** A whole number from 0 to `below` − 1, the next of its row. */
export type Below = (below: number) => number

/** Mulberry32: small, seeded, good enough to choose what to break. */
export function seeded(seed: number): Below {
  let state = seed
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}
