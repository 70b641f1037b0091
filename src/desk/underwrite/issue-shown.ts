import type { Member } from '../../accounts/member.ts'
import { dayInTokyo, type Instant } from '../../base/time.ts'
import type { AppliedKind } from '../application/content.ts'
import type { SentApplication } from '../application/sent/sent-application.ts'
import { namesOf } from '../company/names.ts'
import { acceptanceOf } from '../issue/acceptance.ts'
import type { IssueDraft } from '../issue/issue-draft.ts'
import { type Charge, createChargeOf } from './charges.ts'
import type { CheckLine, Checks } from './checks.ts'
import type { UnderwritingParts } from './deed.ts'
import { blockIn } from './deed-queries.ts'

/** What somebody sees before they issue a guarantee. */
export interface IssueShown {
  draft: IssueDraft
  charge: Charge | undefined
  checks: Checks
  /** Whether something of the checks stands in the way. */
  isBlocked: boolean
  /** Whether its term is over. */
  isExpired: boolean
  accepted: { name: string; at: Instant } | undefined
  /** Who would issue it. */
  by: string
  /** The company asks for a second person; `isOwn`: who is signed in has accepted it. */
  fourEyes: boolean
  isOwn: boolean
}

/** Gathers what would be issued, and what is to be known before. */
export function createIssueShown(
  parts: Pick<UnderwritingParts, 'store' | 'company' | 'issueLine'>,
  checks: CheckLine,
  userName: (user: string) => Promise<string | undefined>,
) {
  const chargeOf = createChargeOf(parts.store)

  /** @throws Fault as the draft, state_conflict for a line that is not ready */
  return async function issueShown(
    application: SentApplication,
    kind: AppliedKind,
    { user, name }: Member,
  ): Promise<IssueShown> {
    const { issuer, id } = application
    const draft = await parts.issueLine.draft({ issuer, application: id, kind })
    const profile = await parts.company.profileOf(issuer)
    const seen = await checks(draft.application, kind, draft.certificate)
    const acceptance = acceptanceOf(draft.line)
    const who = acceptance?.byUser
    const { certificate, line, at } = draft
    return {
      draft,
      charge: await chargeOf(id, kind),
      checks: seen,
      isBlocked: blockIn(seen, line.format) !== undefined,
      isExpired: certificate.coverage.end < dayInTokyo(at),
      accepted: acceptance && {
        name: who ? (await namesOf(userName, [who]))(who) : '',
        at: acceptance.at,
      },
      by: name,
      fourEyes: profile.fourEyes,
      isOwn: profile.fourEyes && who === user,
    }
  }
}
