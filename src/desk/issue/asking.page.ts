import type { Context } from 'hono'
import type { Member, MemberOf } from '../../accounts/member.ts'
import type { MemberEnv } from '../../accounts/require-member.ts'
import { Fault } from '../../base/fault.ts'
import { numberKey } from '../../guarantee/contract-number.ts'
import type { Access } from '../../ports.ts'
import type { Content } from '../../web/html.ts'
import { answerPage, type Site } from '../../web/site.ts'
import { areaOf } from '../company/area.ts'
import type { LifeDesk } from './life-desk.ts'
import type { Overview } from './overview.ts'

export interface Doors {
  lifeDesk: LifeDesk
  memberOf: MemberOf
  access: Access
  site: Site
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
  { c, site, member }: Asking,
  title: string,
  body: Content,
  status = 200,
): Response {
  const options = { title, area: areaOf(member, '/desk/guarantees'), error: status >= 400 }
  return answerPage(c, site, options, body, status)
}
