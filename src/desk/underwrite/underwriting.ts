import type { CompiledQuery } from 'kysely'
import { Fault, type FaultCode } from '../../base/fault.ts'
import { type Day, dayInTokyo, type Instant, instant } from '../../base/time.ts'
import type { Finding } from '../../guarantee/sufficiency.ts'
import type { Clock } from '../../ports.ts'
import { type Store, StoreFault } from '../../store/store.ts'
import type { AppliedKind, Format, LineStatus } from '../application/content.ts'
import { stepQueries } from '../application/sent/line-step.ts'
import {
  createSentApplications,
  type SentApplication,
  type SentLine,
} from '../application/sent/sent-application.ts'
import type { Company } from '../company/company.ts'
import type { Premiums } from '../company/premiums.ts'
import { acceptanceOf } from '../issue/acceptance.ts'
import type { IssueLine } from '../issue/issue-line.ts'
import type { CheckLine, Checks } from './checks.ts'
import { draftCertificate } from './draft-certificate.ts'

/** What a clerk or approver does with one guarantee of an application. */
export type Action = 'receive' | 'review' | 'return' | 'accept' | 'decline' | 'settle' | 'issue'

/** From which 手続状況 a deed may be done. */
const FROM: Record<Action, readonly LineStatus[]> = {
  receive: ['submitted'],
  review: ['received'],
  return: ['submitted', 'received', 'reviewing', 'accepted', 'premium_settled'],
  accept: ['received', 'reviewing'],
  decline: ['received', 'reviewing'],
  settle: ['accepted'],
  issue: ['premium_settled'],
}

export interface Deed {
  issuer: string
  application: string
  kind: AppliedKind
  action: Action
  /** The line's newest step as the person saw it. */
  seen: number
  byUser: string
  /** Of 差し戻し and 引受不可. */
  reason?: string
  /** Of 差し戻し: all other lines that are still open go back with it. */
  all?: boolean
  /** Of 保証料の受領: the day on which it came; today unless given. */
  on?: Day
  /** Of 発行: of the draft that was shown. */
  digest?: string
}

/** What somebody else had done before. */
export interface Taken {
  status: LineStatus
  at: Instant
  byUser: string | null
}

interface About {
  issuer: string
  org: string
  application: string
  number: string
}

/** Mails about a deed, as queries for its commit (desk/notify). */
export interface Tell {
  returned(about: About, kind: AppliedKind, reason: string): Promise<CompiledQuery[]>
  declined(about: About, kind: AppliedKind, reason: string): Promise<CompiledQuery[]>
  premium(
    about: About,
    premium: {
      kind: AppliedKind
      statement: string
      yen: number
      payment: 'monthly_lump' | 'per_case'
    },
  ): Promise<CompiledQuery[]>
}

export interface UnderwritingParts {
  store: Store
  clock: Pick<Clock, 'now'>
  company: Company
  premiums: Premiums
  tell: Tell
  issueLine: Pick<IssueLine, 'draft' | 'issue'>
  /** What was found about a guarantee by the rules of domain.md §9. */
  checks: CheckLine
}

/** Tries at a commit while others take the same numbers. */
const TRIES = 20

/** While nothing is billed yet: such lines go back together. */
const JUDGED: readonly LineStatus[] = ['submitted', 'received', 'reviewing']

/** Whether a line goes back with another one, where that is wished. */
export function isJudged(status: LineStatus): boolean {
  return JUDGED.includes(status)
}

/** What may be done with a line now, by its status and the way its premium is paid. */
export function mayDo(action: Action, status: LineStatus, monthly: boolean): boolean {
  if (monthly && status === 'accepted') return action === 'issue' || action === 'return'
  return FROM[action].includes(status)
}

/** Takes in, returns, accepts, declines, settles and issues; each deed takes the line's next step. */
export function createUnderwriting(parts: UnderwritingParts) {
  const { store } = parts
  const sent = createSentApplications(store)

  async function lineOf(deed: Deed): Promise<{ application: SentApplication; line: SentLine }> {
    const application = await sent.byId(deed.application, { issuer: deed.issuer })
    const line = application?.lines.find(({ kind }) => kind === deed.kind)
    if (application && line) return { application, line }
    throw new Fault('not_found', 'There is no such guarantee.')
  }

  return {
    /** @returns undefined where there is none, or it was sent to another company */
    byId: (id: string, issuer: string) => sent.byId(id, { issuer }),

    /**
     * @returns what somebody else did before, or undefined when the deed is done
     * @throws Fault not_found; state_conflict when the line is not at that point, or the same
     *   person may not do it; those of premiums and of issuing
     */
    async act(deed: Deed): Promise<Taken | undefined> {
      for (let tries = 1; ; tries++) {
        const { application, line } = await lineOf(deed)
        const newest = line.steps.at(-1)
        if (line.step !== deed.seen && newest) return newest
        checkState(application, line, deed)
        try {
          if (deed.action === 'issue') await issue(parts, application, line, deed)
          else await store.commit(await queriesFor(parts, application, line, deed))
          return undefined
        } catch (error) {
          // The step or the number of the statement was taken: the next reading tells which.
          if (error instanceof StoreFault && error.reason === 'conflict' && tries < TRIES) continue
          if ((await lineOf(deed)).line.step === deed.seen) throw error
        }
      }
    },
  }
}

export type Underwriting = ReturnType<typeof createUnderwriting>

function checkState({ content }: SentApplication, line: SentLine, { action, reason }: Deed): void {
  const asked = content.lines.find(({ kind }) => kind === line.kind)
  if (!mayDo(action, line.status, asked?.paymentMethod === 'monthly_lump')) {
    throw new Fault('state_conflict', `A guarantee that is ${line.status} cannot be ${action}d.`)
  }
  if ((action === 'return' || action === 'decline') && !reason) {
    throw new Fault('body_invalid', 'A reason is needed.')
  }
}

async function queriesFor(
  parts: UnderwritingParts,
  application: SentApplication,
  line: SentLine,
  deed: Deed,
): Promise<CompiledQuery[]> {
  const { store, clock } = parts
  const at = instant(clock.now())
  const { action, kind, byUser, reason } = deed
  const step = (status: LineStatus, more = 1) =>
    stepQueries(store.db, {
      ...{ application: application.id, kind, step: line.step + more, status, at, byUser },
      ...(reason !== undefined && { note: reason }),
    })
  if (action === 'receive') return step('received')
  if (action === 'review') return step('reviewing')
  if (action === 'decline') {
    const told = await parts.tell.declined(aboutOf(application), kind, reason ?? '')
    return [...step('declined'), ...told]
  }
  if (action === 'return') return returned(parts, application, deed, at)
  if (action === 'settle')
    return [...step('premium_settled'), settled(store, application, deed, at)]
  await refuseBlocked(parts, application, line)
  return [...step('accepted'), ...(await accepted(parts, application, line))]
}

/**
 * 差し戻し of a line, by default with all others that are still open: the works can be edited only
 * when nothing of the application is being judged by them. What was paid for it is given back.
 */
async function returned(
  { store, tell, premiums }: UnderwritingParts,
  application: SentApplication,
  { kind, all, byUser, reason = '' }: Deed,
  at: Instant,
): Promise<CompiledQuery[]> {
  const lines = application.lines.filter(
    (line) => line.kind === kind || (all && isJudged(line.status)),
  )
  const one = async (line: SentLine) => [
    ...stepQueries(store.db, {
      ...{ application: application.id, kind: line.kind, step: line.step + 1, at, byUser },
      ...{ status: 'returned' as const, note: reason },
    }),
    ...(isJudged(line.status)
      ? []
      : await premiums.giveBack({ ...aboutOf(application), kind: line.kind })),
    ...(await tell.returned(aboutOf(application), line.kind, reason)),
  ]
  return (await Promise.all(lines.map(one))).flat()
}

/**
 * What the platform would refuse is not accepted: the premium would be charged for nothing. On paper
 * only sums that cannot be stand in the way; what could not be checked never does.
 */
async function refuseBlocked(
  { company, checks }: UnderwritingParts,
  application: SentApplication,
  { kind, format }: SentLine,
): Promise<void> {
  const profile = await company.profileOf(application.issuer)
  const block = blockIn(await checks(application, kind, profile), format)
  if (block) throw new Fault(block.code as FaultCode, `Blocked by rule ${block.rule}.`)
}

/** What of the checks stands in the way. */
export function blockIn({ findings }: Checks, format: Format): Finding | undefined {
  return findings.find(
    ({ severity, code }) =>
      severity === 'block' && (format === 'electronic' || code === 'amount_invalid'),
  )
}

function aboutOf({ issuer, org, id, number }: SentApplication): About {
  return { issuer, org, application: id, number }
}

/** 引受承認 brings the statement with it, and the contractor is told what to pay. */
async function accepted(
  { clock, company, premiums, tell }: UnderwritingParts,
  application: SentApplication,
  { kind }: SentLine,
): Promise<CompiledQuery[]> {
  const about = aboutOf(application)
  const profile = await company.profileOf(application.issuer)
  const asked = application.content.lines.find((one) => one.kind === kind)
  if (!asked) throw new Fault('not_found', 'The application has no such guarantee.')
  const today = dayInTokyo(instant(clock.now()))
  const certificate = draftCertificate(application, kind, profile, today)
  const { quote, bill } = await premiums.forIssue({ ...about, kind }, certificate)
  const { number = '', queries } = await bill(asked)
  const premium = { kind, statement: number, yen: quote.yen, payment: asked.paymentMethod }
  return [...queries, ...(await tell.premium(about, premium))]
}

function settled(
  { db }: Store,
  { issuer, id }: SentApplication,
  { kind, byUser, on }: Deed,
  at: Instant,
): CompiledQuery {
  const settledOn = on ?? dayInTokyo(at)
  return db
    .updateTable('premiumStatement')
    .set({ settledAt: at, settledBy: byUser, settledOn })
    .where('issuer', '=', issuer)
    .where('application', '=', id)
    .where('kind', '=', kind)
    .where('type', '=', 'charge')
    .where('settledAt', 'is', null)
    .where('voidedAt', 'is', null)
    .compile()
}

/** Who accepted a guarantee may not issue it, where the company asks for four eyes. */
async function issue(
  parts: UnderwritingParts,
  application: SentApplication,
  line: SentLine,
  { kind, byUser, digest }: Deed,
): Promise<void> {
  const { issuer, id } = application
  if (digest === undefined) throw new Fault('body_invalid', 'What was shown is not named.')
  const { fourEyes } = await parts.company.profileOf(issuer)
  const accepted = acceptanceOf(line)?.byUser
  if (fourEyes && accepted === byUser) {
    throw new Fault('role_not_allowed', 'Who accepted a guarantee does not issue it. Ask another.')
  }
  await refuseBlocked(parts, application, line)
  const second = accepted && accepted !== byUser ? { approvedBy: accepted } : {}
  const about = { issuer, application: id, kind }
  await parts.issueLine.issue({ ...about, digest, madeBy: byUser, ...second })
}
