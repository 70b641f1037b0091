import { type CompiledQuery, type Kysely, sql } from 'kysely'
import { kept } from './kept.ts'
import type { Tables } from './tables.ts'

/**
 * The hashes of nodes as one value, 32 bytes each, in the order of their ids: a row for each would
 * cost twice as much, and proofs are what a look-up reads most of.
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
        .selectFrom('logNode')
        .select(
          sql<Uint8Array | null>`cast(group_concat(hash, '' order by id) as blob)`.as('hashes'),
        )
        .where('id', 'in', ids),
    count,
  )
}
