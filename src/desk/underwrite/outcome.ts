import { kept } from '../../store/kept.ts'
import type { Store } from '../../store/store.ts'
import type { AppliedKind } from '../application/content.ts'
import type { Fate } from '../issue/fate.ts'

/**
 * How far the first record of a guarantee that was applied for has come.
 * @returns undefined for a line that was not issued, or not in the log
 */
export function createOutcomeOf(store: Store) {
  const first = kept(store.db, (db, application: string, kind: string) =>
    db
      .selectFrom('issued')
      .innerJoin('issuedVersion as version', (join) =>
        join
          .onRef('version.issuer', '=', 'issued.issuer')
          .onRef('version.numberKey', '=', 'issued.numberKey')
          .on('version.seq', '=', 1),
      )
      .leftJoin('submission', (join) =>
        join
          .onRef('submission.issuer', '=', 'issued.issuer')
          .onRef('submission.numberKey', '=', 'issued.numberKey')
          .on('submission.seq', '=', 1),
      )
      .select(['version.arrivedAt', 'submission.state', 'submission.tries'])
      .where('issued.application', '=', application)
      .where('issued.kind', '=', kind),
  )
  return async (application: string, kind: AppliedKind): Promise<Fate | undefined> =>
    (await store.all(first(application, kind)))[0]
}
