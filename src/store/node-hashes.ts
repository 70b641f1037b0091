import { type CompiledQuery, type Kysely, sql } from 'kysely'
import { kept } from './kept.ts'
import type { Tables } from './tables.ts'

/**
 * The hashes of nodes as one value, 32 bytes each, in the order in which the ids stand in a JSON list:
 * a row for each would cost twice as much, and proofs are what a look-up reads most of. A list in one
 * value is walked as it stands, where SQLite would sort an IN of parameters; CROSS JOIN keeps to that
 * order (sqlite.org/optoverview.html, 8.2).
 */
export function nodeHashes(
  db: Kysely<Tables>,
): (ids: string) => CompiledQuery<{ hashes: Uint8Array | null }> {
  return kept(db, (db, ids: string) =>
    db
      .selectFrom(sql<{ value: number }>`json_each(${ids})`.as('asked'))
      .crossJoin('logNode')
      .select(sql<Uint8Array | null>`cast(group_concat(hash, '') as blob)`.as('hashes'))
      .whereRef('logNode.id', '=', 'asked.value'),
  )
}
