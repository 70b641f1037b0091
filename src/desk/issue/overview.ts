import type { Selectable } from 'kysely'
import { Fault } from '../../base/fault.ts'
import { kept } from '../../store/kept.ts'
import type { Store } from '../../store/store.ts'
import type { Tables } from '../../store/tables.ts'
import type { Proposal, Proposals } from './proposals.ts'
import { createKnown, type Known } from './version-rows.ts'

export type Submission = Selectable<Tables['submission']>

/** A guarantee as the company sees its life: what was sent, and what waits for a second person. */
export interface Overview extends Known {
  submissions: Submission[]
  proposal: Proposal | undefined
}

/** @throws Fault not_found */
export function createOverview(store: Store, proposals: Pick<Proposals, 'of'>) {
  const known = createKnown(store)
  const submissionsOf = kept(store.db, (db, issuer: string, numberKey: string) =>
    db
      .selectFrom('submission')
      .selectAll()
      .where('issuer', '=', issuer)
      .where('numberKey', '=', numberKey)
      .orderBy('id'),
  )

  return async function overview(issuer: string, numberKey: string): Promise<Overview> {
    const found = await known(issuer, numberKey)
    if (!found) throw new Fault('not_found', 'The company has no such guarantee.')
    const submissions = await store.all(submissionsOf(issuer, numberKey))
    return { ...found, submissions, proposal: await proposals.of(issuer, numberKey) }
  }
}
