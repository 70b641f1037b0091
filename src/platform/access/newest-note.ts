import { kept } from '../../store/kept.ts'
import type { Store } from '../../store/store.ts'

/** The id of the newest row of the access log; 0 before the first. */
export function createNewestNote(store: Store): () => Promise<number> {
  const newest = kept(store.db, (db) =>
    db.selectFrom('accessNote').select('id').orderBy('id', 'desc').limit(1),
  )
  return async () => (await store.all(newest()))[0]?.id ?? 0
}
