import { Hono } from 'hono'
import { homeOf, ROLES } from '../../accounts/member.ts'
import { type MemberEnv, requireMember } from '../../accounts/require-member.ts'
import { seeOther } from '../../web/answer.ts'
import { answerPage } from '../../web/site.ts'
import { areaOf } from '../company/area.ts'
import { detailPages } from './detail.page.ts'
import { HELP_TITLE, helpView } from './help.view.ts'
import { createHome } from './home.ts'
import { homeView } from './home.view.ts'
import { listPages } from './list.page.ts'
import type { GuaranteeParts } from './parts.ts'

/** `/desk`, `/desk/help`, and all under `/desk/guarantees`. */
export function guaranteesPages(parts: GuaranteeParts): Hono<MemberEnv> {
  const { site, memberOf } = parts
  const home = createHome(parts.ports)
  const signedIn = requireMember(memberOf, ['contractor', 'clerk', 'approver'])
  const app = new Hono<MemberEnv>()
  app.get('/desk', requireMember(memberOf, ROLES), async (c) => {
    const member = c.get('member')
    const own = homeOf(member.role)
    if (own !== '/desk') return seeOther(own)
    const options = { title: 'トップ', area: areaOf(member), styles: ['guarantees'] }
    return answerPage(c, site, options, homeView(member, await home(member)))
  })
  app.get('/desk/help', signedIn, (c) => {
    const member = c.get('member')
    const view = helpView(member.organisation.kind !== 'contractor')
    return answerPage(c, site, { title: HELP_TITLE, area: areaOf(member) }, view)
  })
  app.route('/', listPages(parts))
  app.route('/', detailPages(parts))
  return app
}
