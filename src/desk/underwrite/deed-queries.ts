import type { CompiledQuery } from 'kysely'
import { Fault, type FaultCode } from '../../base/fault.ts'
import { dayInTokyo, instant } from '../../base/time.ts'
import type { Certificate } from '../../guarantee/certificate.ts'
import type { Finding } from '../../guarantee/sufficiency.ts'
import type { AppliedKind, Format } from '../application/content.ts'
import { stepQueries } from '../application/sent/line-step.ts'
import type { SentApplication, SentLine } from '../application/sent/sent-application.ts'
import { acceptanceOf } from '../issue/acceptance.ts'
import type { Checks } from './checks.ts'
import {
  type About,
  type Action,
  BRINGS,
  type Deed,
  isJudged,
  type UnderwritingParts,
} from './deed.ts'
import { draftCertificate } from './draft-certificate.ts'

type Made = [parts: UnderwritingParts, application: SentApplication, line: SentLine, deed: Deed]

/** What each deed writes, but for 発行: the line's next step, and what follows from it. */
export const QUERIES: Record<
  Exclude<Action, 'issue'>,
  (...made: Made) => Promise<CompiledQuery[]>
> = {
  receive: async (...made) => step(...made),
  review: async (...made) => step(...made),
  return: returned,
  accept: accepted,
  async decline(parts, application, line, deed) {
    const { kind, reason = '' } = deed
    const told = await parts.tell.declined(aboutOf(application), kind, reason)
    return [...step(parts, application, line, deed), ...told]
  },
  settle: async (...made) => [...step(...made), settled(...made)],
}

function step(...[{ store, clock }, application, line, deed]: Made): CompiledQuery[] {
  const { action, kind, byUser, reason } = deed
  const at = instant(clock.now())
  return stepQueries(store.db, {
    ...{
      application: application.id,
      kind,
      step: line.step + 1,
      status: BRINGS[action],
      at,
      byUser,
    },
    ...(reason !== undefined && { note: reason }),
  })
}

/**
 * 差し戻し of a line, by default with all others that are still open: the works can be edited only
 * when nothing of the application is being judged by them. What was paid for it is given back.
 */
async function returned(
  ...[parts, application, , { kind, all, byUser, reason = '' }]: Made
): Promise<CompiledQuery[]> {
  const { store, clock, tell, premiums } = parts
  const at = instant(clock.now())
  const lines = application.lines.filter(
    (line) => line.kind === kind || (all && isJudged(line.status)),
  )
  const givenBack = async (of: AppliedKind) => {
    const { row, queries } = await premiums.giveBack({ ...aboutOf(application), kind: of })
    return row ? [...queries, ...(await tell.givenBack(aboutOf(application), row))] : queries
  }
  const one = async (line: SentLine) => [
    ...stepQueries(store.db, {
      ...{ application: application.id, kind: line.kind, step: line.step + 1, at, byUser },
      ...{ status: 'returned' as const, note: reason },
    }),
    ...(isJudged(line.status) ? [] : await givenBack(line.kind)),
    ...(await tell.returned(aboutOf(application), line.kind, reason)),
  ]
  return (await Promise.all(lines.map(one))).flat()
}

/**
 * What the platform would refuse is not accepted: the premium would be charged for nothing. On paper
 * only sums that cannot be stand in the way; what could not be checked never does.
 */
async function refuseBlocked(
  { checks }: UnderwritingParts,
  application: SentApplication,
  { kind, format }: SentLine,
  certificate: Certificate,
): Promise<void> {
  const block = blockIn(await checks(application, kind, certificate), format)
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
async function accepted(...[parts, application, line, deed]: Made): Promise<CompiledQuery[]> {
  const { clock, company, premiums, tell } = parts
  const { kind, asked } = line
  const about = aboutOf(application)
  const profile = await company.profileOf(application.issuer)
  const today = dayInTokyo(instant(clock.now()))
  const certificate = draftCertificate(application, kind, profile, today)
  await refuseBlocked(parts, application, line, certificate)
  const { quote, bill } = await premiums.forIssue({ ...about, kind }, certificate)
  const { row, queries } = await bill(asked)
  const premium = {
    kind,
    statement: row?.number ?? '',
    yen: quote.yen,
    mark: quote.mark,
    payment: asked.paymentMethod,
    dueOn: row?.dueOn ?? undefined,
  }
  const told = await tell.premium(about, premium)
  return [...step(parts, application, line, deed), ...queries, ...told]
}

function settled(
  ...[{ store, clock }, { issuer, id }, , { kind, byUser, on }]: Made
): CompiledQuery {
  const at = instant(clock.now())
  const settledOn = on ?? dayInTokyo(at)
  return store.db
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

/**
 * Judges what would be signed, and issues it if it is what was shown. Who accepted a guarantee may
 * not issue it, where the company asks for four eyes.
 */
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
  const about = { issuer, application: id, kind }
  const { certificate } = await parts.issueLine.draft(about)
  await refuseBlocked(parts, application, line, certificate)
  const second = accepted && accepted !== byUser ? { approvedBy: accepted } : {}
  await parts.issueLine.issue({ ...about, digest, madeBy: byUser, ...second })
}
