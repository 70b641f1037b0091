import type { CompiledQuery } from 'kysely'
import type { Instant } from '../../base/time.ts'
import type { Store } from '../../store/store.ts'
import type { LineStatus } from '../application/content.ts'
import { stepQueries } from '../application/sent/line-step.ts'
import type { Issued, IssuedVersion } from './version-rows.ts'

/** What a line stood at before its issue. */
const BEFORE_ISSUE: readonly string[] = ['accepted', 'premium_settled']

/** A version that is taken back, by whom and why. */
interface About {
  version: IssuedVersion
  at: Instant
  by: string
  reason: string
}

/**
 * Takes a version that never arrived back, with the statement of what it would have cost. With the
 * first one the guarantee goes: its number was given and is not given again.
 */
export async function dropQueries(
  store: Store,
  issued: Issued,
  about: About,
): Promise<CompiledQuery[]> {
  const { db } = store
  const { issuer, numberKey } = issued
  const { seq, statement } = about.version
  const gone = db
    .deleteFrom('issued')
    .where('issuer', '=', issuer)
    .where('numberKey', '=', numberKey)
  return [
    db
      .deleteFrom('issuedVersion')
      .where('issuer', '=', issuer)
      .where('numberKey', '=', numberKey)
      .where('seq', '=', seq)
      .compile(),
    ...(statement === null ? [] : [voided(store, issuer, statement, about.at)]),
    ...(seq === 1 ? [gone.compile(), ...(await lineBack(store, issued, about))] : []),
  ]
}

function voided({ db }: Store, issuer: string, number: string, at: Instant): CompiledQuery {
  return db
    .updateTable('premiumStatement')
    .set({ voidedAt: at })
    .where('issuer', '=', issuer)
    .where('number', '=', number)
    .compile()
}

/** The line stands where it stood before its issue, and can be issued anew under another number. */
async function lineBack(
  store: Store,
  { application, kind }: Issued,
  { at, by, reason }: About,
): Promise<CompiledQuery[]> {
  const steps = await store.all(
    store.db
      .selectFrom('lineStep')
      .select(['step', 'status'])
      .where('application', '=', application)
      .where('kind', '=', kind)
      .orderBy('step')
      .compile(),
  )
  const status = steps.findLast((one) => BEFORE_ISSUE.includes(one.status))?.status
  if (status === undefined) return []
  const step = { application, kind, step: (steps.at(-1)?.step ?? 0) + 1, at, byUser: by }
  return [
    ...stepQueries(store.db, { ...step, status: status as LineStatus, note: reason }),
    store.db
      .updateTable('applicationLine')
      .set({ contractNumber: null })
      .where('application', '=', application)
      .where('kind', '=', kind)
      .compile(),
  ]
}
