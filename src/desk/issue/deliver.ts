import type { CompiledQuery, Selectable } from 'kysely'
import type { Instant } from '../../base/time.ts'
import { authKeyDigest } from '../../guarantee/key-change.ts'
import { readRecord } from '../../guarantee/record.ts'
import type { DeskPorts } from '../../ports.ts'
import type { Store } from '../../store/store.ts'
import type { Tables } from '../../store/tables.ts'
import { fulfilQueries } from '../application/sent/wish.ts'
import { arrivalQueries, arrivedOf } from './arrival.ts'
import type { Tell } from './arrived.ts'
import { openAuthKey } from './auth-keys.ts'
import { checkReceipt } from './receipt.ts'
import type { SigningKeys } from './signing-keys.ts'
import { stillQuery } from './still.ts'
import { createKnown, type Issued, type Known } from './version-rows.ts'

export type Waiting = Selectable<Tables['submission']>

export interface DeliverParts {
  ports: DeskPorts
  signingKeys: SigningKeys
  tell: Tell
}

/** `wrong` where an answer came that does not prove what it says: nothing was written then. */
type Delivered = { wrong?: string }

/**
 * Submits what waits, verifies the receipt, and writes the arrival together with all that follows
 * from it; before that nobody is told.
 */
export function createDeliver(parts: DeliverParts) {
  const known = createKnown(parts.ports.store)

  /**
   * @param takenBy the moment by which the platform was seen to have the key that waits: it is not
   *   asked to take it then
   * @throws Fault of the platform, StoreFault
   */
  return async function deliver(waiting: Waiting, takenBy?: Instant): Promise<Delivered> {
    const guarantee = await known(waiting.issuer, waiting.numberKey)
    if (!guarantee) throw new Error(`submission ${waiting.id} is of no guarantee`)
    if (waiting.seq > 0) return deliverRecord(parts, waiting, guarantee)
    const { issued } = guarantee
    await keyTaken(parts, waiting, guarantee, takenBy ?? (await giveKey(parts, waiting, issued)))
    return {}
  }
}

export type Deliver = ReturnType<typeof createDeliver>

async function deliverRecord(
  { ports, tell }: DeliverParts,
  waiting: Waiting,
  guarantee: Known,
): Promise<Delivered> {
  const { store, sealer, platform, verifyEd25519 } = ports
  const { issuer, seq } = waiting
  const { issued, versions } = guarantee
  const version = versions.find((one) => one.seq === seq)
  if (!version) throw new Error(`the record of submission ${waiting.id} is missing`)
  const { sealedKey } = issued
  const authKey = seq === 1 && sealedKey && (await openAuthKey(sealer, { ...issued, sealedKey }))
  const body = { issuer, record: version.jws, ...(authKey && { authKey }) }
  const answer = await platform.submit(body)
  const record = readRecord(version.jws)
  const trust = await platform.trust()
  const checked = await checkReceipt(answer.receipt, issuer, record, trust, verifyEd25519)
  if ('wrong' in checked) return checked
  const { receipt } = checked
  const arrived = arrivedOf(issued, record, receipt)
  await store.commit([
    ...doneQueries(store, waiting),
    ...(await arrivalQueries(store, guarantee, arrived, receipt)),
    ...(await tell(arrived)),
  ])
  return {}
}

/**
 * A key-change request serves once and is never kept, so each try signs a new one over the same
 * key: to take it twice changes nothing.
 */
async function giveKey(
  { ports: { sealer, platform }, signingKeys }: DeliverParts,
  { id, issuer, sealedKey }: Waiting,
  { contractNumber }: Issued,
): Promise<Instant> {
  if (!sealedKey) throw new Error(`the key of submission ${id} is missing`)
  const authKey = await openAuthKey(sealer, { issuer, contractNumber, sealedKey })
  const { signKeyChange } = await signingKeys.signing(issuer)
  const request = await signKeyChange(contractNumber, (jti) => authKeyDigest(jti, authKey))
  return (await platform.rekey({ issuer, request, authKey })).changedAt
}

/** The key that waited is the one that opens the guarantee from now on. */
async function keyTaken(
  { ports: { store }, tell }: DeliverParts,
  waiting: Waiting,
  { issued }: Known,
  changedAt: Instant,
): Promise<void> {
  const { issuer, numberKey, sealedKey, madeBy, madeAt } = waiting
  const { contractNumber, org, application, kind } = issued
  const certificate = JSON.parse(issued.certificate)
  const arrived = { issuer, numberKey, contractNumber, seq: 0, event: 'rekey', org } as const
  await store.commit([
    ...doneQueries(store, waiting),
    store.db
      .updateTable('issued')
      .set({ sealedKey, keySince: changedAt })
      .where('issuer', '=', issuer)
      .where('numberKey', '=', numberKey)
      .compile(),
    ...fulfilQueries(store.db, { application, kind }, { madeBy, madeAt, changedAt }),
    ...(await tell({ ...arrived, application, certificate, arrivedAt: changedAt })),
  ])
}

/** Once: of two who deliver the same, the second has StoreFault `conflict`, and tells nobody. */
function doneQueries(store: Store, waiting: Waiting): CompiledQuery[] {
  const done = store.db
    .updateTable('submission')
    .set({ state: 'arrived', tries: waiting.tries + 1, fault: null, sealedKey: null })
    .where('id', '=', waiting.id)
  return [stillQuery(store, waiting), done.compile()]
}
