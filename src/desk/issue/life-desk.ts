import type { CompiledQuery } from 'kysely'
import type { Member } from '../../accounts/member.ts'
import type { DeskPorts } from '../../ports.ts'
import type { Store } from '../../store/store.ts'
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
import { createOverview, type Overview } from './overview.ts'
import { createProposals } from './proposals.ts'
import type { RefusedDesk } from './refused-desk.ts'
import type { Sender } from './sender.ts'
import type { Issued, Known } from './version-rows.ts'

export interface LifeDeskParts {
  ports: DeskPorts
  life: Life
  sender: Sender
  company: Pick<Company, 'profileOf'>
  premiums: Premiums
  refused: RefusedDesk
}

/** What the difference in premium comes to; `bill` makes its statement. */
interface Reckoning {
  quote: { type: 'charge' | 'refund' | 'none'; yen: number }
  bill(payment: Payment): Promise<{ number?: string; queries: CompiledQuery[] }>
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
  const { store } = parts.ports
  const proposals = createProposals(parts.ports)
  const paymentOf = createPaymentOf(store)

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
    if (event === 'rekey') await parts.life.rekey(issuer, numberKey, by.madeBy)
    else if (plan) {
      const bill = premium && (await premium.bill(await paymentOf(issued)))
      const more = [...(bill?.queries ?? []), proposals.endQuery(issuer, numberKey)]
      if (bill?.number !== undefined) more.push(billedFor(store, plan, bill.number))
      await parts.life.carryOut(plan, by, more)
    }
    await parts.sender.soon()
  }

  return {
    refused: parts.refused,
    overview: createOverview(store, proposals),
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
  }
}

export type LifeDesk = ReturnType<typeof createLifeDesk>

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
