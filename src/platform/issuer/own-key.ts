import { equalBytes } from '../../base/bytes.ts'
import { Fault } from '../../base/fault.ts'
import { foldAuthKey } from '../../guarantee/auth-key.ts'
import { numberKey } from '../../guarantee/contract-number.ts'
import type { Ports } from '../../ports.ts'
import { kept } from '../../store/kept.ts'
import { authKeyMac } from '../access/auth-key-mac.ts'

/** Whether an auth key is the one that opens an issuer's own guarantee. */
export interface OwnKey {
  contractNumber: string
  opens: boolean
}

/**
 * Tells an issuer which of its auth keys is in force: after a change of the key whose answer was
 * lost nobody else can. It is the issuer's own question under its own signature, so a key that is not
 * in force counts for no failed try and is written as nobody's.
 * @throws Fault not_found, also for a number of another issuer
 */
export function createOwnKey({ store, peppers }: Pick<Ports, 'store' | 'peppers'>) {
  const keptKey = kept(store.db, (db, issuer: string, key: string) =>
    db
      .selectFrom('guarantee')
      .select(['contractNumber', 'pid', 'salt', 'mac'])
      .where('issuer', '=', issuer)
      .where('numberKey', '=', key),
  )

  return async function ownKey(
    issuer: string,
    contractNumber: string,
    authKey: string,
  ): Promise<OwnKey> {
    const [row] = await store.all(keptKey(issuer, numberKey(contractNumber)))
    if (!row) throw new Fault('not_found', 'You have no guarantee of this number here.')
    const { pid, salt } = row
    const guarantee = { issuer, contractNumber: row.contractNumber }
    const mac = await authKeyMac(peppers, pid, salt, guarantee, foldAuthKey(authKey))
    return { contractNumber: row.contractNumber, opens: equalBytes(mac, row.mac) }
  }
}
