import type { Member } from '../../accounts/member.ts'
import { Fault } from '../../base/fault.ts'
import type { DeskPorts } from '../../ports.ts'
import type { Company } from '../company/company.ts'
import type { Waiting } from './deliver.ts'
import type { Overview } from './overview.ts'
import { createProposals, type ProposalEnd, type Proposals } from './proposals.ts'
import {
  type Decided,
  type Fate,
  isOutdated,
  type Refusal,
  type Refusals,
  type Refused,
} from './refusals.ts'
import type { Sender } from './sender.ts'

/** `asked`: it waits for a second person. */
export type Outcome = Fate | 'asked'

export interface RefusedShown {
  waiting: Waiting
  /** Whether it can be signed anew. */
  resign: boolean
  /** Whether it can be sent once more: not a key in whose place a newer one is. */
  resend: boolean
  /** That it be dropped, until a second person agrees. */
  asked?: { proposal: number; reason: string; madeBy: string; madeByName: string; madeAt: string }
}

export interface RefusedAll {
  open: RefusedShown[]
  trail: Refusal[]
  /** A proposal to drop what has arrived since: all that is left is to withdraw it. */
  stale?: number
}

export interface RefusedDeskParts {
  ports: DeskPorts
  refusals: Refusals
  sender: Sender
  company: Pick<Company, 'profileOf'>
}

/** What was refused, with all that the company knows of the guarantee. */
type Refusing = Refused & { seen: Overview }

/** What clerks and approvers do about what the platform has refused. */
export function createRefusedDesk(parts: RefusedDeskParts) {
  const { refusals, sender, company } = parts
  const proposals = createProposals(parts.ports)
  const settled = createSettled(proposals)

  /** The proposal that was seen ends with the deed, and none other does. */
  function ends({ proposal }: Overview, deed: ProposalEnd['deed'], { user }: Member) {
    return proposal ? proposals.endQueries(proposal, deed, user) : []
  }

  async function sentOn(fate: Promise<Fate>): Promise<Fate> {
    const known = await fate
    if (known !== 'arrived') await sender.soon()
    return known
  }

  const resign = (refused: Refusing, member: Member) =>
    refusals.resign(refused, alone(member), ends(refused.seen, 'overtaken', member))

  return {
    shown: createShown(refusals),

    resend: (refused: Refusing, member: Member) =>
      sentOn(refusals.resend(refused, alone(member), ends(refused.seen, 'overtaken', member))),
    /** The content is the one that was agreed to, so one person is enough. */
    resign: (refused: Refusing, member: Member) =>
      sentOn(settled(refused.seen, member, resign(refused, member))),

    /** @throws Fault as `drop` of the refusals; state_conflict while something else is proposed */
    async drop({ seen, waiting }: Refusing, member: Member, reason: string): Promise<Outcome> {
      const { issuer, numberKey } = seen.issued
      // A change of key was made by one person alone, too.
      if (waiting.seq === 0 || !(await company.profileOf(issuer)).fourEyes) {
        const end = ends(seen, 'overtaken', member)
        const dropped = refusals.drop({ seen, waiting }, { ...alone(member), reason }, end)
        return settled(seen, member, dropped)
      }
      const fields = JSON.stringify({ reason, submission: waiting.id })
      const by = { madeBy: member.user, madeByName: member.name }
      const row = { issuer, numberKey, event: 'drop', fields, seq: waiting.seq, ...by }
      await proposals.propose(row)
      return 'asked'
    },

    /** @throws Fault role_not_allowed for who asked, and for who is no approver */
    async agree(
      { seen, waiting }: Refusing,
      member: Member,
      proposal: string | undefined,
    ): Promise<Fate> {
      const asked = askedOf(seen, waiting)
      if (!asked || String(asked.proposal) !== proposal)
        throw new Fault('state_conflict', 'Nobody has asked for it (any more).')
      if (member.role !== 'approver' || member.user === asked.madeBy) {
        throw new Fault('role_not_allowed', 'Another person, an approver, has to agree.')
      }
      const { reason, madeBy, madeByName } = asked
      const second = { approvedBy: member.user, approvedByName: member.name }
      const end = ends(seen, 'agreed', member)
      const by = { reason, madeBy, madeByName, ...second }
      return settled(seen, member, refusals.drop({ seen, waiting }, by, end))
    },
  }
}

export type RefusedDesk = ReturnType<typeof createRefusedDesk>

function createShown(refusals: Refusals) {
  return async (seen: Overview): Promise<RefusedAll> => {
    const { issued, proposal } = seen
    const refused = seen.submissions.filter(({ state }) => state === 'refused')
    const open = refused.map(async (waiting) => {
      const asked = askedOf(seen, waiting)
      const resign = waiting.seq > 0 && (await refusals.mayResign({ seen, waiting }))
      return { waiting, resign, resend: !isOutdated({ seen, waiting }), ...(asked && { asked }) }
    })
    const isStale = proposal?.event === 'drop' && !refused.some((one) => askedOf(seen, one))
    return {
      open: await Promise.all(open),
      trail: await refusals.trail(issued.issuer, issued.numberKey),
      ...(isStale && { stale: proposal.id }),
    }
  }
}

/** Where it turns out to have arrived, nobody can agree any more to drop it. */
function createSettled(proposals: Proposals) {
  return async ({ proposal }: Overview, { user }: Member, fate: Promise<Fate>): Promise<Fate> => {
    const known = await fate
    if (known === 'arrived' && proposal?.event === 'drop') {
      await proposals.end(proposal, 'overtaken', user).catch(unlessEnded)
    }
    return known
  }
}

function alone({ user, name }: Member): Decided {
  const one = { madeBy: user, madeByName: name }
  return { ...one, approvedBy: null, approvedByName: null, reason: null }
}

function unlessEnded(error: unknown): void {
  if (!(error instanceof Fault) || error.code !== 'state_conflict') throw error
}

function askedOf({ proposal }: Overview, { id }: Waiting): RefusedShown['asked'] {
  if (proposal?.event !== 'drop') return undefined
  const { reason, submission } = JSON.parse(proposal.fields) as Record<string, unknown>
  const { id: number, madeBy, madeByName, madeAt } = proposal
  if (submission !== id) return undefined
  return { proposal: number, reason: String(reason), madeBy, madeByName, madeAt }
}
