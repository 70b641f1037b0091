import { type Context, Hono } from 'hono'
import type { Member } from '../../accounts/member.ts'
import { type MemberEnv, requireMember } from '../../accounts/require-member.ts'
import { Fault } from '../../base/fault.ts'
import { dayInTokyo, instant } from '../../base/time.ts'
import { certificateView } from '../../view/certificate.view.ts'
import { rowName } from '../../view/history.view.ts'
import { API_HEADERS } from '../../web/answer.ts'
import { readForm } from '../../web/body.ts'
import { html } from '../../web/html.ts'
import { answerPage, answerPageInTwo } from '../../web/site.ts'
import { createSentApplications } from '../application/sent/sent-application.ts'
import { areaOf } from '../company/area.ts'
import { createProposals } from '../issue/proposals.ts'
import { createMails } from '../notify/mails.ts'
import { createDetail, type Detail } from './detail.ts'
import { detailBegin, toldView } from './detail.view.ts'
import { detailWords } from './detail-words.ts'
import { endedAs, isEnded } from './ended.ts'
import { createForContractor, type ShareAct } from './for-contractor.ts'
import { keyNoticeOf } from './key-notice.ts'
import { detailPath } from './list.view.ts'
import type { GuaranteeParts } from './parts.ts'
import { listWords } from './words.ts'

const ONE = '/desk/guarantees/:issuer/:number'
const DAY = 86_400_000

/** 詳細 of one guarantee, with all that its contractor does from there. */
export function detailPages(parts: GuaranteeParts): Hono<MemberEnv> {
  const { site, access, ports } = parts
  const detailOf = createDetail(ports.store, access)
  const forContractor = createForContractor(parts)
  const mails = createMails(ports)
  const proposals = createProposals(ports)
  const app = new Hono<MemberEnv>()
  app.use(`${ONE}/*`, requireMember(parts.memberOf, ['contractor', 'clerk', 'approver']))

  const find = (c: Context<MemberEnv>) =>
    detailOf(c.get('member'), c.req.param('issuer') ?? '', c.req.param('number') ?? '')

  async function show(c: Context<MemberEnv>, act?: ShareAct): Promise<Response> {
    const member = c.get('member')
    const detail = await find(c)
    const ofCompany = member.organisation.kind !== 'contractor'
    if (act) checkAct(act, ofCompany, detail)
    const own = ofCompany ? undefined : await forContractor(member, detail, act)
    const { issuer, numberKey, format } = detail.row
    const options = {
      title: `${detail.row.contractNumber} ${listWords.detail}`,
      area: areaOf(member, tabOf(member, format)),
      styles: ['guarantees', 'sheets'],
      scripts: ['/js/result.js'],
      wide: true,
    }
    const page = { detail, ofCompany, mails: await mails.ofGuarantee(issuer, numberKey) }
    if (!own) {
      const proposal = ofCompany ? await proposals.of(issuer, numberKey) : undefined
      const begin = detailBegin({ ...page, ...(proposal && { proposal }) })
      return answerPage(c, site, options, html`${begin}${toldView(detail, undefined)}`)
    }
    const { authKey, done, told } = own
    const rest = told().catch((error: unknown) => {
      ports.report('page_not_finished', { error: String(error) })
      return 'untold' as const
    })
    const begin = detailBegin({ ...page, authKey, ...(done && { shareDone: done }) })
    return answerPageInTwo(
      c,
      site,
      options,
      begin,
      rest.then((all) => toldView(detail, all)),
    )
  }

  app.get(ONE, (c) => show(c))
  app.post(`${ONE}/shares`, async (c) => show(c, made(await readForm(c), ports.clock.now())))
  app.post(`${ONE}/shares/revoke`, async (c) => {
    const { id = '' } = await readForm(c)
    return show(c, { act: 'revoke', id })
  })
  app.on('GET', [`${ONE}/shares`, `${ONE}/shares/revoke`], async (c) => {
    const { row } = await find(c)
    return c.redirect(detailPath(row), 303)
  })
  app.get(`${ONE}/versions/:seq`, async (c) => version(c, parts, await find(c)))
  app.get(`${ONE}/notice.pdf`, async (c) => notice(c, parts, await find(c)))
  return app
}

/** @throws Fault role_not_allowed for the company; state_conflict for new links of what has ended */
function checkAct({ act }: ShareAct, ofCompany: boolean, { row }: Detail): void {
  if (ofCompany) throw new Fault('role_not_allowed', 'Links are the contractor’s to make.')
  if (act === 'create' && isEnded(row)) {
    throw new Fault('state_conflict', 'The guarantee has ended; no new links are made of it.')
  }
}

function tabOf({ role }: Member, format: Detail['row']['format']): string {
  return role === 'contractor' && format === 'electronic'
    ? '/desk/guarantees/electronic'
    : '/desk/guarantees'
}

function made({ scope, days = '90' }: Record<string, string>, now: number): ShareAct {
  if (!/^[1-9]\d{0,2}$/.test(days)) throw new Fault('body_invalid', 'days is a whole number.')
  return {
    act: 'create',
    scope: scope === 'history' ? 'history' : 'current',
    expiresAt: instant(now + Number(days) * DAY),
  }
}

/** The certificate as it was with one entry of the history that the list shows. */
function version(c: Context<MemberEnv>, { site }: GuaranteeParts, detail: Detail): Response {
  const { row, history } = detail
  const found = history.find(({ seq }) => String(seq) === c.req.param('seq'))
  if (!found) throw new Fault('not_found', 'The history has no such entry.')
  const newest = found.seq === history[0]?.seq
  const title = detailWords.version(rowName('ja', found), row.contractNumber)
  const note = newest ? detailWords.versionNow : detailWords.versionThen
  const member = c.get('member')
  return answerPage(
    c,
    site,
    { title, area: areaOf(member, tabOf(member, row.format)), styles: ['guarantees'] },
    html`<h1>${title}</h1>${certificateView('ja', found.certificate, found.arrivedAt, note)}<p class="last"><a href="${detailPath(row)}">${detailWords.back}</a></p>`,
  )
}

/** A notice asks the owner to look up what is in force: of what has ended none is handed out. */
function noNotice(
  c: Context<MemberEnv>,
  { site }: GuaranteeParts,
  { row }: Detail,
  ended: string,
): Response {
  const area = areaOf(c.get('member'), tabOf(c.get('member'), row.format))
  const title = detailWords.noNotice
  const body = html`<h1>${title}</h1><p class="lead">${detailWords.ended(ended)}${detailWords.noNoticeText}</p><p class="last"><a href="${detailPath(row)}">${detailWords.back}</a></p>`
  return answerPage(c, site, { title, area, styles: ['guarantees'], error: true }, body, 409)
}

/** 「電子保証にかかる「認証キー」のお知らせ」; for the contractor's organisation alone. */
async function notice(
  c: Context<MemberEnv>,
  parts: GuaranteeParts,
  detail: Detail,
): Promise<Response> {
  const member = c.get('member')
  const { row, arrivedAt } = detail
  const own = member.organisation.kind === 'contractor'
  const ended = endedAs(row)
  if (own && ended !== undefined) return noNotice(c, parts, detail, ended)
  const authKey = own && arrivedAt !== undefined ? await parts.authKeyOf(row) : undefined
  if (authKey === undefined || arrivedAt === undefined) {
    throw new Fault('not_found', 'There is no key notice of this guarantee for you.')
  }
  const sent = createSentApplications(parts.ports.store)
  const application = await sent.byId(row.application, { org: row.org })
  const paper = keyNoticeOf(
    { ...detail, arrivedAt },
    {
      authKey,
      now: instant(parts.ports.clock.now()),
      office: await parts.officeOf(row.issuer, application?.branch ?? row.branch ?? undefined),
      site: parts.site,
      confirmAt: parts.confirmAt,
    },
  )
  const { pdf, missing } = await parts.printNotice(paper)
  if (missing.length > 0)
    parts.ports.report('glyphs_missing', { contractNumber: row.contractNumber, missing })
  const { issuer, numberKey } = row
  const seen = { user: member.user, org: member.organisation.id, by: 'notice' }
  await parts.access.note({ kind: 'key_shown', issuer, numberKey, detail: seen })
  const day = dayInTokyo(paper.madeAt).replaceAll('-', '')
  const name = encodeURIComponent(`認証キーのお知らせ_${row.contractNumber}_${day}.pdf`)
  return new Response(pdf as BodyInit, {
    headers: {
      ...API_HEADERS,
      'content-type': 'application/pdf',
      'content-disposition': `inline; filename="notice.pdf"; filename*=UTF-8''${name}`,
    },
  })
}
