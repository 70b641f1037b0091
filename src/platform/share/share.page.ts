import { type Context, Hono } from 'hono'
import { Fault } from '../../base/fault.ts'
import { checkerErrors } from '../../view/lookup-form.ts'
import { type ShareLanding, shareLandingView } from '../../view/share.view.ts'
import { readShareForm } from '../../view/share-form.ts'
import { shareWords } from '../../view/words/share.ts'
import { seeOther } from '../../web/answer.ts'
import { readForm } from '../../web/body.ts'
import { localHref } from '../../web/lang.ts'
import { answerPage, langOf, type Site } from '../../web/site.ts'
import type { Visitors } from '../access/visitor.page.ts'
import { checkerOf, showResult } from '../lookup/lookup.page.ts'
import type { Platform } from '../platform.ts'

/**
 * `/v`: where a share link leads. Its form goes to an address of its own: beside an answer under
 * `/v` a further link would differ in the fragment alone, and the browser would load nothing.
 */
export function sharePages(
  { shares, lookup, tickets }: Platform,
  site: Site,
  visitors: Visitors,
): Hono {
  const app = new Hono()
  app.get('/v', (c) => landing(c, site, {}, 200))
  app.get('/v/open', (c) => seeOther(localHref(langOf(c), '/v')))
  app.post('/v/open', async (c) => {
    const lang = langOf(c)
    const sent = await readForm(c)
    const { link = '' } = sent
    const who = checkerOf(sent)
    const { token, errors: ofLink } = readShareForm(lang, link)
    const errors = [...ofLink, ...checkerErrors(lang, who.checker ?? {})]
    if (token === undefined || errors.length > 0) {
      return landing(c, site, { link, errors, ...who }, 400)
    }
    try {
      const visitor = visitors.ofPage(c)
      const { guarantee, scope, id } = await shares.open(token, visitor)
      const options = { right: scope, share: id, evidence: true, ...who }
      const answer = await lookup.known(guarantee, options, visitor)
      const page = showResult(c, site, answer, await tickets.issue(guarantee, id))
      return visitors.mark(c, page, guarantee)
    } catch (error) {
      if (!(error instanceof Fault) || error.code !== 'not_found_or_key_mismatch') throw error
      const unknown = [{ field: 'link', text: shareWords[lang].errors.unknown }]
      const { slowed } = error
      return landing(c, site, { link, errors: unknown, slowed, ...who }, 404)
    }
  })
  return app
}

function landing(
  c: Context,
  site: Site,
  data: Omit<ShareLanding, 'origin'>,
  status: number,
): Response {
  const lang = langOf(c)
  const title = shareWords[lang].landingTitle
  const options = { title, path: '/v', error: status >= 400, scripts: ['/js/share.js'] }
  return answerPage(
    c,
    site,
    options,
    shareLandingView(lang, { origin: site.origin, ...data }),
    status,
  )
}
