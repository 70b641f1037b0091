import { type Context, Hono } from 'hono'
import type { Member, MemberOf } from '../../accounts/member.ts'
import { type MemberEnv, requireMember } from '../../accounts/require-member.ts'
import { Fault } from '../../base/fault.ts'
import { instant, listTime } from '../../base/time.ts'
import type { PlatformPort } from '../../ports.ts'
import type { Store } from '../../store/store.ts'
import { API_HEADERS, seeOther } from '../../web/answer.ts'
import { readForm } from '../../web/body.ts'
import { answerPage, type Site } from '../../web/site.ts'
import { APPLIED_KINDS, type AppliedKind } from '../application/content.ts'
import { freeText } from '../application/free-text.ts'
import type { SentApplication } from '../application/sent/sent-application.ts'
import { STATUS_WORDS } from '../application/status-words.ts'
import { issueFaultText } from '../issue/fault-text.ts'
import { applicationView } from './application.view.ts'
import { createChargeOf } from './charges.ts'
import { createChecks } from './checks.ts'
import type { Action, Deed, Taken, UnderwritingParts } from './deed.ts'
import { createInboxPage } from './inbox.page.ts'
import { issuePages } from './issue.page.ts'
import { createIssueShown } from './issue-shown.ts'
import { moneyDay } from './money-day.ts'
import { createPapers } from './papers.ts'
import { mayByRole } from './roles.ts'
import { issuerOf, shell } from './shell.ts'
import { type ApplicationShown, createShown, type Typed } from './shown.ts'
import { createUnderwriting } from './underwriting.ts'
import { wishPages } from './wish.page.ts'
import { ACTION_WORDS, BLOCK_WORDS, DONE_WORDS, NEED_REASON } from './words.ts'

export interface UnderwriteDoors extends Omit<UnderwritingParts, 'checks'> {
  memberOf: MemberOf
  site: Site
  platform: Pick<PlatformPort, 'owners' | 'unanswered'>
  userName(user: string): Promise<string | undefined>
  /** Somebody asked for what is another firm's. */
  noteForeign(member: Member, path: string): Promise<void>
}

type C = Context<MemberEnv>

const REASON = { label: '理由', most: 400 }

/** `/desk/inbox`: applications as clerks and approvers of a company work on them. */
export function underwritePages(doors: UnderwriteDoors): Hono<MemberEnv> {
  const { site, store } = doors
  const checks = createChecks(doors)
  const underwriting = createUnderwriting({ ...doors, checks })
  const shown = createShown(doors, checks, doors.userName)
  const chargeOf = createChargeOf(doors.store)
  const app = new Hono<MemberEnv>()
  app.use('/desk/inbox', requireMember(doors.memberOf, ['clerk', 'approver']))
  app.use('/desk/inbox/*', requireMember(doors.memberOf, ['clerk', 'approver']))

  async function applicationOf(c: C): Promise<SentApplication> {
    const member = c.get('member')
    const found = await underwriting.byId(c.req.param('id') ?? '', issuerOf(member))
    if (found) return found
    await doors.noteForeign(member, c.req.path)
    throw new Fault('not_found', 'There is no such application.')
  }

  async function answer(c: C, more: Partial<ApplicationShown> = {}, status = 200) {
    const member = c.get('member')
    const data = { ...(await shown(await applicationOf(c), member)), ...more }
    const { number } = data.application
    const options = { title: `受付番号 ${number}`, error: status >= 400, ...shell(member) }
    return answerPage(c, site, options, applicationView(data), status)
  }

  app.get('/desk/inbox', createInboxPage(doors))
  wishPages(app, doors)

  app.get('/desk/inbox/:id', (c) => {
    const done = c.req.query('done') ?? ''
    if (!isDone(done)) return answer(c)
    return answer(c, { notice: { kind: 'done', text: DONE_WORDS[done] } })
  })

  attachmentPage(app, store, applicationOf)
  issuePages(app, {
    ...{ site, underwriting, applicationOf },
    issueShown: createIssueShown(doors, checks, doors.userName),
    answer: (c, notice) => answer(c, { notice }, 409),
    takenNotice: (taken) => takenNotice(doors, taken, 'issue'),
  })

  app.post('/desk/inbox/:id/:kind/:action', async (c) => {
    const { id } = await applicationOf(c)
    const deed = await deedOf(doors, chargeOf, c)
    if ('error' in deed) return answer(c, { typed: deed }, 400)
    try {
      const taken = await underwriting.act({ ...deed, application: id })
      if (taken && !taken.own)
        return answer(c, { notice: await takenNotice(doors, taken, deed.action) }, 409)
    } catch (error) {
      if (!(error instanceof Fault) || error.code === 'not_found') throw error
      const text = refusal(error, deed.action)
      return answer(c, { notice: { kind: 'refused', text } }, 409)
    }
    return seeOther(`/desk/inbox/${id}?done=${deed.action}#${deed.kind}`)
  })
  return app
}

function isDone(text: string): text is keyof typeof DONE_WORDS {
  return Object.hasOwn(DONE_WORDS, text)
}

/** A paper of an application, as it was sent. */
function attachmentPage(
  app: Hono<MemberEnv>,
  store: Store,
  applicationOf: (c: C) => Promise<SentApplication>,
): void {
  const papers = createPapers(store)
  app.get('/desk/inbox/:id/attachments/:paper', async (c) => {
    const { id, attachments, removed } = await applicationOf(c)
    // A paper that was added since the last sending is not the company's to read yet.
    const sent = [...attachments, ...removed].find((one) => one.id === c.req.param('paper'))
    const paper = sent && (await papers.byId(id, sent.id))
    if (!paper) throw new Fault('not_found', 'There is no such paper.')
    return new Response(paper.bytes as BodyInit, {
      headers: {
        ...API_HEADERS,
        'content-type': paper.mediaType,
        'content-disposition': named(paper),
      },
    })
  })
}

/** A deed as a form asks for it, or what is wrong with what was typed. */
async function deedOf(
  doors: UnderwriteDoors,
  chargeOf: ReturnType<typeof createChargeOf>,
  c: C,
): Promise<Typed | Omit<Deed, 'application'>> {
  const member = c.get('member')
  const kind = c.req.param('kind') as AppliedKind
  const action = c.req.param('action') as Action
  if (!APPLIED_KINDS.includes(kind) || !Object.hasOwn(ACTION_WORDS, action)) {
    throw new Fault('not_found', 'There is nothing under this path.')
  }
  if (!mayByRole(action, member)) throw new Fault('role_not_allowed', 'An approver does this.')
  const { seen = '', reason: typed = '', on: typedDay = '', all } = await readForm(c)
  const what = { kind, action, all: action === 'return' && all !== undefined }
  const by = { ...what, issuer: issuerOf(member), byUser: member.user, seen: Number(seen) }
  if (action === 'settle') {
    const charge = await chargeOf(c.req.param('id') ?? '', kind)
    const when = { billedAt: charge?.madeAt, now: instant(doors.clock.now()) }
    const received = moneyDay(typedDay, when)
    return 'error' in received ? { ...what, text: typedDay, ...received } : { ...by, ...received }
  }
  const need = NEED_REASON[action]
  if (need === undefined) return by
  const { text: reason, error: wrong } = freeText(typed, REASON)
  const error = reason === '' ? need : wrong
  return error === undefined ? { ...by, reason } : { ...what, text: typed, error }
}

async function takenNotice(
  { userName }: UnderwriteDoors,
  { status, at, byUser }: Taken,
  action: Action,
): Promise<NonNullable<ApplicationShown['notice']>> {
  const who = byUser === null ? 'システム' : `${(await userName(byUser)) ?? '別の担当者'}さん`
  const text = `${who}が${listTime(at)}に、先に「${STATUS_WORDS[status]}」としました。「${ACTION_WORDS[action]}」は行っていません。今の内容を確かめてください。`
  return { kind: 'taken', text }
}

function refusal(fault: Fault, action: Action): string {
  const blocked = action === 'accept' ? BLOCK_WORDS[fault.code] : undefined
  return blocked ?? issueFaultText(fault)
}

/** RFC 6266: shown in the browser, saved under its own name. */
function named({ name }: { name: string }): string {
  return `inline; filename*=UTF-8''${encodeURIComponent(name).replace(/['()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16)}`)}`
}
