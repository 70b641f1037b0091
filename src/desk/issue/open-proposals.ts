import type { Selectable } from 'kysely'
import { kept } from '../../store/kept.ts'
import type { Store } from '../../store/store.ts'
import type { Tables } from '../../store/tables.ts'

/** What waits for a second person, with the guarantee that it is about. */
export type OpenProposal = Pick<
  Selectable<Tables['lifeProposal']>,
  'issuer' | 'event' | 'madeBy' | 'madeByName' | 'madeAt'
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
