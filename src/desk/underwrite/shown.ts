import type { Member } from '../../accounts/member.ts'
import { type Day, dayInTokyo, instant } from '../../base/time.ts'
import type { Certificate } from '../../guarantee/certificate.ts'
import type { ApplicationLine, AppliedKind } from '../application/content.ts'
import {
  lastSentAt,
  type SentApplication,
  type SentLine,
} from '../application/sent/sent-application.ts'
import { type NameOf, namesOf } from '../company/names.ts'
import { receptionDay } from '../company/office.ts'
import type { CompanyProfile } from '../company/profile.ts'
import type { Fate } from '../issue/fate.ts'
import type { PremiumQuote } from '../premium/quote.ts'
import { type Charge, createChargeOf } from './charges.ts'
import type { CheckLine, Checks } from './checks.ts'
import { type Action, isJudged, type UnderwritingParts } from './deed.ts'
import { draftCertificate } from './draft-certificate.ts'
import { nextText } from './next.ts'
import { createOutcomeOf } from './outcome.ts'
import { actionsFor } from './roles.ts'
import { undecided } from './undecided.ts'

/** What was typed into a form that was refused. */
export interface Typed {
  kind: AppliedKind
  action: Action
  text: string
  error: string
  /** Whether the other open lines were to go back, too. */
  all: boolean
}

/** One guarantee with all that is needed to decide on it. */
export interface LineShown {
  line: SentLine
  asked: ApplicationLine
  actions: Action[]
  /** Other lines that can be returned together with this one. */
  others: AppliedKind[]
  /** Why the guarantee may not be issued by who is signed in. */
  held?: string
  /** None where the company has no terms or rates for the kind today. */
  checks?: Checks
  quote?: PremiumQuote
  charge?: Charge
  /** Who does what next. */
  next?: string
  /** How far its record has come, once it is issued. */
  outcome?: Fate
}

export interface ApplicationShown {
  application: SentApplication
  branch: string
  /** 「静岡支店」 of an id. */
  branchName(branch: string): string
  /** 受付日 of the last sending; none where the branch is no more. */
  reception?: Day
  lines: LineShown[]
  today: Day
  nameOf: NameOf
  /** What was done just now, or what somebody else had done before. */
  notice?: { kind: 'done' | 'taken' | 'refused'; text: string }
  typed?: Typed
}

/** Gathers what the company sees of an application. */
export function createShown(
  parts: Parts,
  checks: CheckLine,
  userName: (user: string) => Promise<string | undefined>,
) {
  const chargeOf = createChargeOf(parts.store)
  const outcomeOf = createOutcomeOf(parts.store)

  async function lineOf(
    application: SentApplication,
    line: SentLine,
    profile: CompanyProfile,
    member: Member,
  ): Promise<LineShown> {
    const { asked } = line
    const monthly = asked.paymentMethod === 'monthly_lump'
    const { fourEyes } = profile
    const outcome = await outcomeOf(application.id, line.kind)
    const next = nextText(line.status, { monthly, fourEyes, outcome })
    const charge = await chargeOf(application.id, line.kind)
    const draft = async () => draftToday(parts, application, line.kind, profile)
    const seen = await undecided(draft().then((now) => checks(application, line.kind, now)))
    const quote = charge
      ? undefined
      : await undecided(draft().then((now) => quoteOf(parts, application, line.kind, now)))
    return {
      line,
      asked,
      others: application.lines
        .filter(({ kind, status }) => kind !== line.kind && isJudged(status))
        .map(({ kind }) => kind),
      ...actionsFor(line, member, { monthly, fourEyes }),
      ...(seen && { checks: seen }),
      ...(quote && { quote }),
      ...(charge && { charge }),
      ...(outcome && { outcome }),
      ...(next !== undefined && { next }),
    }
  }

  return async function shown(
    application: SentApplication,
    member: Member,
  ): Promise<ApplicationShown> {
    const profile = await parts.company.profileOf(application.issuer)
    const users = application.lines.flatMap(({ steps }) => steps.map(({ byUser }) => byUser))
    const branchOf = (branch: string | null) => profile.branches.find(({ id }) => id === branch)
    const branch = branchOf(application.branch)
    const lines = application.lines.map((line) => lineOf(application, line, profile, member))
    return {
      application,
      today: dayInTokyo(instant(parts.clock.now())),
      branch: branch?.name ?? '',
      branchName: (id) => branchOf(id)?.name ?? id,
      ...(branch && { reception: receptionDay(branch, lastSentAt(application)) }),
      lines: await Promise.all(lines),
      nameOf: await namesOf(userName, users),
    }
  }
}

type Parts = Pick<UnderwritingParts, 'store' | 'clock' | 'company' | 'premiums'>

function draftToday(
  { clock }: Parts,
  application: SentApplication,
  kind: AppliedKind,
  profile: CompanyProfile,
) {
  return draftCertificate(application, kind, profile, dayInTokyo(instant(clock.now())))
}

async function quoteOf(
  { premiums }: Parts,
  { issuer, org, id }: SentApplication,
  kind: AppliedKind,
  certificate: Certificate,
) {
  return (await premiums.forIssue({ issuer, org, application: id, kind }, certificate)).quote
}
