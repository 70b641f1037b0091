import { Hono } from 'hono'
import { type MemberEnv, requireMember } from '../../accounts/require-member.ts'
import { Fault } from '../../base/fault.ts'
import { holdsAuthKey } from '../../guarantee/auth-key.ts'
import { seeOther } from '../../web/answer.ts'
import { readForm } from '../../web/body.ts'
import { html } from '../../web/html.ts'
import { endedBefore, seenProposal, sendBack, withdraw } from './agreeing.page.ts'
import { type Asked, type Asking, asking, type Deed, type Doors, show } from './asking.page.ts'
import { done, refused, refusedText } from './back.page.ts'
import { issueFaultText } from './fault-text.ts'
import { lifeFormView } from './life.view.ts'
import { LIFE_EVENTS, LIFE_TERMS, type LifeEvent } from './life-events.ts'
import { fieldsOf, type LifeFields } from './life-form.ts'
import type { Preview } from './life-preview.ts'
import { isSamePlace, lifePreviewView, uponOf } from './life-preview.view.ts'
import { EVENT_NAMES, LIFE, type LifeDone } from './life-words.ts'
import { deedsOf, eventsOf } from './overview.ts'
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
  app.post(`${BASE}/:event`, ask(keepTyped))
  app.get(`${BASE}/:event/preview`, ask(showPreview))
  app.post(`${BASE}/:event/confirm`, ask(confirm))
  return app
}

/** The terms of now; `?typed`: what this person typed, with what is wrong with it. */
async function showForm(asked: Asking): Promise<Response> {
  const { c, seen, lifeDesk } = asked
  const event = eventOf(c)
  if (!eventsOf(seen).includes(event)) return notNow(asked)
  const typed =
    c.req.query('typed') === undefined ? undefined : await lifeDesk.drafts.of(placeOf(asked, event))
  if (typed) {
    const why = refusedText(c.req.query('refused'))
    return form(asked, {
      ...(why !== undefined && { said: why }),
      ...(await judged(asked, event, typed.fields)),
    })
  }
  const fields = fieldsOf(JSON.parse(seen.issued.certificate))
  return form(asked, { shown: { event, fields, errors: [] } })
}

/** An address that was kept, or a page that was opened before: what can be done stands on the page. */
function notNow(asked: Asking): Promise<Response> {
  const notice = html`<p class="notice notice-bad" role="alert">${LIFE.notNow}</p>`
  return showOverview(asked, { notice, status: 409 })
}

function form(asked: Asking, { shown, said }: Judged): Response {
  const view = lifeFormView(asked.base, asked.seen, shown)
  const body =
    said === undefined ? view : html`<p class="notice notice-bad" role="alert">${said}</p>${view}`
  const error = said !== undefined || shown.errors.length > 0
  return show(asked, EVENT_NAMES[shown.event], body, { error })
}

/** What was typed and what it would do; `said` where the rules or the company's key forbid it whole. */
interface Judged {
  shown: Preview
  said?: string
}

async function judged(
  { seen, lifeDesk }: Asking,
  event: LifeEvent,
  fields: LifeFields,
): Promise<Judged> {
  try {
    return { shown: await lifeDesk.preview(seen, event, fields) }
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    return { shown: { event, fields, errors: [] }, said: issueFaultText(error) }
  }
}

/** Every answer to a posted form leads to an address: what is shown there can be come back to. */
async function keepTyped(asked: Asking): Promise<Response> {
  const event = eventOf(asked.c)
  const sent = await readForm(asked.c)
  const fields = sentFields(sent)
  // What may be a key is not even kept; the rest of what was typed is.
  const hasKey = holdsAuthKey(fields.reason ?? '')
  const deeds = deedsOf(asked.seen)
  await asked.lifeDesk.drafts.keep(placeOf(asked, event), {
    fields: hasKey ? { ...fields, reason: '' } : fields,
    deeds,
  })
  const at = `${asked.base}/${event}`
  if (hasKey) return seeOther(`${at}?typed&refused=keyTyped`)
  if (sent.again !== undefined) return seeOther(`${at}?typed`)
  return seeOther(sent.deeds === String(deeds) ? `${at}/preview` : `${at}?typed&refused=outdated`)
}

/** The confirmation; once the deed is done, whoever goes back to it finds the guarantee as it stands. */
async function showPreview(asked: Asking): Promise<Response> {
  const { c, seen, base, lifeDesk } = asked
  const event = eventOf(c)
  const draft = await lifeDesk.drafts.of(placeOf(asked, event))
  if (!draft) return seeOther(base)
  if (!eventsOf(seen).includes(event)) return notNow(asked)
  if (draft.deeds !== deedsOf(seen)) return seeOther(`${base}/${event}?typed&refused=outdated`)
  const { shown, said } = await judged(asked, event, draft.fields)
  if (said !== undefined || shown.errors.length > 0) return seeOther(`${base}/${event}?typed`)
  const manner = (await lifeDesk.needsSecond(seen.issued.issuer, event)) ? 'ask' : 'confirm'
  const why = refusedText(c.req.query('refused'))
  const view = lifePreviewView(base, seen, shown, { manner, why })
  return show(asked, EVENT_NAMES[event], view, { error: why !== undefined })
}

/** Signs, or asks a second person, if it is what was shown. */
async function confirm(asked: Asking): Promise<Response> {
  const { base, lifeDesk } = asked
  const event = eventOf(asked.c)
  const { upon = '' } = await readForm(asked.c)
  const place = placeOf(asked, event)
  const draft = await lifeDesk.drafts.of(place)
  if (!draft) return already(asked, event, upon)
  try {
    const deed = await carryOut(asked, event, draft.fields, upon)
    if (deed instanceof Response) return deed
    // The deed is done, whatever becomes of its draft: one that stays is told to be outdated.
    await lifeDesk.drafts.forget(place).catch(() => {})
    return done(asked, deed)
  } catch (error) {
    if (!(error instanceof Fault) || error.code === 'role_not_allowed') throw error
    if (error.code === 'state_conflict') return already(asked, event, upon)
    return seeOther(`${base}/${event}/preview?refused=${error.code}`)
  }
}

async function carryOut(
  asked: Asking,
  event: LifeEvent,
  fields: LifeFields,
  upon: string,
): Promise<LifeDone | Response> {
  const { seen, base, member, lifeDesk } = asked
  const shown = await lifeDesk.preview(seen, event, fields)
  if (shown.errors.length > 0) return seeOther(`${base}/${event}?typed`)
  if (event === 'rekey' && isKeyMade(asked, upon)) return already(asked, event, upon)
  const now = uponOf(seen, shown)
  if (upon !== now && !isSamePlace(upon, now)) return already(asked, event, upon)
  if (upon !== now) return seeOther(`${base}/${event}/preview?refused=changed`)
  if (await lifeDesk.needsSecond(seen.issued.issuer, event)) {
    await lifeDesk.propose(seen, shown, member)
    return 'proposed'
  }
  await lifeDesk.carryOut(seen, shown, { madeBy: member.user })
  return event === 'rekey' ? 'rekey' : 'made'
}

/** A second click of the same person finds it done; others read that somebody was faster. */
async function already(asked: Asking, event: LifeEvent, upon: string): Promise<Response> {
  const { issuer, numberKey } = asked.seen.issued
  const now = await asked.lifeDesk.overview(issuer, numberKey)
  const own = ownDeed({ ...asked, seen: now }, event, upon)
  if (own) return done(asked, own)
  return refused(asked, event === 'rekey' ? 'keyMade' : 'goneOn')
}

/** What this person has done or asked for in the place that a page had shown. */
function ownDeed({ seen, member }: Asking, event: LifeEvent, upon: string): LifeDone | undefined {
  const isOwn = ({ madeBy }: { madeBy: string | null }) => madeBy === member.user
  const { submissions, proposal, versions, paper } = seen
  if (event === 'rekey') {
    const made = submissions.some((one) => one.seq === 0 && one.keySince === upon && isOwn(one))
    return made ? 'rekey' : undefined
  }
  const seq = Number.parseInt(upon, 10)
  if (proposal && proposal.seq === seq && proposal.event === event && isOwn(proposal)) {
    return 'proposed'
  }
  const recorded = event === 'to_paper' ? 'cancel' : event
  const made = [...versions, ...paper.steps].some(
    (one) => one.seq === seq && one.event === recorded && isOwn(one),
  )
  return made ? 'made' : undefined
}

/** A second click, or a colleague's: the key that the page spoke of is replaced, or is being replaced. */
function isKeyMade({ seen }: Asking, upon: string): boolean {
  const onItsWay = seen.submissions.some(({ seq, state }) => seq === 0 && state === 'waiting')
  return onItsWay || upon !== (seen.issued.keySince ?? '')
}

/** Whoever asked may not agree to it, and only an approver may. */
async function approve(asked: Asking): Promise<Response> {
  const { seen, base, member, lifeDesk } = asked
  const sent = await readForm(asked.c)
  const proposal = seenProposal(asked, sent)
  if (!proposal) return endedBefore(asked, sent, 'agreed')
  if (member.role !== 'approver' || proposal.madeBy === member.user) {
    throw new Fault('role_not_allowed', 'Another person, an approver, has to agree.')
  }
  try {
    const shown = await lifeDesk.proposed(seen)
    if (!shown) return seeOther(base)
    const [upon = '', now] = [sent.upon, uponOf(seen, shown)]
    if (upon !== now) return refused(asked, isSamePlace(upon, now) ? 'changed' : 'goneOn')
    await lifeDesk.carryOut(seen, shown, { madeBy: proposal.madeBy, approvedBy: member.user })
    return done(asked, 'agreed')
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    return refused(asked, error.code === 'state_conflict' ? 'goneOn' : error.code)
  }
}

function placeOf({ seen, member }: Asking, event: LifeEvent) {
  const { issuer, numberKey } = seen.issued
  return { issuer, numberKey, event, byUser: member.user }
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
