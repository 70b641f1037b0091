import type { CompiledQuery } from 'kysely'
import type { Instant } from '../../base/time.ts'
import { kept } from '../../store/kept.ts'
import type { Store } from '../../store/store.ts'
import { stepQueries } from '../application/sent/line-step.ts'
import type { Waiting } from './deliver.ts'

/** What a line stands at while its first record is on its way. */
type OnItsWay = 'issuing' | 'issue_failed'

/**
 * The system's own steps while a first record does not arrive: 発行エラー（再送中） from the first try
 * that failed, 発行手続中 again once the platform has refused it and nobody sends it any more. For the
 * commit that notes the try; nothing where the line stands there already.
 */
export function createLineFailing(store: Store) {
  const lineOf = kept(store.db, (db, issuer: string, numberKey: string) =>
    db
      .selectFrom('issued')
      .innerJoin('applicationLine as line', (join) =>
        join
          .onRef('line.application', '=', 'issued.application')
          .onRef('line.kind', '=', 'issued.kind'),
      )
      .innerJoin('lineStep', (join) =>
        join
          .onRef('lineStep.application', '=', 'issued.application')
          .onRef('lineStep.kind', '=', 'issued.kind'),
      )
      .select(['line.application', 'line.kind', 'line.status', 'lineStep.step'])
      .where('issued.issuer', '=', issuer)
      .where('issued.numberKey', '=', numberKey)
      .orderBy('lineStep.step', 'desc')
      .limit(1),
  )

  return async (
    { issuer, numberKey, seq }: Waiting,
    status: OnItsWay,
    at: Instant,
  ): Promise<CompiledQuery[]> => {
    if (seq !== 1) return []
    const [line] = await store.all(lineOf(issuer, numberKey))
    const from: OnItsWay = status === 'issuing' ? 'issue_failed' : 'issuing'
    if (line?.status !== from) return []
    const { application, kind, step } = line
    return stepQueries(store.db, { application, kind, step: step + 1, status, at, byUser: null })
  }
}
