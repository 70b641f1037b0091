import type { Member } from '../../accounts/member.ts'
import type { SentLine } from '../application/sent/sent-application.ts'
import { acceptanceOf } from '../issue/acceptance.ts'
import { type Action, mayDo } from './deed.ts'
import { HELD_WORDS } from './words.ts'

/** Who does what: the approver decides, both do the rest. */
const ROLES: Record<Action, readonly Member['role'][]> = {
  receive: ['clerk', 'approver'],
  review: ['clerk', 'approver'],
  accept: ['approver'],
  settle: ['clerk', 'approver'],
  issue: ['clerk', 'approver'],
  return: ['clerk', 'approver'],
  decline: ['approver'],
}

export function mayByRole(action: Action, { role }: Member): boolean {
  return ROLES[action].includes(role)
}

/** What who is signed in may do with a line now, and why they may not issue it. */
export function actionsFor(
  line: SentLine,
  member: Member,
  { monthly, fourEyes }: { monthly: boolean; fourEyes: boolean },
): { actions: Action[]; held?: string } {
  const possible = (Object.keys(ROLES) as Action[]).filter(
    (action) => mayDo(action, line.status, monthly) && mayByRole(action, member),
  )
  const held = fourEyes && acceptanceOf(line)?.byUser === member.user && possible.includes('issue')
  return held
    ? { actions: possible.filter((action) => action !== 'issue'), held: HELD_WORDS }
    : { actions: possible }
}
