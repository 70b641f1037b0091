const LENGTH = 32
/** Places that one digest may stand in; the oldest of them gives way. */
const WAYS = 8

/**
 * Remembers SHA-256 digests in a fixed amount of memory, 32 bytes each. What it has forgotten it
 * says it does not know; it never says that it knows what it was not told.
 */
export class DigestSet {
  readonly #digests: Uint8Array
  /** For each row how many were added, counted round from WAYS again once all places are taken. */
  readonly #added: Uint8Array

  /** @param rows each remembers eight digests; memory is touched as they fill */
  constructor(rows: number) {
    this.#digests = new Uint8Array(rows * WAYS * LENGTH)
    this.#added = new Uint8Array(rows)
  }

  has(digest: Uint8Array): boolean {
    const row = this.#row(digest)
    const taken = Math.min(this.#added[row] as number, WAYS)
    for (let way = 0; way < taken; way++) {
      if (this.#stands(digest, (row * WAYS + way) * LENGTH)) return true
    }
    return false
  }

  add(digest: Uint8Array): void {
    const row = this.#row(digest)
    const added = this.#added[row] as number
    this.#digests.set(digest, (row * WAYS + (added % WAYS)) * LENGTH)
    this.#added[row] = added + 1 === 2 * WAYS ? WAYS : added + 1
  }

  #stands(digest: Uint8Array, at: number): boolean {
    for (let i = 0; i < LENGTH; i++) {
      if (this.#digests[at + i] !== digest[i]) return false
    }
    return true
  }

  /** Digests are uniform, so that their first bytes spread them over the rows. */
  #row(digest: Uint8Array): number {
    const [a = 0, b = 0, c = 0, d = 0] = digest
    return (((a << 24) | (b << 16) | (c << 8) | d) >>> 0) % this.#added.length
  }
}
