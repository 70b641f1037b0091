import { Hono } from 'hono'
import { type MemberEnv, requireMember } from '../../accounts/require-member.ts'
import { Fault } from '../../base/fault.ts'
import { seeOther } from '../../web/answer.ts'
import { readForm } from '../../web/body.ts'
import { html } from '../../web/html.ts'
import { done, endedBefore, goneOn, seenProposal, sendBack, withdraw } from './agreeing.page.ts'
import { type Asked, type Asking, asking, type Deed, type Doors, show } from './asking.page.ts'
import { issueFaultText } from './fault-text.ts'
import { lifeFormView } from './life.view.ts'
import { LIFE_EVENTS, LIFE_TERMS, type LifeEvent } from './life-events.ts'
import { fieldsOf, type LifeFields } from './life-form.ts'
import type { Preview } from './life-preview.ts'
import { isSamePlace, lifePreviewView, uponOf } from './life-preview.view.ts'
import { EVENT_NAMES, LIFE } from './life-words.ts'
import { eventsOf } from './overview.ts'
import { makeSheets, printSheets } from './paper.page.ts'
import { dealWith, showOverview } from './refused.page.ts'

const BASE = '/desk/guarantees/:issuer/:number/life'
const FIELDS: readonly (keyof LifeFields)[] = [...LIFE_TERMS, 'reason', 'reasonCode', 'stage']

/** `/desk/guarantees/:issuer/:number/life`: what the company does to what it has issued. */
export function lifePages(doors: Doors): Hono<MemberEnv> {
  const { memberOf } = doors
  const app = new Hono<MemberEnv>()
  app.use(BASE, requireMember(memberOf, ['clerk', 'approver']))
  app.use(`${BASE}/*`, requireMember(memberOf, ['clerk', 'approver']))
  const ask = (deed: Deed) => asking(doors, deed)

  app.get(
    BASE,
    ask((asked) => showOverview(asked)),
  )
  app.post(`${BASE}/refused/:submission/:deed`, ask(dealWith))
  app.post(`${BASE}/sheets`, ask(makeSheets))
  app.get(`${BASE}/sheets/:seq/certificate.pdf`, ask(printSheets))
  app.post(`${BASE}/approve`, ask(approve))
  app.post(`${BASE}/withdraw`, ask(withdraw))
  app.post(`${BASE}/send-back`, ask(sendBack))
  app.get(`${BASE}/:event`, ask(showForm))
  app.post(`${BASE}/:event`, ask(showPreview))
  app.post(`${BASE}/:event/confirm`, ask(confirm))
  return app
}

async function showForm(asked: Asking): Promise<Response> {
  const event = eventOf(asked.c)
  if (!eventsOf(asked.seen).includes(event)) return notNow(asked)
  const fields = fieldsOf(JSON.parse(asked.seen.issued.certificate))
  return form(asked, { event, fields, errors: [] })
}

/** An address that was kept, or a page that was opened before: what can be done stands on the page. */
function notNow(asked: Asking): Promise<Response> {
  const notice = html`<p class="notice notice-bad" role="alert">${LIFE.notNow}</p>`
  return showOverview(asked, { notice, status: 409 })
}

function form(asked: Asking, shown: Preview, status = 200, said?: string): Response {
  const { base, seen } = asked
  const view = lifeFormView(base, seen, shown)
  const body =
    said === undefined ? view : html`<p class="notice notice-bad" role="alert">${said}</p>${view}`
  return show(asked, EVENT_NAMES[shown.event], body, status)
}

async function showPreview(asked: Asking): Promise<Response> {
  const { c, seen, lifeDesk } = asked
  const event = eventOf(c)
  const sent = await readForm(c)
  const fields = sentFields(sent)
  if (sent.again !== undefined) return form(asked, { event, fields, errors: [] })
  return plainly(asked, { event, fields, errors: [] }, async () => {
    const shown = await lifeDesk.preview(seen, event, fields)
    if (shown.errors.length > 0) return form(asked, shown, 400)
    return preview(asked, shown)
  })
}

async function preview(asked: Asking, shown: Preview, changed = false): Promise<Response> {
  const { seen, base, lifeDesk } = asked
  const { event } = shown
  const manner = (await lifeDesk.needsSecond(seen.issued.issuer, event)) ? 'ask' : 'confirm'
  const view = lifePreviewView(base, seen, shown, { manner, changed })
  return show(asked, EVENT_NAMES[event], view, changed ? 409 : 200)
}

async function confirm(asked: Asking): Promise<Response> {
  const { c, seen, member, lifeDesk } = asked
  const event = eventOf(c)
  const sent = await readForm(c)
  const fields = sentFields(sent)
  return plainly(asked, { event, fields, errors: [] }, async () => {
    const shown = await lifeDesk.preview(seen, event, fields)
    if (shown.errors.length > 0) return form(asked, shown, 400)
    if (event === 'rekey' && isKeyMade(asked, sent)) return goneOn(asked, LIFE.keyMade)
    const [upon = '', now] = [sent.upon, uponOf(seen, shown)]
    if (upon !== now && !isSamePlace(upon, now)) return form(asked, shown, 409, LIFE.goneOn)
    if (upon !== now) return preview(asked, shown, true)
    if (await lifeDesk.needsSecond(seen.issued.issuer, event)) {
      await lifeDesk.propose(seen, shown, member)
      return done(asked, 'proposed')
    }
    await lifeDesk.carryOut(seen, shown, { madeBy: member.user })
    return done(asked, event === 'rekey' ? 'rekey' : 'made')
  })
}

/** A second click, or a colleague's: the key that the page spoke of is replaced, or is being replaced. */
function isKeyMade({ seen }: Asking, { upon }: Record<string, string>): boolean {
  const onItsWay = seen.submissions.some(({ seq, state }) => seq === 0 && state === 'waiting')
  return onItsWay || upon !== (seen.issued.keySince ?? '')
}

/** Whoever asked may not agree to it, and only an approver may. */
async function approve(asked: Asking): Promise<Response> {
  const { seen, base, member, lifeDesk } = asked
  const sent = await readForm(asked.c)
  const proposal = seenProposal(asked, sent)
  if (!proposal) return endedBefore(asked, sent, 'agreed')
  const shown = await lifeDesk.proposed(seen)
  if (!shown) return seeOther(base)
  if (member.role !== 'approver' || proposal.madeBy === member.user) {
    throw new Fault('role_not_allowed', 'Another person, an approver, has to agree.')
  }
  return plainly(asked, shown, async () => {
    const [upon = '', now] = [sent.upon, uponOf(seen, shown)]
    if (upon !== now) return goneOn(asked, isSamePlace(upon, now) ? LIFE.changed : LIFE.goneOn)
    await lifeDesk.carryOut(seen, shown, { madeBy: proposal.madeBy, approvedBy: member.user })
    return done(asked, 'agreed')
  })
}

/** What the rules of the history or the company's key refuse, beside what was typed. */
async function plainly(
  asked: Asking,
  shown: Preview,
  deed: () => Promise<Response>,
): Promise<Response> {
  try {
    return await deed()
  } catch (error) {
    if (!(error instanceof Fault) || error.code === 'role_not_allowed') throw error
    return form(asked, shown, 409, issueFaultText(error))
  }
}

function eventOf(c: Asked): LifeEvent {
  const event = LIFE_EVENTS.find((one) => one === c.req.param('event'))
  if (event) return event
  throw new Fault('not_found', 'There is no such event.')
}

function sentFields(sent: Record<string, string>): LifeFields {
  return Object.fromEntries(
    FIELDS.flatMap((name) => (sent[name] === undefined ? [] : [[name, sent[name]]])),
  )
}
