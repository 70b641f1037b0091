import type { CompiledQuery } from 'kysely'
import type { Instant } from '../../base/time.ts'
import type { ReadRecord } from '../../guarantee/record.ts'
import type { Receipt } from '../../log/bundle.ts'
import type { Store } from '../../store/store.ts'
import { stepQueries } from '../application/sent/line-step.ts'
import type { Arrived } from './arrived.ts'
import { historyOf, type Issued, type Known, searchColumns, stateOf } from './version-rows.ts'

/** What is known of an arrival once its receipt has been verified. */
export function arrivedOf(
  { issuer, numberKey, contractNumber, org, application }: Issued,
  { payload }: ReadRecord,
  { arrivedAt }: Receipt,
): Arrived {
  const { seq, event, reasonCode, certificate } = payload
  const what = { seq, event, ...(reasonCode !== undefined && { reasonCode }) }
  return { issuer, numberKey, contractNumber, org, application, ...what, certificate, arrivedAt }
}

/** What follows from an arrival in the desk's own rows: receipt, state, 手続状況. */
export async function arrivalQueries(
  store: Store,
  { issued, versions }: Known,
  { issuer, numberKey, seq, certificate, arrivedAt }: Arrived,
  receipt: Receipt,
): Promise<CompiledQuery[]> {
  const { db } = store
  const upTo = historyOf(versions.filter((one) => one.seq <= seq))
  return [
    db
      .updateTable('issuedVersion')
      .set({ arrivedAt, receipt: JSON.stringify(receipt) })
      .where('issuer', '=', issuer)
      .where('numberKey', '=', numberKey)
      .where('seq', '=', seq)
      .compile(),
    db
      .updateTable('issued')
      .set({ state: stateOf(upTo), newestSeq: seq, arrivedAt })
      .set(searchColumns(certificate, numberKey))
      .where('issuer', '=', issuer)
      .where('numberKey', '=', numberKey)
      .compile(),
    ...(seq === 1 ? await issuedStep(store, issued, arrivedAt) : []),
  ]
}

/** The system's own step; its key is also what lets one arrival through where two are written. */
async function issuedStep(
  store: Store,
  { application, kind }: Issued,
  at: Instant,
): Promise<CompiledQuery[]> {
  const steps = store.db
    .selectFrom('lineStep')
    .select((eb) => eb.fn.max('step').as('step'))
    .where('application', '=', application)
    .where('kind', '=', kind)
  const [last] = await store.all(steps.compile())
  const step = Number(last?.step ?? 0) + 1
  return stepQueries(store.db, { application, kind, step, status: 'issued', at, byUser: null })
}
