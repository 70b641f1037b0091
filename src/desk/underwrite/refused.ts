import { type Instant, instant } from '../../base/time.ts'
import type { Clock } from '../../ports.ts'
import { kept } from '../../store/kept.ts'
import type { Store } from '../../store/store.ts'
import { hoursSince } from './waiting.ts'

/** What the platform has refused and nobody has decided about yet. */
export interface RefusedRow {
  contractNumber: string
  contractorName: string
  worksName: string
  /** 0: a change of an auth key. */
  seq: number
  fault: string
  madeAt: Instant
  hours: number
}

/** Refused records of a company, oldest first. */
export function createRefusedRows({ store, clock }: { store: Store; clock: Pick<Clock, 'now'> }) {
  const refusedOf = kept(store.db, (db, issuer: string) =>
    db
      .selectFrom('submission')
      .innerJoin('issued', (join) =>
        join
          .onRef('issued.issuer', '=', 'submission.issuer')
          .onRef('issued.numberKey', '=', 'submission.numberKey'),
      )
      .select(['issued.contractNumber', 'issued.contractorName', 'issued.worksName'])
      .select(['submission.seq', 'submission.fault', 'submission.madeAt'])
      .where('submission.state', '=', 'refused')
      .where('submission.issuer', '=', issuer)
      .orderBy('submission.id'),
  )
  return async (issuer: string): Promise<RefusedRow[]> => {
    const now = instant(clock.now())
    const rows = await store.all(refusedOf(issuer))
    return rows.map((row) => ({
      ...row,
      fault: row.fault ?? '',
      hours: hoursSince(row.madeAt, now),
    }))
  }
}
