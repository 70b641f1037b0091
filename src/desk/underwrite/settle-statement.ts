import type { Selectable } from 'kysely'
import { Fault } from '../../base/fault.ts'
import { type Day, type Instant, instant } from '../../base/time.ts'
import type { Clock } from '../../ports.ts'
import { type Store, StoreFault } from '../../store/store.ts'
import type { Tables } from '../../store/tables.ts'
import { createStatements, isMarkable, isUndoable, type StatementSeen } from './statements.ts'

/** A receipt or a return that was noted by mistake, and taken back. */
export type Undone = Selectable<Tables['settlementUndone']>

/** Notes that a charge was received or a refund given back, by whom and when, and takes that back. */
export function createSettleStatement(parts: { store: Store; clock: Pick<Clock, 'now'> }) {
  const { store, clock } = parts
  const statements = createStatements(store)

  async function own(issuer: string, number: string) {
    const seen = await statements.byNumber({ issuer }, issuer, number)
    if (seen) return seen
    throw new Fault('not_found', 'There is no such statement.')
  }

  return {
    /**
     * @returns whether it was this person who noted it; false where somebody had before
     * @throws Fault not_found; state_conflict for a first premium that is paid by the case, whose
     *   receipt is a step of its application
     */
    async settle(
      issuer: string,
      number: string,
      { byUser, on }: { byUser: string; on: Day },
    ): Promise<boolean> {
      const seen = await own(issuer, number)
      const isOwn = (one: StatementSeen | undefined) =>
        one?.settledBy === byUser && one.settledOn === on
      if (seen.settledAt !== null) return isOwn(seen)
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
      return isOwn(await statements.byNumber({ issuer }, issuer, number))
    },

    undo: createUndo(parts, own),

    /** What was taken back of some statements, oldest first. */
    async undoneOf(issuer: string, numbers: readonly string[]): Promise<Undone[]> {
      if (numbers.length === 0) return []
      const rows = store.db
        .selectFrom('settlementUndone')
        .selectAll()
        .where('issuer', '=', issuer)
        .where('number', 'in', [...numbers])
        .orderBy('at')
      return store.all(rows.compile())
    },
  }
}

function createUndo(
  { store, clock }: { store: Store; clock: Pick<Clock, 'now'> },
  own: (issuer: string, number: string) => Promise<StatementSeen>,
) {
  /**
   * The statement is open again; what was noted, and why it was wrong, stays known.
   * @param settledAt of the note that was seen
   * @returns whether it is taken back by this; false where somebody had done so, or noted it anew
   * @throws Fault not_found; state_conflict where something hangs on it
   */
  return async function undo(
    issuer: string,
    number: string,
    { settledAt, ...how }: { settledAt: Instant; byUser: string; reason: string },
  ): Promise<boolean> {
    const seen = await own(issuer, number)
    if (seen.settledAt !== settledAt) return false
    if (!isUndoable(seen)) throw new Fault('state_conflict', 'Something hangs on it.')
    const { settledBy, settledOn } = seen
    const note = { issuer, number, settledAt, settledBy: settledBy ?? '', settledOn }
    const open = store.db
      .updateTable('premiumStatement')
      .set({ settledAt: null, settledBy: null, settledOn: null })
      .where('issuer', '=', issuer)
      .where('number', '=', number)
      .where('settledAt', '=', settledAt)
    const undone = { ...note, ...how, at: instant(clock.now()) }
    try {
      await store.commit([
        store.db.insertInto('settlementUndone').values(undone).compile(),
        open.compile(),
      ])
      return true
    } catch (error) {
      if (error instanceof StoreFault && error.reason === 'conflict') return false
      throw error
    }
  }
}
