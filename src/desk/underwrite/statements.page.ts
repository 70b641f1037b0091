import { type Context, Hono } from 'hono'
import type { Member, MemberOf } from '../../accounts/member.ts'
import { type MemberEnv, requireMember } from '../../accounts/require-member.ts'
import { Fault } from '../../base/fault.ts'
import { dayInTokyo, instant } from '../../base/time.ts'
import type { Clock } from '../../ports.ts'
import type { Store } from '../../store/store.ts'
import { API_HEADERS, seeOther } from '../../web/answer.ts'
import { readForm } from '../../web/body.ts'
import { answerPage, type Site } from '../../web/site.ts'
import { freeText } from '../application/free-text.ts'
import { areaOf } from '../company/area.ts'
import type { Company } from '../company/company.ts'
import { namesOf } from '../company/names.ts'
import type { Press } from '../print/press.ts'
import { printStatement } from '../print/statement.pdf.ts'
import { moneyDay } from './money-day.ts'
import { payeesOf } from './payees.ts'
import { mayByRole } from './roles.ts'
import { createSettleStatement } from './settle-statement.ts'
import type { Mistyped } from './statement-marks.view.ts'
import { createStatements, type StatementSeen, type StatementSide } from './statements.ts'
import { type StatementNotice, statementsView } from './statements.view.ts'
import { SETTLED_WORDS, STATEMENT_WORDS } from './words.ts'

type C = Context<MemberEnv>

export interface StatementDoors {
  memberOf: MemberOf
  site: Site
  store: Store
  clock: Pick<Clock, 'now'>
  userName(user: string): Promise<string | undefined>
  company: Company
  press: Press
  /** What was printed with characters that the fonts lack. */
  report(event: string, facts: Record<string, unknown>): void
  noteForeign(member: Member, path: string): Promise<void>
}

/** `/desk/statements`: 保証料計算書一覧 of a contractor or a company, each as PDF. */
export function statementPages(doors: StatementDoors): Hono<MemberEnv> {
  const statements = createStatements(doors.store)
  const settlements = createSettleStatement(doors)
  const app = new Hono<MemberEnv>()
  const members = requireMember(doors.memberOf, ['contractor', 'clerk', 'approver'])
  app.use('/desk/statements', members)
  app.use('/desk/statements/*', members)
  const list = createList(doors, statements, settlements)

  app.get('/desk/statements', (c) => {
    const done = c.req.query('done') ?? ''
    return list(c, c.req.query('page') ?? '1', isNotice(done) ? { notice: done } : {})
  })
  markPages(app, doors, { statements, settlements, list })
  pdfPage(app, doors, statements)
  return app
}

type Statements = ReturnType<typeof createStatements>
type Settlements = ReturnType<typeof createSettleStatement>
type List = ReturnType<typeof createList>

function createList(doors: StatementDoors, statements: Statements, { undoneOf }: Settlements) {
  return async (
    c: C,
    asked: string,
    said: { notice?: StatementNotice; wrong?: Mistyped },
  ): Promise<Response> => {
    const member = c.get('member')
    const side = sideOf(member)
    const page = Number(asked)
    const found = await statements.page(side, Number.isSafeInteger(page) ? page : 1)
    const area = areaOf(member, '/desk/statements')
    const options = { title: '保証料計算書一覧', wide: true, area, styles: ['underwrite'] }
    const isCompany = 'issuer' in side
    const numbers = found.rows.map(({ number }) => number)
    const undone = isCompany ? await undoneOf(side.issuer, numbers) : []
    const nameOf = await namesOf(doors.userName, [
      ...(isCompany ? found.rows.map(({ settledBy }) => settledBy) : []),
      ...undone.map(({ byUser }) => byUser),
    ])
    const payees = isCompany ? [] : await payeesOf(doors.company, found.rows)
    const today = dayInTokyo(instant(doors.clock.now()))
    const view = statementsView(found, isCompany, { nameOf, payees, today, undone, ...said })
    const error = said.wrong !== undefined
    return answerPage(c, doors.site, { ...options, error }, view, error ? 400 : 200)
  }
}

/** What a company notes on its list. */
function markPages(
  app: Hono<MemberEnv>,
  doors: StatementDoors,
  parts: { statements: Statements; settlements: Settlements; list: List },
): void {
  const { statements, settlements, list } = parts

  async function ownOf(c: C): Promise<{ byUser: string; issuer: string; number: string }> {
    const member = c.get('member')
    const { issuer = '', number = '' } = c.req.param()
    if (!mayByRole('settle', member)) throw new Fault('role_not_allowed', 'The company does this.')
    if (member.organisation.issuer === issuer) return { byUser: member.user, issuer, number }
    await doors.noteForeign(member, c.req.path)
    throw new Fault('not_found', 'There is no such statement.')
  }

  app.post('/desk/statements/:issuer/:number/settled', async (c) => {
    const { byUser, issuer, number } = await ownOf(c)
    const { page = '1', on: typed = '' } = await readForm(c)
    const seen = await statements.byNumber({ issuer }, issuer, number)
    const when = { billedAt: seen?.madeAt, now: instant(doors.clock.now()) }
    const read = moneyDay(typed, when)
    if ('error' in read) return list(c, page, { wrong: { number, typed, ...read } })
    const mine = await settlements.settle(issuer, number, { byUser, ...read })
    return back(page, mine ? 'done' : 'taken')
  })

  app.post('/desk/statements/:issuer/:number/undone', async (c) => {
    const { byUser, issuer, number } = await ownOf(c)
    const { page = '1', reason: typed = '', settledAt = '' } = await readForm(c)
    const { text: reason, error: fault } = freeText(typed, { label: SETTLED_WORDS.why, most: 400 })
    const error = reason === '' ? SETTLED_WORDS.whyMissing : fault
    if (error !== undefined) return list(c, page, { wrong: { number, typed, error } })
    const mine = await settlements.undo(issuer, number, { settledAt, byUser, reason })
    return back(page, mine ? 'undone' : 'taken')
  })
}

function isNotice(text: string): text is StatementNotice {
  return Object.hasOwn(SETTLED_WORDS.notices, text)
}

function back(page: string, done: StatementNotice): Response {
  return seeOther(`/desk/statements?${new URLSearchParams({ page, done })}`)
}

/** A statement as PDF, for both sides. */
function pdfPage(app: Hono<MemberEnv>, doors: StatementDoors, statements: Statements): void {
  app.get('/desk/statements/:issuer/:number', async (c) => {
    const member = c.get('member')
    const { issuer, number } = c.req.param()
    const statement = await statements.byNumber(sideOf(member), issuer, number)
    if (!statement) {
      await doors.noteForeign(member, c.req.path)
      throw new Fault('not_found', 'There is no such statement.')
    }
    const { pdf, missing } = await printed(doors, statement)
    if (missing.length > 0) doors.report('glyphs_missing', { paper: 'statement', number, missing })
    const file = encodeURIComponent(`${STATEMENT_WORDS[statement.type]}_${number}.pdf`)
    return new Response(pdf as BodyInit, {
      headers: {
        ...API_HEADERS,
        'content-type': 'application/pdf',
        'content-disposition': `inline; filename*=UTF-8''${file}`,
      },
    })
  })
}

function sideOf({ role, organisation: { id, issuer } }: Member): StatementSide {
  if (role === 'contractor') return { org: id }
  if (issuer !== undefined) return { issuer }
  throw new Fault('role_not_allowed', 'This page is for contractors and guarantee companies.')
}

async function printed({ press, company, site, clock }: StatementDoors, seen: StatementSeen) {
  const { issuer, branch, contractor, ownerName, contractNumber, madeAt, dueOn } = seen
  const account = await company.accountOf(issuer)
  const settledOn = seen.settledOn ?? (seen.settledAt && dayInTokyo(seen.settledAt))
  const { type, number, billTo, worksName, kind, quote, paymentMethod } = seen
  return printStatement(press, {
    ...{ type, number, billTo, worksName, kind, quote, paymentMethod, madeAt },
    issuedOn: dayInTokyo(madeAt),
    contractorName: contractor,
    ownerTitle: ownerName,
    ...(contractNumber !== null && { contractNumber }),
    office: await company.officeOf(issuer, branch),
    ...(dueOn !== null && !seen.isPending && { dueOn }),
    ...(account && { account }),
    ...(settledOn !== null && { settledOn }),
    beside: { open: seen.beside, asOf: dayInTokyo(instant(clock.now())) },
    sample: site.demo,
  })
}
