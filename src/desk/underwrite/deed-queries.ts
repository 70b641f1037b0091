import type { CompiledQuery } from 'kysely'
import { Fault, type FaultCode } from '../../base/fault.ts'
import { dayInTokyo, type Instant, instant } from '../../base/time.ts'
import type { Finding } from '../../guarantee/sufficiency.ts'
import type { Store } from '../../store/store.ts'
import type { Format, LineStatus } from '../application/content.ts'
import { stepQueries } from '../application/sent/line-step.ts'
import type { SentApplication, SentLine } from '../application/sent/sent-application.ts'
import { acceptanceOf } from '../issue/acceptance.ts'
import type { Checks } from './checks.ts'
import { type About, type Deed, isJudged, type UnderwritingParts } from './deed.ts'
import { draftCertificate } from './draft-certificate.ts'

/** What a deed writes, but for 発行: the line's next step, and what follows from it. */
export async function queriesFor(
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
  { kind, asked }: SentLine,
): Promise<CompiledQuery[]> {
  const about = aboutOf(application)
  const profile = await company.profileOf(application.issuer)
  const today = dayInTokyo(instant(clock.now()))
  const certificate = draftCertificate(application, kind, profile, today)
  const { quote, bill } = await premiums.forIssue({ ...about, kind }, certificate)
  const { number = '', queries } = await bill(asked)
  const premium = {
    kind,
    statement: number,
    yen: quote.yen,
    mark: quote.mark,
    payment: asked.paymentMethod,
  }
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
export async function issue(
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
