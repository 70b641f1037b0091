import { Fault } from '../../base/fault.ts'
import type { Instant } from '../../base/time.ts'
import { isAuthKey } from '../../guarantee/auth-key.ts'
import { numberKey as keyOf } from '../../guarantee/contract-number.ts'
import { authKeyDigest, readKeyChange } from '../../guarantee/key-change.ts'
import type { Access, Identity, Ports } from '../../ports.ts'
import { kept } from '../../store/kept.ts'
import { StoreFault } from '../../store/store.ts'
import { createAuthKeyRow } from '../access/auth-key-row.ts'
import { createOpenRequest, jtiUsed } from '../directory/open-request.ts'

export interface KeyChangeRequest {
  /** Compact JWS, `typ` key-change+jwt. */
  request: string
  authKey: string
}

export interface KeyChanged {
  contractNumber: string
  changedAt: Instant
}

/**
 * Gives a guarantee another auth key (認証キー) at the issuer's signed wish; the old key and all
 * share links end with it. Neither the request nor the key is kept.
 * @throws Fault as a record up to iat_in_future, then iat_too_old, key_…, jti_reused, not_found,
 *   auth_key_format
 */
export function createKeyChange(ports: Ports, identity: Identity, access: Access) {
  const { store } = ports
  const openRequest = createOpenRequest(ports, identity)
  const keyRow = createAuthKeyRow(ports)
  const rows = createRows(ports)

  return async function keyChange({ request, authKey }: KeyChangeRequest): Promise<KeyChanged> {
    const signed = readKeyChange(request)
    const { jti, sub, authKeySha256 } = signed.payload
    const { issuer, at } = await openRequest(signed)
    if (await rows.isUsed(issuer.id, jti)) throw jtiUsed(jti)
    const guarantee = await rows.find(issuer.id, keyOf(sub))
    if (!guarantee || guarantee.contractNumber !== sub) {
      throw new Fault('not_found', `${issuer.id} has no guarantee ${sub} here.`)
    }
    if (!isAuthKey(authKey) || authKeyDigest(jti, authKey) !== authKeySha256) {
      throw new Fault(
        'auth_key_format',
        'authKey is 12 characters of 0-9, A-Z, a-z, the ones that authKeySha256 was made of.',
      )
    }

    const { pid, salt, mac } = await keyRow(issuer.id, sub, authKey)
    const place = [issuer.id, guarantee.numberKey] as const
    try {
      await store.commit([
        rows.use(issuer.id, jti, at),
        rows.rekey(pid, salt, mac, ...place),
        rows.endShares(at, ...place),
      ])
    } catch (error) {
      if (error instanceof StoreFault && error.reason === 'conflict') throw jtiUsed(jti)
      throw error
    }
    await access.note({ kind: 'key_changed', issuer: issuer.id, numberKey: guarantee.numberKey })
    return { contractNumber: sub, changedAt: at }
  }
}

function createRows({ store }: Ports) {
  const usedRow = kept(store.db, (db, issuer: string, jti: string) =>
    db.selectFrom('keyChange').select('at').where('issuer', '=', issuer).where('jti', '=', jti),
  )
  const guarantee = kept(store.db, (db, issuer: string, numberKey: string) =>
    db
      .selectFrom('guarantee')
      .select(['numberKey', 'contractNumber'])
      .where('issuer', '=', issuer)
      .where('numberKey', '=', numberKey),
  )
  return {
    isUsed: async (issuer: string, jti: string) =>
      (await store.all(usedRow(issuer, jti))).length > 0,
    find: async (issuer: string, numberKey: string) =>
      (await store.all(guarantee(issuer, numberKey)))[0],
    use: kept(store.db, (db, issuer: string, jti: string, at: Instant) =>
      db.insertInto('keyChange').values({ issuer, jti, at }),
    ),
    rekey: kept(
      store.db,
      (db, pid: string, salt: Uint8Array, mac: Uint8Array, issuer: string, numberKey: string) =>
        db
          .updateTable('guarantee')
          .set({ pid, salt, mac })
          .where('issuer', '=', issuer)
          .where('numberKey', '=', numberKey),
    ),
    endShares: kept(store.db, (db, at: Instant, issuer: string, numberKey: string) =>
      db
        .updateTable('share')
        .set({ revokedAt: at })
        .where('issuer', '=', issuer)
        .where('numberKey', '=', numberKey)
        .where('revokedAt', 'is', null),
    ),
  }
}
