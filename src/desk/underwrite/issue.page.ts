import type { Context, Hono } from 'hono'
import type { Member } from '../../accounts/member.ts'
import type { MemberEnv } from '../../accounts/require-member.ts'
import { Fault } from '../../base/fault.ts'
import { seeOther } from '../../web/answer.ts'
import { readForm } from '../../web/body.ts'
import { answerPage, type Site } from '../../web/site.ts'
import { APPLIED_KINDS, type AppliedKind } from '../application/content.ts'
import type { SentApplication } from '../application/sent/sent-application.ts'
import { issueFaultText } from '../issue/fault-text.ts'
import type { Taken } from './deed.ts'
import { issueView } from './issue.view.ts'
import type { createIssueShown, IssueShown } from './issue-shown.ts'
import { shell } from './shell.ts'
import type { ApplicationShown } from './shown.ts'
import type { Underwriting } from './underwriting.ts'
import { HELD_WORDS, ISSUE_WORDS } from './words.ts'

type C = Context<MemberEnv>
type Notice = NonNullable<ApplicationShown['notice']>

export interface IssueDoors {
  site: Site
  underwriting: Underwriting
  issueShown: ReturnType<typeof createIssueShown>
  applicationOf(c: C): Promise<SentApplication>
  /** The application's own page, with what is to be said. */
  answer(c: C, notice: Notice): Promise<Response>
  takenNotice(taken: Taken): Promise<Notice>
}

/** `/desk/inbox/:id/:kind/issue`: what would be issued, and, once that was seen, its issue. */
export function issuePages(app: Hono<MemberEnv>, doors: IssueDoors): void {
  const { underwriting, issueShown } = doors

  /** The draft of now; on the application's page why there is none. */
  async function show(
    c: C,
    said: (shown: IssueShown) => string | undefined = () => undefined,
  ): Promise<Response> {
    const member = c.get('member')
    const application = await doors.applicationOf(c)
    try {
      const shown = await issueShown(application, kindOf(c), member)
      const text = said(shown)
      const options = { title: ISSUE_WORDS.title, error: text !== undefined, ...shell(member) }
      return answerPage(c, doors.site, options, issueView(shown, text), text ? 409 : 200)
    } catch (error) {
      if (!(error instanceof Fault) || error.code === 'not_found') throw error
      return doors.answer(c, { kind: 'refused', text: issueFaultText(error) })
    }
  }

  app.get('/desk/inbox/:id/:kind/issue', (c) => show(c))

  app.post('/desk/inbox/:id/:kind/issue', async (c) => {
    const { id, issuer, lines } = await doors.applicationOf(c)
    const { seen, digest = '', number = '' } = await readForm(c)
    const kind = kindOf(c)
    const by = (c.get('member') satisfies Member).user
    const deed = { issuer, application: id, kind, action: 'issue', byUser: by } as const
    try {
      const taken = await underwriting.act({ ...deed, seen: Number(seen), digest })
      if (taken && !taken.own) return doors.answer(c, await doors.takenNotice(taken))
    } catch (error) {
      if (!(error instanceof Fault) || error.code === 'not_found') throw error
      return show(c, (now) => refusal(error, now, { digest, number }))
    }
    const isPaper = lines.some((line) => line.kind === kind && line.format === 'paper')
    return seeOther(`/desk/inbox/${id}?done=${isPaper ? 'sheets' : 'issue'}#${kind}`)
  })
}

/** Why nothing was issued: it had become another, or what the deed says. */
function refusal(
  fault: Fault,
  { draft, isBlocked }: IssueShown,
  confirmed: { digest: string; number: string },
): string {
  const now = draft.number.number
  if (fault.code === 'role_not_allowed') return HELD_WORDS
  if (isBlocked) return ISSUE_WORDS.blocked
  if (draft.digest === confirmed.digest) return issueFaultText(fault)
  return confirmed.number !== '' && now !== confirmed.number
    ? ISSUE_WORDS.numberTaken(confirmed.number, now)
    : ISSUE_WORDS.changed
}

function kindOf(c: C): AppliedKind {
  const kind = APPLIED_KINDS.find((one) => one === c.req.param('kind'))
  if (kind) return kind
  throw new Fault('not_found', 'There is nothing under this path.')
}
