import { kept } from '../../store/kept.ts'
import type { Store } from '../../store/store.ts'

/** Attachments with their bytes; whose application it is has been asked before. */
export function createPapers(store: Store) {
  const byId = kept(store.db, (db, application: string, id: string) =>
    db
      .selectFrom('attachment')
      .select(['name', 'mediaType', 'bytes'])
      .where('application', '=', application)
      .where('id', '=', id),
  )
  return {
    async byId(application: string, id: string) {
      const [paper] = await store.all(byId(application, id))
      return paper
    },
  }
}
