import type { Instant } from '../base/time.ts'
import { kept } from '../store/kept.ts'
import type { Store } from '../store/store.ts'
import type { Tables } from '../store/tables.ts'

/** The statements of auditors' tokens. */
export function createTokenRows(store: Store) {
  const all = kept(store.db, (db) =>
    db.selectFrom('auditToken').selectAll().orderBy('createdAt', 'desc').orderBy('id'),
  )
  const byHash = kept(store.db, (db, hash: Uint8Array) =>
    db.selectFrom('auditToken').selectAll().where('hash', '=', hash),
  )
  const revoked = kept(store.db, (db, at: Instant, id: string) =>
    db.updateTable('auditToken').set({ revokedAt: at }).where('id', '=', id),
  )
  const owners = kept(store.db, (db) => db.selectFrom('owner').select(['id', 'name']))
  const issuers = kept(store.db, (db) => db.selectFrom('issuer').select('id'))
  const uses = kept(store.db, (db) =>
    db
      .selectFrom('accessNote')
      .select((eb) => [
        eb.fn<string>('json_extract', ['detail', eb.val('$.token')]).as('token'),
        eb.fn.max('at').as('at'),
      ])
      .where('kind', 'in', ['audited', 'export_begun'])
      .groupBy('token'),
  )

  return {
    list: () => store.all(all()),
    find: async (hash: Uint8Array) => (await store.all(byHash(hash)))[0],
    insert: (row: Tables['auditToken']) =>
      store.commit([store.db.insertInto('auditToken').values(row).compile()]),
    revoke: (id: string, at: Instant) => store.commit([revoked(at, id)]),
    ownerNames: async () =>
      new Map((await store.all(owners())).map(({ id, name }) => [id, name] as const)),
    issuerIds: async () => new Set((await store.all(issuers())).map(({ id }) => id)),
    /** When each token was last used, by its id. */
    lastUses: async () =>
      new Map((await store.all(uses())).map(({ token, at }) => [token, at] as const)),
  }
}
