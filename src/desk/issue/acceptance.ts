import type { SentLine } from '../application/sent/sent-application.ts'

/** What stood before a line that came back from its issue (drop.ts), which is no new 引受承認. */
const ISSUING: readonly string[] = ['issuing', 'issue_failed']

/**
 * 引受承認 of a line: by whom it was accepted last, and when. On that day the contract is made: its
 * premium and its terms are those in force then.
 */
export function acceptanceOf({
  steps,
}: Pick<SentLine, 'steps'>): SentLine['steps'][number] | undefined {
  return steps.findLast(
    ({ status }, at) => status === 'accepted' && !ISSUING.includes(steps[at - 1]?.status ?? ''),
  )
}
