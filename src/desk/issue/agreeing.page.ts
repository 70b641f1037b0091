import { Fault } from '../../base/fault.ts'
import { isPlainText } from '../../base/text.ts'
import { readForm } from '../../web/body.ts'
import { keyFault } from '../application/free-text.ts'
import type { Asking } from './asking.page.ts'
import { done, refused } from './back.page.ts'
import { REASON_LIMIT } from './life-form.ts'
import { LIFE, LIFE_ERRORS, type LifeDone } from './life-words.ts'
import type { ProposalEnd } from './proposals.ts'
import { showOverview } from './refused.page.ts'

/** Anybody of the company may take back what waits; it stays known who did. */
export async function withdraw(asked: Asking): Promise<Response> {
  const { c, member, lifeDesk } = asked
  const sent = await readForm(c)
  const proposal = seenProposal(asked, sent)
  if (!proposal) return endedBefore(asked, sent, 'withdrawn')
  return end(asked, 'withdrawn', () => lifeDesk.withdraw(proposal, member.user))
}

/** An approver says why not; who asked reads it, and may ask anew. */
export async function sendBack(asked: Asking): Promise<Response> {
  const { c, member, lifeDesk } = asked
  const sent = await readForm(c)
  const proposal = seenProposal(asked, sent)
  if (!proposal) return endedBefore(asked, sent, 'declined')
  const why = sent.why?.trim() ?? ''
  const error = wrongIn(why)
  if (error) return showOverview(asked, { why: { value: why, error }, status: 400 })
  return end(asked, 'declined', () => lifeDesk.sendBack(proposal, member, why))
}

function wrongIn(why: string): string | undefined {
  if (why === '') return LIFE_ERRORS.whyMissing
  if ([...why].length > REASON_LIMIT || !isPlainText(why)) return LIFE_ERRORS.reasonForm
  return keyFault(LIFE.sendBackReason, why)
}

/** The proposal that waits, if it is the one that the page had shown. */
export function seenProposal({ seen: { proposal } }: Asking, sent: Record<string, string>) {
  return proposal && sent.proposal === String(proposal.id) ? proposal : undefined
}

/** A second click of who ended it himself finds it done; others read what has become of it. */
export function endedBefore(
  asked: Asking,
  sent: Record<string, string>,
  deed: Exclude<ProposalEnd['deed'], 'overtaken'>,
): Response {
  const own = asked.seen.ended.some(
    (one) =>
      String(one.proposal) === sent.proposal &&
      one.deed === deed &&
      one.byUser === asked.member.user,
  )
  return own ? done(asked, deed) : refused(asked, 'goneOn')
}

async function end(asked: Asking, how: LifeDone, deed: () => Promise<void>): Promise<Response> {
  try {
    await deed()
  } catch (error) {
    if (!(error instanceof Fault) || error.code !== 'state_conflict') throw error
    return refused(asked, 'goneOn')
  }
  return done(asked, how)
}
