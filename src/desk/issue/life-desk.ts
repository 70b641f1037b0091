import type { CompiledQuery, Selectable } from 'kysely'
import type { Member } from '../../accounts/member.ts'
import { Fault } from '../../base/fault.ts'
import { instant } from '../../base/time.ts'
import type { DeskPorts } from '../../ports.ts'
import { kept } from '../../store/kept.ts'
import type { Store } from '../../store/store.ts'
import type { Tables } from '../../store/tables.ts'
import type { FieldError } from '../../web/form.ts'
import type { AppliedKind } from '../application/content.ts'
import { createSentApplications } from '../application/sent/sent-application.ts'
import type { Payment } from '../company/bills.ts'
import type { Company } from '../company/company.ts'
import type { Premiums } from '../company/premiums.ts'
import type { CancelStage } from '../premium/cancel.ts'
import type { Life, LifePlan } from './life.ts'
import { LIFE_EVENTS, type LifeEvent } from './life-events.ts'
import { type LifeFields, readLifeForm } from './life-form.ts'
import { STAGES } from './life-words.ts'
import { createProposals, type Proposal } from './proposals.ts'
import type { Sender } from './sender.ts'
import { createKnown, type Issued, type Known } from './version-rows.ts'

export interface LifeDeskParts {
  ports: DeskPorts
  life: Life
  sender: Sender
  company: Pick<Company, 'profileOf'>
  premiums: Premiums
}

export type Submission = Selectable<Tables['submission']>

/** A guarantee as the company sees its life: what was sent, and what waits for a second person. */
export interface Overview extends Known {
  submissions: Submission[]
  proposal: Proposal | undefined
}

/** What the difference in premium comes to; `bill` makes its statement. */
interface Reckoning {
  quote: { type: 'charge' | 'refund' | 'none'; yen: number }
  bill(payment: Payment): Promise<{ queries: CompiledQuery[] }>
}

export interface Preview {
  event: LifeEvent
  fields: LifeFields
  errors: FieldError[]
  /** None for a new auth key, and where something is wrong. */
  plan?: LifePlan
  premium?: Reckoning
}

/** What clerks and approvers do about guarantees that were issued. */
export function createLifeDesk(parts: LifeDeskParts) {
  const { store, clock } = parts.ports
  const known = createKnown(store)
  const proposals = createProposals(parts.ports)
  const paymentOf = createPaymentOf(store)
  const { submissionsOf, again } = createQueries(store)

  async function overview(issuer: string, numberKey: string): Promise<Overview> {
    const found = await known(issuer, numberKey)
    if (!found) throw new Fault('not_found', 'The company has no such guarantee.')
    const submissions = await store.all(submissionsOf(issuer, numberKey))
    return { ...found, submissions, proposal: await proposals.of(issuer, numberKey) }
  }

  async function preview(seen: Known, event: LifeEvent, fields: LifeFields): Promise<Preview> {
    if (event === 'rekey') return { event, fields, errors: [] }
    const { wish, errors } = readLifeForm(event, fields, seen, parts.life.today())
    if (errors.length > 0) return { event, fields, errors }
    const { issuer, numberKey } = seen.issued
    const plan = await parts.life.plan(issuer, numberKey, wish)
    const premium = await reckoned(parts.premiums, plan, fields)
    return { event, fields, errors, plan, ...(premium && { premium }) }
  }

  /** Signs and sends what was previewed. */
  async function carryOut(
    { issued }: Known,
    { event, plan, premium }: Preview,
    by: { madeBy: string; approvedBy?: string },
  ): Promise<void> {
    const { issuer, numberKey } = issued
    if (event === 'rekey') await parts.life.rekey(issuer, numberKey)
    else if (plan) {
      const bill = premium ? (await premium.bill(await paymentOf(issued))).queries : []
      const more = [...bill, proposals.endQuery(issuer, numberKey)]
      await parts.life.carryOut(plan, by, more)
    }
    await parts.sender.soon()
  }

  return {
    overview,
    preview,
    carryOut,

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
    withdraw: (issuer: string, numberKey: string): Promise<void> =>
      store.commit([proposals.endQuery(issuer, numberKey)]),
    /** What was refused is sent again, the same bytes: its cause was put right elsewhere. */
    async resend(issuer: string, numberKey: string): Promise<void> {
      await store.commit([again(instant(clock.now()), issuer, numberKey)])
      await parts.sender.soon()
    },
  }
}

function createQueries({ db }: Store) {
  return {
    submissionsOf: kept(db, (db, issuer: string, numberKey: string) =>
      db
        .selectFrom('submission')
        .selectAll()
        .where('issuer', '=', issuer)
        .where('numberKey', '=', numberKey)
        .orderBy('id'),
    ),
    again: kept(db, (db, nextAt: string, issuer: string, numberKey: string) =>
      db
        .updateTable('submission')
        .set({ state: 'waiting', nextAt })
        .where('issuer', '=', issuer)
        .where('numberKey', '=', numberKey)
        .where('state', '=', 'refused'),
    ),
  }
}

export type LifeDesk = ReturnType<typeof createLifeDesk>

/** As it was applied for; by the case where the desk has no application. */
function createPaymentOf(store: Store) {
  const sent = createSentApplications(store)
  return async ({ application, issuer, kind, contractorName }: Issued): Promise<Payment> => {
    const lines = (await sent.byId(application, { issuer }))?.content.lines ?? []
    const { paymentMethod = 'per_case', billTo = { name: contractorName } } =
      lines.find((line) => line.kind === kind) ?? {}
    return { paymentMethod, billTo }
  }
}

/** 変更 costs the difference or gives it back; 解約 gives back by how far the works are. */
async function reckoned(
  premiums: Premiums,
  { known: { issued }, content }: LifePlan,
  { stage }: LifeFields,
): Promise<Reckoning | undefined> {
  const { issuer, org, application, contractNumber } = issued
  const about = { issuer, org, application, kind: issued.kind as AppliedKind, contractNumber }
  const was = JSON.parse(issued.certificate)
  if (content.event === 'amend') {
    return premiums.forChange(about, { was, becomes: content.certificate })
  }
  if (content.event !== 'cancel' || content.reasonCode === 'converted_to_paper') return undefined
  const known = STAGES.find(({ value }) => value === stage)?.value ?? 'after_advance_paid'
  return premiums.forCancel(about, was, known as CancelStage)
}
