import { type Context, Hono } from 'hono'
import { Fault } from '../base/fault.ts'
import { instant } from '../base/time.ts'
import { readShareForm } from '../view/share-form.ts'
import { shareLandingView, sharesView } from '../view/share.view.ts'
import { shareWords } from '../view/words/share.ts'
import { readForm } from '../web/body.ts'
import type { FieldError } from '../web/form.ts'
import { answerPage, langOf, type Site } from '../web/site.ts'
import { showResult } from './lookup.page.ts'
import type { Platform } from './platform.ts'
import type { Scope } from './share.ts'

const DAY = 86_400_000

/** `/v` (where a share link leads) and `/shares` (where its maker sees them). */
export function sharePages(platform: Platform, site: Site, now: () => number): Hono {
  const { shares, lookup, tickets } = platform
  const app = new Hono()

  function landing(
    c: Context,
    data: { link?: string; errors?: FieldError[] },
    status: number,
  ): Response {
    const lang = langOf(c)
    return answerPage(
      c,
      site,
      {
        title: shareWords[lang].landingTitle,
        path: '/v',
        error: data.errors !== undefined,
        scripts: ['/js/share.js'],
      },
      shareLandingView(lang, { origin: site.origin, ...data }),
      status,
    )
  }

  /** The shares page of the guarantee that a ticket stands for; only number and key make links. */
  async function manage(
    c: Context,
    act: (
      guarantee: Parameters<typeof shares.list>[0],
      sent: Record<string, string>,
    ) => Promise<{ created?: { url: string; expiresAt: string; scope: Scope }; revoked?: boolean }>,
  ): Promise<Response> {
    const lang = langOf(c)
    const sent = await readForm(c)
    const ticket = sent.ticket ?? ''
    const { guarantee, right } = await tickets.open(ticket)
    if (right !== 'holder') throw new Fault('not_found', 'A share link makes no further links.')
    const done = await act(guarantee, sent)
    return answerPage(
      c,
      site,
      { title: done.created ? shareWords[lang].made : shareWords[lang].title, scripts: ['/js/result.js'] },
      sharesView(lang, {
        ticket,
        contractNumber: guarantee.contractNumber,
        now: instant(now()),
        items: await shares.list(guarantee),
        ...done,
      }),
    )
  }

  app.get('/v', (c) => landing(c, {}, 200))
  app.post('/v', async (c) => {
    const lang = langOf(c)
    const { link = '', department, name } = await readForm(c)
    const { token, errors } = readShareForm(lang, link)
    if (token === undefined) return landing(c, { link, errors }, 400)
    const checker = { ...(department && { department }), ...(name && { name }) }
    try {
      const { guarantee, scope } = await shares.open(token)
      const options = { right: scope, evidence: true, ...(Object.keys(checker).length > 0 && { checker }) }
      return await showResult(c, site, await lookup.known(guarantee, options), tickets)
    } catch (error) {
      if (!(error instanceof Fault) || error.code !== 'not_found_or_key_mismatch') throw error
      return landing(c, { link, errors: [{ field: 'link', text: shareWords[lang].errors.format }] }, 404)
    }
  })
  app.post('/shares', (c) =>
    manage(c, async (guarantee, { scope, days }) => ({
      created: await shares.create(guarantee, {
        scope: scope === 'history' ? 'history' : 'current',
        expiresAt: instant(now() + Number(days ?? 90) * DAY),
      }),
    })),
  )
  app.post('/shares/list', (c) => manage(c, async () => ({})))
  app.post('/shares/revoke', (c) =>
    manage(c, async (guarantee, { id = '' }) => {
      await shares.revoke(guarantee, id)
      return { revoked: true }
    }),
  )
  for (const path of ['/shares', '/shares/list', '/shares/revoke']) {
    app.get(path, (c) => c.redirect('/', 303))
  }
  return app
}
