import type { Selectable, Updateable } from 'kysely'
import { instant } from '../../base/time.ts'
import type { Ports } from '../../ports.ts'
import { kept } from '../../store/kept.ts'
import { StoreFault } from '../../store/store.ts'
import type { Tables } from '../../store/tables.ts'

/** Milliseconds for which a try that was begun keeps other senders away: longer than any try lasts. */
const LEASE = 10 * 60_000

export type Due = Pick<
  Selectable<Tables['mail']>,
  'id' | 'messageId' | 'recipient' | 'subject' | 'body' | 'tries' | 'madeAt'
>

/** The statements of whoever sends. */
export function createMailTries({ store, clock }: Pick<Ports, 'store' | 'clock'>) {
  const nextDue = kept(store.db, (db, now: string) =>
    db
      .selectFrom('mail')
      .select(['id', 'messageId', 'recipient', 'subject', 'body', 'tries', 'madeAt'])
      .where('state', '=', 'waiting')
      .where('nextAt', '<=', now)
      .orderBy('nextAt')
      .orderBy('id')
      .limit(1),
  )

  return {
    next: async () => (await store.all(nextDue(instant(clock.now()))))[0],

    /** Whether the next try of this mail is ours: its number is a primary key. */
    async take({ id, tries }: Due): Promise<boolean> {
      const now = clock.now()
      const one = { mail: id, try: tries + 1, at: instant(now) }
      const change = { tries: tries + 1, nextAt: instant(now + LEASE) }
      try {
        await store.commit([
          store.db.insertInto('mailTry').values(one).compile(),
          store.db.updateTable('mail').set(change).where('id', '=', id).compile(),
        ])
        return true
      } catch (error) {
        if (error instanceof StoreFault && error.reason === 'conflict') return false
        throw error
      }
    },

    /** Writes down what became of the try that was taken. */
    async note(
      { id, tries }: Due,
      said: string,
      change: Updateable<Tables['mail']>,
    ): Promise<void> {
      await store.commit([
        store.db.updateTable('mail').set(change).where('id', '=', id).compile(),
        store.db
          .updateTable('mailTry')
          .set({ said })
          .where('mail', '=', id)
          .where('try', '=', tries + 1)
          .compile(),
      ])
    },
  }
}
