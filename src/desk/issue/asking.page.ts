import type { Context } from 'hono'
import type { Member, MemberOf } from '../../accounts/member.ts'
import type { MemberEnv } from '../../accounts/require-member.ts'
import { Fault } from '../../base/fault.ts'
import { numberKey } from '../../guarantee/contract-number.ts'
import type { Access } from '../../ports.ts'
import { type Content, type Html, html } from '../../web/html.ts'
import { answerPage, type Site } from '../../web/site.ts'
import { areaOf } from '../company/area.ts'
import { type NameOf, namesOf } from '../company/names.ts'
import type { LifeDesk } from './life-desk.ts'
import { LIFE } from './life-words.ts'
import type { Overview } from './overview.ts'

export interface Doors {
  lifeDesk: LifeDesk
  memberOf: MemberOf
  access: Access
  site: Site
  userName(user: string): Promise<string | undefined>
}

export type Asked = Context<MemberEnv>

/** A request about a guarantee of the member's own company. */
export interface Asking extends Doors {
  c: Asked
  member: Member
  seen: Overview
  base: string
}

export type Deed = (asking: Asking) => Promise<Response>

/** Another company's guarantee is as one that does not exist; that somebody asked is noted. */
export function asking(doors: Doors, deed: Deed) {
  return async (c: Asked): Promise<Response> => {
    const member = c.get('member')
    const { issuer: own } = member.organisation
    const { issuer = '', number = '' } = c.req.param()
    if (issuer !== own) {
      const detail = { org: member.organisation.id, user: member.user }
      await doors.access.note({ kind: 'foreign_id', detail })
      throw new Fault('not_found', 'The company has no such guarantee.')
    }
    const seen = await doors.lifeDesk.overview(issuer, numberKey(number))
    const base = `/desk/guarantees/${issuer}/${encodeURIComponent(seen.issued.contractNumber)}/life`
    return deed({ ...doors, c, member, seen, base })
  }
}

export function show(
  { c, site, member, base, seen }: Asking,
  title: string,
  body: Content,
  { status = 200, error = status >= 400 }: { status?: number; error?: boolean } = {},
): Response {
  const wide = title === LIFE.title
  const options = {
    title,
    area: areaOf(member, '/desk/guarantees'),
    styles: ['life', 'sheets'],
    wide,
    error,
  }
  return answerPage(c, site, options, html`${crumbs({ base, seen }, title)}${body}`, status)
}

/** 保証契約一覧 ＞ 12345-678901 の詳細 ＞ 保証契約の手続 ＞ 変更 */
function crumbs({ base, seen }: Pick<Asking, 'base' | 'seen'>, title: string): Html {
  const detail = base.slice(0, -'/life'.length)
  const isOverview = title === LIFE.title
  return html`<nav class="breadcrumb" aria-label="${LIFE.breadcrumb}"><a href="/desk/guarantees">${LIFE.list}</a> ＞ <a href="${detail}">${LIFE.detailOf(seen.issued.contractNumber)}</a> ＞ ${isOverview ? '' : html`<a href="${base}">${LIFE.title}</a> ＞ `}<span aria-current="page">${title}</span></nav>`
}

/** The names of all who did, agreed to or printed something, or ended a proposal. */
export function namesIn({
  seen: { paper, ended, versions, submissions },
  userName,
}: Asking): Promise<NameOf> {
  return namesOf(userName, [
    ...paper.steps.flatMap(({ madeBy, approvedBy }) => [madeBy, approvedBy]),
    ...ended.map(({ byUser }) => byUser),
    ...versions.flatMap(({ madeBy, approvedBy }) => [madeBy, approvedBy]),
    ...submissions.map(({ madeBy }) => madeBy),
    ...paper.sets.flatMap(({ step, prints }) => [step.madeBy, prints.last?.byUser]),
  ])
}
