import type { CompiledQuery, Selectable } from 'kysely'
import { Fault } from '../../base/fault.ts'
import { instant } from '../../base/time.ts'
import type { DeskPorts } from '../../ports.ts'
import { kept } from '../../store/kept.ts'
import { StoreFault } from '../../store/store.ts'
import type { Tables } from '../../store/tables.ts'

export type Proposal = Selectable<Tables['lifeProposal']>
export type ProposalEnd = Selectable<Tables['proposalEnd']>

function createQueries(store: DeskPorts['store']) {
  const of = kept(store.db, (db, issuer: string, numberKey: string) =>
    db
      .selectFrom('lifeProposal')
      .selectAll()
      .where('issuer', '=', issuer)
      .where('numberKey', '=', numberKey),
  )
  const ended = kept(store.db, (db, issuer: string, numberKey: string) =>
    db
      .selectFrom('proposalEnd')
      .selectAll()
      .where('issuer', '=', issuer)
      .where('numberKey', '=', numberKey)
      .orderBy('proposal'),
  )
  return { of, ended }
}

/** What one person wishes for a guarantee and a second one has to agree to; one at a time. */
export function createProposals({ store, clock }: Pick<DeskPorts, 'store' | 'clock'>) {
  const { of, ended } = createQueries(store)

  async function proposalOf(issuer: string, numberKey: string): Promise<Proposal | undefined> {
    return (await store.all(of(issuer, numberKey)))[0]
  }

  /**
   * For the commit that carries a proposal out, or withdraws it. The commit's `conflict` says that
   * it had ended before.
   */
  function endQueries(
    { id, seq: _seq, ...row }: Proposal,
    deed: ProposalEnd['deed'],
    byUser: string,
    reason: string | null = null,
  ): CompiledQuery[] {
    const end = { proposal: id, ...row, deed, byUser, at: instant(clock.now()), reason }
    return [
      store.db.insertInto('proposalEnd').values(end).compile(),
      store.db.deleteFrom('lifeProposal').where('id', '=', id).compile(),
    ]
  }

  return {
    of: proposalOf,
    /** How the earlier ones ended, oldest first. */
    ended: (issuer: string, numberKey: string): Promise<ProposalEnd[]> =>
      store.all(ended(issuer, numberKey)),
    endQueries,

    /** @throws Fault state_conflict while another one is open */
    async propose(row: Omit<Proposal, 'id' | 'madeAt'>): Promise<void> {
      const madeAt = instant(clock.now())
      const insert = store.db.insertInto('lifeProposal').values({ ...row, madeAt })
      try {
        await store.commit([insert.compile()])
      } catch (error) {
        if (!(error instanceof StoreFault) || error.reason !== 'conflict') throw error
        throw new Fault('state_conflict', 'Another proposal waits for its approval.')
      }
    },

    /** @throws Fault state_conflict where it has ended before */
    async stillOpen({ id, issuer, numberKey }: Proposal): Promise<void> {
      if ((await proposalOf(issuer, numberKey))?.id === id) return
      throw new Fault('state_conflict', 'The proposal has ended.')
    },

    /** @throws Fault state_conflict where it has ended before */
    async end(
      proposal: Proposal,
      deed: ProposalEnd['deed'],
      byUser: string,
      reason?: string,
    ): Promise<void> {
      try {
        await store.commit(endQueries(proposal, deed, byUser, reason))
      } catch (error) {
        if (!(error instanceof StoreFault) || error.reason !== 'conflict') throw error
        throw new Fault('state_conflict', 'The proposal has ended.', { cause: error })
      }
    },
  }
}

export type Proposals = ReturnType<typeof createProposals>
