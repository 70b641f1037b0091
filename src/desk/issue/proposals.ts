import type { CompiledQuery, Selectable } from 'kysely'
import { Fault } from '../../base/fault.ts'
import { instant } from '../../base/time.ts'
import type { DeskPorts } from '../../ports.ts'
import { kept } from '../../store/kept.ts'
import { StoreFault } from '../../store/store.ts'
import type { Tables } from '../../store/tables.ts'

export type Proposal = Selectable<Tables['lifeProposal']>

/** What one person wishes for a guarantee and a second one has to agree to; one at a time. */
export function createProposals({ store, clock }: Pick<DeskPorts, 'store' | 'clock'>) {
  const of = kept(store.db, (db, issuer: string, numberKey: string) =>
    db
      .selectFrom('lifeProposal')
      .selectAll()
      .where('issuer', '=', issuer)
      .where('numberKey', '=', numberKey),
  )
  const end = kept(store.db, (db, issuer: string, numberKey: string) =>
    db.deleteFrom('lifeProposal').where('issuer', '=', issuer).where('numberKey', '=', numberKey),
  )

  return {
    of: async (issuer: string, numberKey: string): Promise<Proposal | undefined> =>
      (await store.all(of(issuer, numberKey)))[0],
    /** @throws Fault state_conflict while another one is open */
    async propose(row: Omit<Proposal, 'madeAt'>): Promise<void> {
      const madeAt = instant(clock.now())
      const insert = store.db.insertInto('lifeProposal').values({ ...row, madeAt })
      try {
        await store.commit([insert.compile()])
      } catch (error) {
        if (!(error instanceof StoreFault) || error.reason !== 'conflict') throw error
        throw new Fault('state_conflict', 'Another proposal waits for its approval.')
      }
    },
    /** For the commit that carries it out, or that withdraws it. */
    endQuery: (issuer: string, numberKey: string): CompiledQuery => end(issuer, numberKey),
  }
}

export type Proposals = ReturnType<typeof createProposals>
