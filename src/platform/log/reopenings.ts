import { kept } from '../../store/kept.ts'
import type { Store } from '../../store/store.ts'
import type { Tables } from '../../store/tables.ts'

/** A log that goes on after a loss under an origin of its own, and the one that it sealed. */
export type Reopening = Tables['logReopening']

/** All reopenings, the oldest first; none in most logs. */
export function createReopenings(store: Store): () => Promise<Reopening[]> {
  const rows = kept(store.db, (db) =>
    db.selectFrom('logReopening').selectAll().orderBy('generation'),
  )
  return () => store.all(rows())
}
