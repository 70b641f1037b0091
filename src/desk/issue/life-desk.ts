import type { CompiledQuery } from 'kysely'
import type { Member } from '../../accounts/member.ts'
import { Fault } from '../../base/fault.ts'
import type { DeskPorts } from '../../ports.ts'
import { type Store, StoreFault } from '../../store/store.ts'
import { createSentApplications } from '../application/sent/sent-application.ts'
import type { Payment } from '../company/bills.ts'
import type { Company } from '../company/company.ts'
import type { Premiums } from '../company/premiums.ts'
import type { Press } from '../print/press.ts'
import type { TellDifference } from './difference.ts'
import type { By, Life, LifePlan } from './life.ts'
import { createLifeDrafts } from './life-drafts.ts'
import { LIFE_EVENTS, type LifeEvent } from './life-events.ts'
import { createPreview, type Preview } from './life-preview.ts'
import { createOverview, type Overview } from './overview.ts'
import type { TellPaper } from './paper/paper-done.ts'
import { createPaperLife, type PaperLife } from './paper/paper-life.ts'
import type { PaperPlan } from './paper/paper-plan.ts'
import { createPrintSheets } from './paper/print-sheets.ts'
import { createProposals, type Proposal, type Proposals } from './proposals.ts'
import type { RefusedDesk } from './refused-desk.ts'
import type { Sender } from './sender.ts'
import { createKnown, type Issued, type Known } from './version-rows.ts'

/** Tries at a commit while others take the same numbers. */
const TRIES = 20

export interface LifeDeskParts {
  ports: DeskPorts
  life: Life
  sender: Sender
  company: Pick<Company, 'profileOf' | 'nextNumber' | 'officeOf'>
  premiums: Premiums
  refused: RefusedDesk
  press: Press
  /** Of what is done on paper. */
  tell: TellPaper
  tellDifference: TellDifference
}

/** What clerks and approvers do about guarantees that were issued. */
export function createLifeDesk(parts: LifeDeskParts) {
  const { store } = parts.ports
  const proposals = createProposals(parts.ports)
  const paperLife = createPaperLife(parts)
  const preview = createPreview(parts, paperLife)

  return {
    refused: parts.refused,
    drafts: createLifeDrafts(parts.ports),
    overview: createOverview(store, proposals),
    preview,
    carryOut: createCarryOut(parts, paperLife, proposals),
    makeSheets: (seen: Known, by: Member) => paperLife.makeSwitched(seen, by.user),
    printSheets: createPrintSheets(parts.ports, parts.press),

    /** Whether a second person has to agree; a new key is made at once, for the old one may be known. */
    needsSecond: async (issuer: string, event: LifeEvent): Promise<boolean> =>
      event !== 'rekey' && (await parts.company.profileOf(issuer)).fourEyes,

    /** @throws Fault state_conflict while another proposal is open */
    async propose({ issued }: Known, { event, fields, plan }: Preview, by: Member): Promise<void> {
      const { issuer, numberKey } = issued
      const seq = plan?.content.seq ?? 0
      const row = { event, fields: JSON.stringify(fields), seq, madeBy: by.user }
      await proposals.propose({ issuer, numberKey, ...row, madeByName: by.name })
    },
    /** A proposal as a preview of what it does now. */
    async proposed(seen: Overview): Promise<Preview | undefined> {
      const { proposal } = seen
      const event = LIFE_EVENTS.find((one) => one === proposal?.event)
      return proposal && event && preview(seen, event, JSON.parse(proposal.fields))
    },
    withdraw: (proposal: Proposal, byUser: string) => proposals.end(proposal, 'withdrawn', byUser),

    /** @throws Fault role_not_allowed for who asked, and for who is no approver */
    async sendBack(proposal: Proposal, { user, role }: Member, reason: string): Promise<void> {
      if (role !== 'approver' || proposal.madeBy === user) {
        throw new Fault('role_not_allowed', 'Another person, an approver, sends it back.')
      }
      await proposals.end(proposal, 'declined', user, reason)
    },
  }
}

export type LifeDesk = ReturnType<typeof createLifeDesk>

/** Signs and sends what was previewed; on paper it makes the sheets. */
function createCarryOut(
  { ports: { store }, life, sender, tellDifference }: LifeDeskParts,
  paperLife: PaperLife,
  proposals: Pick<Proposals, 'endQueries' | 'stillOpen'>,
) {
  const paymentOf = createPaymentOf(store)
  const whileNewest = createWhileNewest(store)

  return async (
    { issued, isOnPaper, proposal }: Overview,
    { event, plan, premium }: Preview,
    by: By,
  ): Promise<void> => {
    const deed = by.approvedBy === undefined ? 'overtaken' : 'agreed'
    const end = proposal ? proposals.endQueries(proposal, deed, by.approvedBy ?? by.madeBy) : []
    const billed = async () => premium && (await premium.bill(await paymentOf(issued)))
    if (event === 'rekey') await life.rekey(issued, by.madeBy)
    else if (plan && 'known' in plan) {
      await whileNewest(plan, async () => {
        if (proposal) await proposals.stillOpen(proposal)
        const bill = await billed()
        const back = isOnPaper ? await paperLife.backQueries(issued, by) : []
        const more = [...(bill?.queries ?? []), ...back, ...end]
        if (bill?.row) more.push(billedFor(store, plan, bill.row.number))
        await life.carryOut(plan, by, more)
      })
    } else if (plan) {
      return paperLife.carryOut(plan, by, async () => {
        if (proposal) await proposals.stillOpen(proposal)
        const { row, queries = [] } = (await billed()) ?? {}
        if (!row) return [...queries, ...end]
        const { numberKey } = issued
        const told = await tellDifference({ ...plan.content, numberKey, row })
        return [...queries, billedOnPaper(store, plan, row.number), ...told, ...end]
      })
    }
    await sender.soon()
  }
}

/**
 * Tries again where the number of the statement went to another guarantee meanwhile, and not where
 * this one has gone on.
 */
function createWhileNewest(store: Store) {
  const knownOf = createKnown(store)
  return async (
    { known: { issued }, content }: LifePlan,
    attempt: () => Promise<void>,
  ): Promise<void> => {
    for (let tries = 1; ; tries++) {
      try {
        return await attempt()
      } catch (error) {
        const taken = error instanceof Fault && error.cause instanceof StoreFault
        if (!taken || tries === TRIES) throw error
        const now = await knownOf(issued.issuer, issued.numberKey)
        if (now?.versions.at(-1)?.seq !== content.seq - 1) throw error
      }
    }
  }
}

/** A version that is dropped takes its statement with it. */
function billedFor({ db }: Store, { known, content }: LifePlan, statement: string): CompiledQuery {
  const { issuer, numberKey } = known.issued
  return db
    .updateTable('issuedVersion')
    .set({ statement })
    .where('issuer', '=', issuer)
    .where('numberKey', '=', numberKey)
    .where('seq', '=', content.seq)
    .compile()
}

function billedOnPaper({ db }: Store, plan: PaperPlan, statement: string): CompiledQuery {
  const { issuer, numberKey } = plan.issued
  return db
    .updateTable('paperStep')
    .set({ statement })
    .where('issuer', '=', issuer)
    .where('numberKey', '=', numberKey)
    .where('seq', '=', plan.content.seq)
    .compile()
}

/** As it was applied for; by the case where the desk has no application. */
function createPaymentOf(store: Store) {
  const sent = createSentApplications(store)
  return async ({ application, issuer, kind, contractorName }: Issued): Promise<Payment> => {
    const lines = (await sent.byId(application, { issuer }))?.lines
    const asked = lines?.find((line) => line.kind === kind)?.asked
    return asked ?? { paymentMethod: 'per_case', billTo: { name: contractorName } }
  }
}
