import { type CompiledQuery, type Kysely, sql } from 'kysely'
import { kept } from './kept.ts'
import type { Tables } from './tables.ts'

/**
 * The hashes of nodes as one value, 32 bytes each, in the order of their ids: a row for each would
 * cost twice as much, and proofs are what a look-up reads most of. They are ordered before they are
 * put together, which the primary key gives for nothing, and not within group_concat, which sorts.
 * @param count how many ids the query takes
 */
export function nodeHashes(
  db: Kysely<Tables>,
  count: number,
): (...ids: number[]) => CompiledQuery<{ hashes: Uint8Array | null }> {
  return kept(
    db,
    (store, ...ids: number[]) =>
      store
        .selectFrom(
          store
            .selectFrom('logNode')
            .select('hash')
            .where('id', 'in', ids)
            .orderBy('id')
            .as('node'),
        )
        .select(sql<Uint8Array | null>`cast(group_concat(hash, '') as blob)`.as('hashes')),
    count,
  )
}
