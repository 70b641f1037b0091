import { concat } from '../../base/bytes.ts'
import { Fault } from '../../base/fault.ts'
import { consistencySteps, inclusionSteps, type ProofStep, proofHashes } from '../../log/proof.ts'
import { TILE_WIDTH, type TileRef } from '../../log/tile.ts'
import type { Ports } from '../../ports.ts'
import { kept } from '../../store/kept.ts'
import { logReader, MissingPart } from './log-reader.ts'

/**
 * The log as others may read it: no number, no name, no amount stands in it. What it should keep
 * and does not is a Fault store_unavailable, never left out: answers are kept for ever.
 */
export interface PublicLog {
  /** The newest signed note, or undefined while the log is empty. */
  checkpoint(): Promise<string | undefined>
  /** Hashes of a tile, 32 bytes each; undefined unless the log has all of them. */
  tile(tile: TileRef): Promise<Uint8Array | undefined>
  /** Entries of a bundle, each after its length in two bytes. */
  bundle(place: Omit<TileRef, 'level'>): Promise<Uint8Array | undefined>
  /** @throws Fault not_found for an index or size that the log has not reached */
  inclusion(index: number, size: number): Promise<Uint8Array[]>
  consistency(from: number, to: number): Promise<Uint8Array[]>
}

export function createPublicLog({ store }: Ports): PublicLog {
  const log = logReader(store)
  const entries = kept(store.db, (db, from: number, to: number) =>
    db
      .selectFrom('logEntry')
      .select('entry')
      .where('position', '>=', from)
      .where('position', '<', to)
      .orderBy('position'),
  )

  async function size(): Promise<number> {
    return (await log.head())?.size ?? 0
  }

  async function proof(steps: ProofStep[]): Promise<Uint8Array[]> {
    return proofHashes(steps, await log.hashes(steps.flat()))
  }

  async function within(...sizes: number[]): Promise<void> {
    const newest = await size()
    if (sizes.every((one) => one <= newest)) return
    throw new Fault('not_found', `The log has ${newest} entries.`)
  }

  return {
    checkpoint: async () => (await log.head())?.note,

    async tile({ level, index, width }) {
      // One hash of the tile stands for 256^level entries.
      const span = BigInt(TILE_WIDTH) ** BigInt(level)
      const first = index * BigInt(TILE_WIDTH)
      if ((first + BigInt(width)) * span > BigInt(await size())) return undefined
      const refs = Array.from({ length: width }, (_, i) => ({
        level: level * 8,
        index: Number(first) + i,
      }))
      return concat(...refs.map(await log.hashes(refs)))
    },

    async bundle({ index, width }) {
      const first = index * BigInt(TILE_WIDTH)
      const end = first + BigInt(width)
      if (end > BigInt(await size())) return undefined
      const rows = await store.all(entries(Number(first), Number(end)))
      if (rows.length !== width) throw new MissingPart(`an entry from ${first} to ${end}`)
      return concat(
        ...rows.flatMap(({ entry }) => [
          Uint8Array.of(entry.length >> 8, entry.length & 255),
          entry,
        ]),
      )
    },

    async inclusion(index, size) {
      await within(size)
      if (index >= size)
        throw new Fault('not_found', `A tree of ${size} entries has no entry ${index}.`)
      return proof(inclusionSteps(index, size))
    },

    async consistency(from, to) {
      await within(from, to)
      if (from > to) throw new Fault('not_found', 'from is not larger than to.')
      return from === 0 ? [] : proof(consistencySteps(from, to))
    },
  }
}
