import { kept } from '../../store/kept.ts'
import type { Store } from '../../store/store.ts'
import { CHAIN_START } from './access-chain.ts'

/** Rows in one seal, and so in one commit: what a look-up beside it may have to wait for. */
export const PAGE = 500

/** The chain as far as it is sealed. */
export interface ChainHead {
  /** Rows in it. */
  count: number
  /** Id of the last of them. */
  lastNote: number
  hash: Uint8Array
}

const NOTHING: ChainHead = { count: 0, lastNote: 0, hash: CHAIN_START }

/**
 * Reads of the access log in the order of its chain.
 * @param page rows at once
 */
export function createSealRows(store: Store, page = PAGE) {
  const newest = kept(store.db, (db) =>
    db
      .selectFrom('accessSeal')
      .select(['count', 'lastNote', 'hash'])
      .orderBy('start', 'desc')
      .limit(1),
  )
  const following = kept(store.db, (db, id: number, until: number) =>
    db
      .selectFrom('accessNote')
      .selectAll()
      .where('id', '>', id)
      .where('id', '<=', until)
      .orderBy('id')
      .limit(page),
  )
  const seals = kept(store.db, (db, start: number) =>
    db
      .selectFrom('accessSeal')
      .selectAll()
      .where('start', '>=', start)
      .orderBy('start')
      .limit(page),
  )

  return {
    head: async (): Promise<ChainHead> => (await store.all(newest()))[0] ?? NOTHING,
    /** Rows with ids past `id`, ascending, a page at most. */
    notes: (id: number, until = Number.MAX_SAFE_INTEGER) => store.all(following(id, until)),
    /** Seals from `start` on, ascending, a page at most. */
    seals: (start: number) => store.all(seals(start)),
  }
}
