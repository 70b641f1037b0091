import type { Selectable } from 'kysely'
import { kept } from '../../store/kept.ts'
import type { Store } from '../../store/store.ts'
import type { Tables } from '../../store/tables.ts'

export type IssuedRow = Selectable<Tables['issued']>
export type VersionRow = Selectable<Tables['issuedVersion']>

/** The statements over guarantees of the desk. */
export function createGuaranteeRows(store: Store) {
  const one = kept(store.db, (db, issuer: string, numberKey: string) =>
    db
      .selectFrom('issued')
      .selectAll()
      .where('issuer', '=', issuer)
      .where('numberKey', '=', numberKey),
  )
  const versions = kept(store.db, (db, issuer: string, numberKey: string) =>
    db
      .selectFrom('issuedVersion')
      .selectAll()
      .where('issuer', '=', issuer)
      .where('numberKey', '=', numberKey)
      .orderBy('seq'),
  )
  const waiting = kept(store.db, (db, issuer: string, numberKey: string) =>
    db
      .selectFrom('submission')
      .select(['seq', 'state', 'tries', 'nextAt', 'fault'])
      .where('issuer', '=', issuer)
      .where('numberKey', '=', numberKey)
      .where('state', '!=', 'arrived')
      .orderBy('id'),
  )
  const newKey = kept(store.db, (db, issuer: string, numberKey: string) =>
    db
      .selectFrom('submission')
      .select('id')
      .where('issuer', '=', issuer)
      .where('numberKey', '=', numberKey)
      .where('seq', '=', 0)
      .where('state', '=', 'arrived')
      .limit(1),
  )
  return {
    one: async (issuer: string, numberKey: string): Promise<IssuedRow | undefined> =>
      (await store.all(one(issuer, numberKey)))[0],
    versions: (issuer: string, numberKey: string): Promise<VersionRow[]> =>
      store.all(versions(issuer, numberKey)),
    /** Whether its auth key took the place of a former one. */
    isRekeyed: async (issuer: string, numberKey: string): Promise<boolean> =>
      (await store.all(newKey(issuer, numberKey))).length > 0,
    /** What is on its way to the platform, oldest first. */
    waiting: (issuer: string, numberKey: string) => store.all(waiting(issuer, numberKey)),
  }
}
