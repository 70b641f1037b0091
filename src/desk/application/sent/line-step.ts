import type { CompiledQuery, Kysely } from 'kysely'
import type { Instant } from '../../../base/time.ts'
import type { Tables } from '../../../store/tables.ts'
import type { LineStatus } from '../content.ts'

/** One step of a guarantee's 手続状況; `step` is one more than that of its newest. */
export interface Step {
  application: string
  kind: string
  step: number
  status: LineStatus
  at: Instant
  /** None where the system itself went on. */
  byUser: string | null
  /** Reason, answer. */
  note?: string
}

/**
 * Writes a step and makes it the status of its line. Taking the number of the step is the right to
 * go on: whoever comes second gets StoreFault `conflict` and reads again.
 */
export function stepQueries(db: Kysely<Tables>, { note, ...step }: Step): CompiledQuery[] {
  const { application, kind, status } = step
  return [
    db
      .insertInto('lineStep')
      .values({ ...step, note: note ?? null })
      .compile(),
    db
      .updateTable('applicationLine')
      .set({ status })
      .where('application', '=', application)
      .where('kind', '=', kind)
      .compile(),
  ]
}
