import type { KnownGuarantee } from '../platform/access/authenticate.ts'
import type { Head } from '../platform/log/log-reader.ts'
import { kept } from '../store/kept.ts'
import type { Store } from '../store/store.ts'

/** Reads for a history as of an instant. */
export function createHistoryRows(store: Store) {
  const guarantee = kept(store.db, (db, issuer: string, numberKey: string) =>
    db
      .selectFrom('guarantee')
      .select(['issuer', 'numberKey', 'contractNumber'])
      .where('issuer', '=', issuer)
      .where('numberKey', '=', numberKey),
  )
  const newest = kept(store.db, (db, issuer: string, numberKey: string, end: number) =>
    db
      .selectFrom('version')
      .select('seq')
      .where('issuer', '=', issuer)
      .where('numberKey', '=', numberKey)
      .where('position', '<', end)
      .orderBy('seq', 'desc')
      .limit(1),
  )
  const checkpoint = kept(store.db, (db, size: number) =>
    db
      .selectFrom('logCheckpoint')
      .select(['size', 'note'])
      .where('size', '<=', size)
      .orderBy('size', 'desc')
      .orderBy('generation', 'desc')
      .limit(1),
  )

  return {
    find: async (issuer: string, numberKey: string): Promise<KnownGuarantee | undefined> =>
      (await store.all(guarantee(issuer, numberKey)))[0],
    /** Its newest seq among the first `count` entries, readable or not; 0 before the first. */
    newestSeq: async ({ issuer, numberKey }: KnownGuarantee, count: number): Promise<number> =>
      (await store.all(newest(issuer, numberKey, count)))[0]?.seq ?? 0,
    /** The last signed head of `count` entries or fewer. */
    checkpointWithin: async (count: number): Promise<Head | undefined> =>
      (await store.all(checkpoint(count)))[0],
  }
}
