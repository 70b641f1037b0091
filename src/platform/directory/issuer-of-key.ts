import { Fault } from '../../base/fault.ts'
import type { IssuerKey } from '../../guarantee/issuer-key.ts'
import type { Ports } from '../../ports.ts'
import { kept } from '../../store/kept.ts'
import type { Tables } from '../../store/tables.ts'
import { logReader } from '../log/log-reader.ts'
import { createKeyEvents, ISSUER_COLUMNS, usableKey } from './issuer-keys.ts'

export interface IssuerOfKey {
  issuer: Tables['issuer']
  key: IssuerKey
}

/**
 * The issuer that registered a key, and the key as the log's newest entries leave it; remembered
 * until the log has another head.
 * @throws Fault kid_unknown, store_unavailable when something of the key cannot be read
 */
export function createIssuerOfKey({ store }: Ports) {
  const log = logReader(store)
  const keyEvents = createKeyEvents(store)
  const issuerRow = kept(store.db, (db, kid: string) =>
    db
      .selectFrom('issuerKey')
      .innerJoin('issuer', 'issuer.id', 'issuerKey.issuer')
      .select(ISSUER_COLUMNS)
      .where('kid', '=', kid),
  )

  // An issuer comes with a key, and what becomes of a key is an entry: nothing changes under a head.
  let known = { head: '', issuers: new Map<string, IssuerOfKey>() }

  /** @param head the newest note, where the caller has just read it */
  return async function issuerOfKey(kid: string, head?: string): Promise<IssuerOfKey> {
    const newest = head ?? (await log.head())?.note ?? ''
    if (newest !== known.head) known = { head: newest, issuers: new Map() }
    const { issuers } = known
    const found = issuers.get(kid) ?? (await read(kid))
    issuers.set(kid, found)
    return found
  }

  async function read(kid: string): Promise<IssuerOfKey> {
    const [issuer] = await store.all(issuerRow(kid))
    const key = issuer && usableKey(issuer.id, kid, await keyEvents(issuer.id))
    if (!issuer || !key) {
      throw new Fault(
        'kid_unknown',
        `No issuer has registered the key ${kid}. Ask the operator to add it (akashi issuer key-add).`,
      )
    }
    return { issuer, key }
  }
}
