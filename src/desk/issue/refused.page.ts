import { Fault } from '../../base/fault.ts'
import { seeOther } from '../../web/answer.ts'
import { readForm } from '../../web/body.ts'
import { errorSummary } from '../../web/form.ts'
import { type Content, html } from '../../web/html.ts'
import { freeText } from '../application/free-text.ts'
import { type Asking, namesIn, show } from './asking.page.ts'
import { doneText, refused, refusedText } from './back.page.ts'
import { lifeView } from './life.view.ts'
import { proposalView, sentBackView } from './life-preview.view.ts'
import { LIFE } from './life-words.ts'
import { refusedView, staleView, type TypedReason, trailView } from './refused.view.ts'
import type { Outcome } from './refused-desk.ts'
import { REFUSED } from './refused-words.ts'
import { type TypedWhy, whyErrors } from './send-back.view.ts'

const REASON = { label: REFUSED.reason, most: 400 }

/** What became of a deed just now, or what is wrong with what was typed. */
interface Said {
  notice?: Content
  typed?: TypedReason
  why?: TypedWhy
  status?: number
}

/** The page of a guarantee's life, with what was refused before everything else. */
export async function showOverview(asked: Asking, said: Said = {}): Promise<Response> {
  const { c, lifeDesk, seen, base, member } = asked
  const shown = await lifeDesk.proposed(seen).catch(unlessFault)
  const mine = seen.proposal?.madeBy === member.user || member.role !== 'approver'
  const { open, trail, stale } = await lifeDesk.refused.shown(seen)
  const fourEyes = await lifeDesk.needsSecond(seen.issued.issuer, 'amend')
  const who = { user: member.user, approver: member.role === 'approver', fourEyes }
  const done = doneText(c.req.query('done'))
  const why = refusedText(c.req.query('refused'))
  const notice = said.notice ?? (why === undefined ? undefined : bad(why))
  const names = await namesIn(asked)
  const more = html`${errorSummary('ja', whyErrors(said.why))}${notice ?? (done && html`<p class="notice notice-done" role="status">${done}</p>`)}
${refusedView(base, open, who, said)}${stale !== undefined && staleView(base, stale)}${proposalView(base, seen, shown?.errors.length === 0 ? shown : undefined, mine, said.why)}${sentBackView(base, seen, names)}`
  const { status = 200 } = said
  const error = status >= 400 || why !== undefined
  const view = lifeView(base, seen, more, names, trailView(trail))
  return show(asked, LIFE.title, view, { status, error })
}

/** `/refused/:submission/:deed`: what is done about one refusal; a second click finds the first. */
export async function dealWith(asked: Asking): Promise<Response> {
  const { c, seen, lifeDesk, member } = asked
  const id = Number(c.req.param('submission'))
  const waiting = seen.submissions.find((one) => one.id === id)
  const deed = DEEDS[c.req.param('deed') ?? '']
  if (!deed) throw new Fault('not_found', 'There is nothing under this path.')
  if (waiting?.state === 'arrived') return seeOther(`${asked.base}?done=arrived`)
  if (waiting?.state !== 'refused') {
    const { trail } = await lifeDesk.refused.shown(seen)
    const earlier = trail.find((one) => one.submission === id)
    if (!earlier) throw new Fault('not_found', 'There is no such submission.')
    if (earlier.madeBy === member.user) return seeOther(`${asked.base}?done=${earlier.deed}`)
    return refused(asked, 'goneOn')
  }
  try {
    const outcome = await deed(asked, { seen, waiting })
    if (typeof outcome !== 'string') return showOverview(asked, { typed: outcome, status: 400 })
    return seeOther(afterwards(asked, outcome, waiting.seq))
  } catch (error) {
    if (!(error instanceof Fault) || error.code === 'role_not_allowed') throw error
    return refused(asked, error.code === 'state_conflict' ? 'goneOn' : error.code)
  }
}

type Refused = Parameters<Asking['lifeDesk']['refused']['agree']>[0]
type Deed = (asked: Asking, refused: Refused) => Promise<Outcome | TypedReason>

const DEEDS: Record<string, Deed> = {
  resend: ({ lifeDesk, member }, refused) => lifeDesk.refused.resend(refused, member),
  resign: ({ lifeDesk, member }, refused) => lifeDesk.refused.resign(refused, member),
  async agree({ c, lifeDesk, member }, refused) {
    const { proposal } = await readForm(c)
    return lifeDesk.refused.agree(refused, member, proposal)
  },
  async drop({ c, lifeDesk, member }, refused) {
    const { reason = '' } = await readForm(c)
    const { text: said, error: wrong } = freeText(reason, REASON)
    const error = said === '' ? REFUSED.reasonMissing : wrong
    if (error !== undefined) return { submission: refused.waiting.id, reason, error }
    return lifeDesk.refused.drop(refused, member, said)
  },
}

/** With its first record the guarantee is gone; its line stands in the company's inbox. */
function afterwards({ base, seen }: Asking, outcome: Outcome, seq: number): string {
  if (outcome !== 'dropped' || seq !== 1) return `${base}?done=${outcome}`
  return `/desk/inbox/${seen.issued.application}?done=drop`
}

/** What cannot be done any more is shown as that. */
function unlessFault(error: unknown): undefined {
  if (!(error instanceof Fault)) throw error
}

function bad(text: string): Content {
  return html`<p class="notice notice-bad" role="alert">${text}</p>`
}
