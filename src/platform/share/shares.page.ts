import { type Context, Hono } from 'hono'
import { Fault } from '../../base/fault.ts'
import { instant } from '../../base/time.ts'
import { type SharesPage, sharesView } from '../../view/share.view.ts'
import { shareWords } from '../../view/words/share.ts'
import { seeOther } from '../../web/answer.ts'
import { readForm } from '../../web/body.ts'
import { localHref } from '../../web/lang.ts'
import { answerPage, langOf, type Site } from '../../web/site.ts'
import type { KnownGuarantee } from '../access/authenticate.ts'
import type { Visitor } from '../access/budget.ts'
import type { Visitors } from '../access/visitor.page.ts'
import type { Platform } from '../platform.ts'

const DAY = 86_400_000
const DEFAULT_DAYS = '90'

type Act = (
  guarantee: KnownGuarantee,
  sent: Record<string, string>,
  visitor: Visitor,
) => Promise<Pick<SharesPage, 'created' | 'revoked'>>

/** `/shares`: the links of the guarantee that a ticket stands for; made, listed, withdrawn. */
export function sharesPages(
  platform: Platform,
  site: Site,
  visitors: Visitors,
  now: () => number,
): Hono {
  const { shares } = platform
  const acts: Record<string, Act> = {
    '/shares': async (guarantee, { scope, days = DEFAULT_DAYS }, visitor) => ({
      created: await shares.create(
        guarantee,
        {
          scope: scope === 'history' ? 'history' : 'current',
          expiresAt: endAfter(now(), days),
        },
        visitor,
      ),
    }),
    '/shares/list': async () => ({}),
    '/shares/revoke': async (guarantee, { id = '' }, visitor) => {
      await shares.revoke(guarantee, id, visitor)
      return { revoked: true }
    },
  }
  const app = new Hono()
  for (const [path, act] of Object.entries(acts)) {
    app.post(path, (c) => manage(c, { platform, site, visitors, now }, act))
    app.get(path, (c) => seeOther(localHref(langOf(c), '/')))
  }
  return app
}

interface Parts {
  platform: Platform
  site: Site
  visitors: Visitors
  now: () => number
}

async function manage(
  c: Context,
  { platform: { tickets, shares }, site, visitors, now }: Parts,
  act: Act,
): Promise<Response> {
  const lang = langOf(c)
  const sent = await readForm(c)
  const ticket = sent.ticket ?? ''
  const { guarantee, right } = await tickets.open(ticket)
  if (right !== 'holder') throw new Fault('not_found', 'A share link makes no further links.')
  const done = await act(guarantee, sent, visitors.ofPage(c))
  const words = shareWords[lang]
  return answerPage(
    c,
    site,
    { title: done.created ? words.made : words.title, scripts: ['/js/result.js'] },
    sharesView(lang, {
      ticket,
      contractNumber: guarantee.contractNumber,
      now: instant(now()),
      items: await shares.list(guarantee),
      ...done,
    }),
  )
}

function endAfter(now: number, days: string): string {
  if (!/^\d{1,4}$/.test(days)) throw new Fault('body_invalid', 'days is a whole number.')
  return instant(now + Number(days) * DAY)
}
