import type { CompiledQuery } from 'kysely'
import { instant } from '../../base/time.ts'
import type { DeskPorts } from '../../ports.ts'
import { kept } from '../../store/kept.ts'
import { StoreFault } from '../../store/store.ts'
import { backoff } from './backoff.ts'
import type { Waiting } from './deliver.ts'
import { createLineFailing } from './line-failing.ts'
import { stillQuery } from './still.ts'

/** How many are read at once. */
export const AT_ONCE = 50

/** What waits to be sent, and what is written down of a try that failed. */
export function createSubmissionTries({ store, clock, random }: DeskPorts) {
  const lineFailing = createLineFailing(store)
  const due = kept(store.db, (db, now: string) =>
    db
      .selectFrom('submission')
      .selectAll()
      .where('state', '=', 'waiting')
      .where('nextAt', '<=', now)
      .orderBy('nextAt')
      .orderBy('id')
      .limit(AT_ONCE),
  )
  const settle = kept(
    store.db,
    (db, state: Waiting['state'], tries: number, nextAt: string, fault: string, id: number) =>
      db
        .updateTable('submission')
        .set({ state, tries, nextAt, fault })
        .where('id', '=', id)
        .where('state', '=', 'waiting'),
  )

  /** The line's step only with a submission that still waits; where either is another's, the try alone. */
  async function note(
    waiting: Waiting,
    settled: CompiledQuery,
    step: readonly CompiledQuery[],
  ): Promise<void> {
    if (step.length === 0) return store.commit([settled])
    try {
      await store.commit([stillQuery(store, waiting), settled, ...step])
    } catch (error) {
      if (!(error instanceof StoreFault) || error.reason !== 'conflict') throw error
      await store.commit([settled])
    }
  }

  return {
    due: async () => (await store.all(due(instant(clock.now())))) as Waiting[],

    async putBack(waiting: Waiting, tries: number, fault: string): Promise<void> {
      const now = clock.now()
      const nextAt = instant(now + backoff(tries, random))
      const step = await lineFailing(waiting, 'issue_failed', instant(now))
      await note(waiting, settle('waiting', tries, nextAt, fault, waiting.id), step)
    },

    async refuse(waiting: Waiting, tries: number, fault: string): Promise<void> {
      const step = await lineFailing(waiting, 'issuing', instant(clock.now()))
      await note(waiting, settle('refused', tries, waiting.nextAt, fault, waiting.id), step)
    },
  }
}
