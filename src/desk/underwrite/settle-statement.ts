import { Fault } from '../../base/fault.ts'
import { type Day, instant } from '../../base/time.ts'
import type { Clock } from '../../ports.ts'
import type { Store } from '../../store/store.ts'
import { createStatements, isMarkable } from './statements.ts'

/** Notes that a charge was received or a refund given back, by whom and when; done once. */
export function createSettleStatement(parts: { store: Store; clock: Pick<Clock, 'now'> }) {
  const { store, clock } = parts
  const statements = createStatements(store)

  /**
   * @returns whether it was this person who noted it; false where somebody had before
   * @throws Fault not_found; state_conflict for a first premium that is paid by the case, whose
   *   receipt is a step of its application
   */
  return async function settle(
    issuer: string,
    number: string,
    { byUser, on }: { byUser: string; on: Day },
  ): Promise<boolean> {
    const seen = await statements.byNumber({ issuer }, issuer, number)
    if (!seen) throw new Fault('not_found', 'There is no such statement.')
    if (seen.settledAt !== null) return seen.settledBy === byUser
    if (!isMarkable(seen)) {
      throw new Fault('state_conflict', 'It is settled with its application.')
    }
    const noted = store.db
      .updateTable('premiumStatement')
      .set({ settledAt: instant(clock.now()), settledBy: byUser, settledOn: on })
      .where('issuer', '=', issuer)
      .where('number', '=', number)
      .where('settledAt', 'is', null)
      .where('voidedAt', 'is', null)
    await store.commit([noted.compile()])
    return (await statements.byNumber({ issuer }, issuer, number))?.settledBy === byUser
  }
}
