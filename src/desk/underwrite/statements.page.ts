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
import { areaOf } from '../company/area.ts'
import type { Company } from '../company/company.ts'
import type { Press } from '../print/press.ts'
import { printStatement } from '../print/statement.pdf.ts'
import { moneyDay } from './money-day.ts'
import { payeesOf } from './payees.ts'
import { mayByRole } from './roles.ts'
import { createSettleStatement } from './settle-statement.ts'
import { createStatements, type StatementSeen, type StatementSide } from './statements.ts'
import { type Mistyped, type StatementNotice, statementsView } from './statements.view.ts'
import { STATEMENT_WORDS } from './words.ts'

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
  const { site, store, memberOf } = doors
  const statements = createStatements(store)
  const settle = createSettleStatement(doors)
  const app = new Hono<MemberEnv>()
  const members = requireMember(memberOf, ['contractor', 'clerk', 'approver'])
  app.use('/desk/statements', members)
  app.use('/desk/statements/*', members)

  async function list(c: C, asked: string, notice?: StatementNotice, wrong?: Mistyped) {
    const member = c.get('member')
    const side = sideOf(member)
    const page = Number(asked)
    const found = await statements.page(side, Number.isSafeInteger(page) ? page : 1)
    const area = areaOf(member, '/desk/statements')
    const options = { title: '保証料計算書一覧', wide: true, area, styles: ['underwrite'] }
    const isCompany = 'issuer' in side
    const names = await namesOf(doors, isCompany ? found.rows : [])
    const payees = isCompany ? [] : await payeesOf(doors.company, found.rows)
    const today = dayInTokyo(instant(doors.clock.now()))
    const more = { names, payees, today, ...(notice && { notice }), ...(wrong && { wrong }) }
    const view = statementsView(found, isCompany, more)
    return answerPage(c, site, { ...options, error: wrong !== undefined }, view, wrong ? 400 : 200)
  }

  app.get('/desk/statements', (c) => {
    const done = c.req.query('done')
    const notice = done === 'done' || done === 'taken' ? done : undefined
    return list(c, c.req.query('page') ?? '1', notice)
  })

  app.post('/desk/statements/:issuer/:number/settled', async (c) => {
    const member = c.get('member')
    const { issuer, number } = c.req.param()
    if (!mayByRole('settle', member)) throw new Fault('role_not_allowed', 'The company does this.')
    if (member.organisation.issuer !== issuer) {
      await doors.noteForeign(member, c.req.path)
      throw new Fault('not_found', 'There is no such statement.')
    }
    const { page = '1', on: typed = '' } = await readForm(c)
    const seen = await statements.byNumber({ issuer }, issuer, number)
    const when = { billedAt: seen?.madeAt, now: instant(doors.clock.now()) }
    const read = moneyDay(typed, when)
    if ('error' in read) return list(c, page, undefined, { number, typed, ...read })
    const mine = await settle(issuer, number, { byUser: member.user, ...read })
    const back = new URLSearchParams({ page, done: mine ? 'done' : 'taken' })
    return seeOther(`/desk/statements?${back}`)
  })

  pdfPage(app, doors, statements)
  return app
}

/** A statement as PDF, for both sides. */
function pdfPage(
  app: Hono<MemberEnv>,
  doors: StatementDoors,
  statements: ReturnType<typeof createStatements>,
): void {
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

/** Who noted what was settled, by id. */
async function namesOf({ userName }: StatementDoors, rows: readonly StatementSeen[]) {
  const users = new Set(rows.flatMap(({ settledBy }) => settledBy ?? []))
  const named = await Promise.all(
    [...users].map(async (user) => [user, (await userName(user)) ?? ''] as const),
  )
  return new Map(named)
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
    ...(dueOn !== null && { dueOn }),
    ...(account && { account }),
    ...(settledOn !== null && { settledOn }),
    beside: { open: seen.beside, asOf: dayInTokyo(instant(clock.now())) },
    sample: site.demo,
  })
}
