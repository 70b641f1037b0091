import type { Member } from '../../accounts/member.ts'
import { Fault } from '../../base/fault.ts'
import type { DeskPorts } from '../../ports.ts'
import type { Company } from '../company/company.ts'
import type { Waiting } from './deliver.ts'
import type { Overview } from './overview.ts'
import { createProposals } from './proposals.ts'
import type { Decided, Fate, Refusal, Refusals, Refused } from './refusals.ts'
import type { Sender } from './sender.ts'

/** `asked`: it waits for a second person. */
export type Outcome = Fate | 'asked'

export interface RefusedShown {
  waiting: Waiting
  /** Whether it can be signed anew. */
  resign: boolean
  /** Whether it can be dropped: a change of key has left nothing that would be in the way. */
  drop: boolean
  /** That it be dropped, until a second person agrees. */
  asked?: { reason: string; madeBy: string; madeByName: string; madeAt: string }
}

export interface RefusedDeskParts {
  ports: DeskPorts
  refusals: Refusals
  sender: Sender
  company: Pick<Company, 'profileOf'>
}

/** What clerks and approvers do about what the platform has refused. */
export function createRefusedDesk(parts: RefusedDeskParts) {
  const { refusals, sender, company } = parts
  const proposals = createProposals(parts.ports)

  async function sentOn(fate: Promise<Fate>): Promise<Fate> {
    const known = await fate
    if (known !== 'arrived') await sender.soon()
    return known
  }

  return {
    async shown(seen: Overview): Promise<{ open: RefusedShown[]; trail: Refusal[] }> {
      const { issuer, numberKey } = seen.issued
      const refused = seen.submissions.filter(({ state }) => state === 'refused')
      const open = refused.map(async (waiting) => {
        const asked = askedOf(seen, waiting)
        const resign = waiting.seq > 0 && (await refusals.mayResign({ seen, waiting }))
        return { waiting, resign, drop: waiting.seq > 0, ...(asked && { asked }) }
      })
      return { open: await Promise.all(open), trail: await refusals.trail(issuer, numberKey) }
    },

    resend: (refused: Refused, member: Member) => sentOn(refusals.resend(refused, alone(member))),
    /** The content is the one that was agreed to, so one person is enough. */
    resign: (refused: Refused, member: Member) => sentOn(refusals.resign(refused, alone(member))),

    /** @throws Fault as `drop` of the refusals; state_conflict while something else is proposed */
    async drop({ seen, waiting }: Refused, member: Member, reason: string): Promise<Outcome> {
      const { issuer, numberKey } = seen.issued
      if (!(await company.profileOf(issuer)).fourEyes) {
        return refusals.drop({ seen, waiting }, { ...alone(member), reason })
      }
      const fields = JSON.stringify({ reason, submission: waiting.id })
      const by = { madeBy: member.user, madeByName: member.name }
      const row = { issuer, numberKey, event: 'drop', fields, seq: waiting.seq, ...by }
      await proposals.propose(row)
      return 'asked'
    },

    /** @throws Fault role_not_allowed for who asked, and for who is no approver */
    async agree({ seen, waiting }: Refused & { seen: Overview }, member: Member): Promise<Fate> {
      const asked = askedOf(seen, waiting)
      if (!asked) throw new Fault('state_conflict', 'Nobody has asked for it (any more).')
      if (member.role !== 'approver' || member.user === asked.madeBy) {
        throw new Fault('role_not_allowed', 'Another person, an approver, has to agree.')
      }
      const { reason, madeBy, madeByName } = asked
      const second = { approvedBy: member.user, approvedByName: member.name }
      return refusals.drop({ seen, waiting }, { reason, madeBy, madeByName, ...second })
    },
  }
}

export type RefusedDesk = ReturnType<typeof createRefusedDesk>

function alone({ user, name }: Member): Decided {
  const one = { madeBy: user, madeByName: name }
  return { ...one, approvedBy: null, approvedByName: null, reason: null }
}

function askedOf({ proposal }: Overview, { id }: Waiting): RefusedShown['asked'] {
  if (proposal?.event !== 'drop') return undefined
  const { reason, submission } = JSON.parse(proposal.fields) as Record<string, unknown>
  const { madeBy, madeByName, madeAt } = proposal
  return submission === id ? { reason: String(reason), madeBy, madeByName, madeAt } : undefined
}
