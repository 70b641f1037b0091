import type { ExpressionBuilder, Selectable } from 'kysely'
import { type Instant, instant } from '../../base/time.ts'
import type { DeskPorts } from '../../ports.ts'
import { kept } from '../../store/kept.ts'
import type { Store } from '../../store/store.ts'
import type { Tables } from '../../store/tables.ts'

/** What waits for a second person, with the guarantee that it is about. */
export type OpenProposal = Pick<
  Selectable<Tables['lifeProposal']>,
  'issuer' | 'event' | 'madeBy' | 'madeByName' | 'madeAt'
> &
  Pick<Selectable<Tables['issued']>, 'contractNumber' | 'contractorName' | 'worksName'>

/** What an approver sent back to who asked for it. */
export type SentBack = Pick<
  Selectable<Tables['proposalEnd']>,
  'issuer' | 'event' | 'at' | 'reason'
> &
  Pick<Selectable<Tables['issued']>, 'contractNumber' | 'contractorName' | 'worksName'>

/** So many are shown at once; the oldest ones. */
export const MOST_PROPOSALS = 50

/** Reads what waits for a second person in a company, oldest first: one more than is shown, at most. */
export function createOpenProposals(store: Store) {
  const ofIssuer = kept(store.db, (db, issuer: string) =>
    db
      .selectFrom('lifeProposal as asked')
      .innerJoin('issued', (join) =>
        join
          .onRef('issued.issuer', '=', 'asked.issuer')
          .onRef('issued.numberKey', '=', 'asked.numberKey'),
      )
      .select(['asked.issuer', 'asked.event', 'asked.madeBy', 'asked.madeByName', 'asked.madeAt'])
      .select(['issued.contractNumber', 'issued.contractorName', 'issued.worksName'])
      .where('asked.issuer', '=', issuer)
      .orderBy('asked.id')
      .limit(MOST_PROPOSALS + 1),
  )
  return (issuer: string): Promise<OpenProposal[]> => store.all(ofIssuer(issuer))
}

/** Reads what waits for a second person in a company, by the guarantee's `numberKey`. */
export function createProposedEvents(store: Store) {
  const ofIssuer = kept(store.db, (db, issuer: string) =>
    db.selectFrom('lifeProposal').select(['numberKey', 'event']).where('issuer', '=', issuer),
  )
  return async (issuer: string): Promise<ReadonlyMap<string, string>> =>
    new Map((await store.all(ofIssuer(issuer))).map(({ numberKey, event }) => [numberKey, event]))
}

/** What somebody asked for and then gave up stays on the top page so long. */
const SENT_BACK_DAYS = 30

type Sent = ExpressionBuilder<Tables & { sent: Tables['proposalEnd'] }, 'sent'>

/** Whatever was asked for, refused or done with a guarantee after a request of it was sent back. */
function goneOn({ exists, selectFrom }: Sent) {
  return [
    selectFrom('proposalEnd as later')
      .select('later.proposal')
      .whereRef('later.issuer', '=', 'sent.issuer')
      .whereRef('later.numberKey', '=', 'sent.numberKey')
      .whereRef('later.proposal', '>', 'sent.proposal'),
    selectFrom('lifeProposal as asked')
      .select('asked.id')
      .whereRef('asked.issuer', '=', 'sent.issuer')
      .whereRef('asked.numberKey', '=', 'sent.numberKey'),
    selectFrom('issuedVersion as version')
      .select('version.seq')
      .whereRef('version.issuer', '=', 'sent.issuer')
      .whereRef('version.numberKey', '=', 'sent.numberKey')
      .where(({ or, eb, ref }) =>
        or([
          eb('version.madeAt', '>', ref('sent.at')),
          eb('version.arrivedAt', '>', ref('sent.at')),
        ]),
      ),
    selectFrom('paperStep as step')
      .select('step.seq')
      .whereRef('step.issuer', '=', 'sent.issuer')
      .whereRef('step.numberKey', '=', 'sent.numberKey')
      .whereRef('step.madeAt', '>', 'sent.at'),
    selectFrom('refusal')
      .select('refusal.submission')
      .whereRef('refusal.issuer', '=', 'sent.issuer')
      .whereRef('refusal.numberKey', '=', 'sent.numberKey')
      .whereRef('refusal.at', '>', 'sent.at'),
  ].map((later) => exists(later))
}

/** Reads what was sent back to a person lately, where nothing has been asked for or done since. */
export function createSentBack({ store, clock }: Pick<DeskPorts, 'store' | 'clock'>) {
  const toUser = kept(store.db, (db, user: string, since: Instant) =>
    db
      .selectFrom('proposalEnd as sent')
      .innerJoin('issued', (join) =>
        join
          .onRef('issued.issuer', '=', 'sent.issuer')
          .onRef('issued.numberKey', '=', 'sent.numberKey'),
      )
      .select(['sent.issuer', 'sent.event', 'sent.at', 'sent.reason'])
      .select(['issued.contractNumber', 'issued.contractorName', 'issued.worksName'])
      .where('sent.madeBy', '=', user)
      .where('sent.at', '>=', since)
      .where('sent.deed', '=', 'declined')
      .where((of) => of.not(of.or(goneOn(of))))
      .orderBy('sent.at'),
  )
  return (user: string): Promise<SentBack[]> =>
    store.all(toUser(user, instant(clock.now() - SENT_BACK_DAYS * 86_400_000)))
}
