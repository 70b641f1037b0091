import { Fault } from '../../../base/fault.ts'
import { instant } from '../../../base/time.ts'
import type { Clock } from '../../../ports.ts'
import { kept } from '../../../store/kept.ts'
import type { Store } from '../../../store/store.ts'

/** What the company answers to a wish instead of a new key; the contractor reads it. */
export function createRefuseWish({ store, clock }: { store: Store; clock: Pick<Clock, 'now'> }) {
  const wishOf = kept(store.db, (db, id: string) =>
    db.selectFrom('wish').select(['issuer', 'state', 'closedBy', 'answer']).where('id', '=', id),
  )

  /** @throws Fault not_found, also for another company's; state_conflict when it was closed before */
  return async function refuseWish(
    issuer: string,
    id: string,
    by: string,
    answer: string,
  ): Promise<void> {
    const [before] = await store.all(wishOf(id))
    if (!before || before.issuer !== issuer) throw new Fault('not_found', 'There is no such wish.')
    const closed = { closedBy: by, closedAt: instant(clock.now()), answer }
    await store.commit([
      store.db
        .updateTable('wish')
        .set({ ...closed, state: 'refused' })
        .where('id', '=', id)
        .where('state', '=', 'open')
        .compile(),
    ])
    const [after] = await store.all(wishOf(id))
    const own = after?.state === 'refused' && after.closedBy === by && after.answer === answer
    if (!own) throw new Fault('state_conflict', 'Somebody else has closed it.')
  }
}
