import type { Insertable } from 'kysely'
import type { Instant } from '../../base/time.ts'
import { kept } from '../../store/kept.ts'
import type { Store } from '../../store/store.ts'
import type { Tables } from '../../store/tables.ts'
import type { KnownGuarantee, Scope } from '../access/authenticate.ts'

export interface Share {
  id: string
  scope: Scope
  createdAt: Instant
  expiresAt: Instant
  revokedAt?: Instant
  openings: number
  lastOpenedAt?: Instant
}

/** The statements of share links. */
export function createShareRows(store: Store) {
  const ofGuarantee = kept(store.db, (db, issuer: string, numberKey: string) =>
    db
      .selectFrom('share')
      .selectAll()
      .where('issuer', '=', issuer)
      .where('numberKey', '=', numberKey)
      .orderBy('createdAt', 'desc')
      .orderBy('id'),
  )
  const byToken = kept(store.db, (db, tokenHash: Uint8Array) =>
    db
      .selectFrom('share')
      .innerJoin('guarantee', (join) =>
        join
          .onRef('guarantee.issuer', '=', 'share.issuer')
          .onRef('guarantee.numberKey', '=', 'share.numberKey'),
      )
      .select(['id', 'scope', 'expiresAt', 'revokedAt'])
      .select(['share.issuer', 'share.numberKey', 'contractNumber'])
      .where('tokenHash', '=', tokenHash),
  )
  const byId = kept(store.db, (db, id: string) =>
    db.selectFrom('share').select(['scope', 'expiresAt', 'revokedAt']).where('id', '=', id),
  )
  const opened = kept(store.db, (db, at: Instant, id: string) =>
    db
      .updateTable('share')
      .set((eb) => ({ openings: eb('openings', '+', 1), lastOpenedAt: at }))
      .where('id', '=', id),
  )
  const revoked = kept(store.db, (db, at: Instant, id: string) =>
    db.updateTable('share').set({ revokedAt: at }).where('id', '=', id),
  )

  return {
    /** The share whose token has this hash, ended ones included. */
    find: async (tokenHash: Uint8Array) => narrow((await store.all(byToken(tokenHash)))[0]),
    byId: async (id: string) => narrow((await store.all(byId(id)))[0]),
    insert: (row: Insertable<Tables['share']>) =>
      store.commit([store.db.insertInto('share').values(row).compile()]),
    countOpening: (id: string, at: Instant) => store.commitAside([opened(at, id)]),
    revoke: (id: string, at: Instant) => store.commit([revoked(at, id)]),
    /** All shares of a guarantee, newest first. */
    async list({ issuer, numberKey }: KnownGuarantee): Promise<Share[]> {
      return (await store.all(ofGuarantee(issuer, numberKey))).map((row) => ({
        id: row.id,
        scope: row.scope,
        createdAt: row.createdAt,
        expiresAt: row.expiresAt,
        openings: row.openings,
        ...(row.revokedAt !== null && { revokedAt: row.revokedAt }),
        ...(row.lastOpenedAt !== null && { lastOpenedAt: row.lastOpenedAt }),
      }))
    },
  }
}

/** A damaged scope must not show more than was meant. */
function narrow<Row extends { scope: Scope }>(row: Row | undefined): Row | undefined {
  return row && { ...row, scope: row.scope === 'history' ? 'history' : 'current' }
}
