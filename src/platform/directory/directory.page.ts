import { Hono } from 'hono'
import { base64 } from '../../base/bytes.ts'
import { instant } from '../../base/time.ts'
import { parseCheckpoint } from '../../log/checkpoint.ts'
import { issuersView } from '../../view/issuers.view.ts'
import { logView } from '../../view/log.view.ts'
import { ownersView } from '../../view/owners.view.ts'
import { directoryWords } from '../../view/words/directory.ts'
import { logWords } from '../../view/words/log.ts'
import { answerPage, langOf, type Site } from '../../web/site.ts'
import type { Platform } from '../platform.ts'

/** `/owners`, `/issuers`, `/log`: what anybody may know. */
export function directoryPages(platform: Platform, site: Site, now: () => number): Hono {
  const app = new Hono()

  app.get('/owners', async (c) => {
    const lang = langOf(c)
    const q = c.req.query('q') ?? ''
    const title = directoryWords[lang].owners.title
    const view = ownersView(lang, { q, items: await platform.owners.search(q) })
    return answerPage(c, site, { title, path: '/owners', ...(q && { query: { q } }) }, view)
  })

  app.get('/issuers', async (c) => {
    const lang = langOf(c)
    const title = directoryWords[lang].issuers.title
    const items = await platform.issuers.list()
    return answerPage(
      c,
      site,
      { title, path: '/issuers' },
      issuersView(lang, { items, now: instant(now()) }),
    )
  })

  app.get('/log', async (c) => {
    const lang = langOf(c)
    const { platform: id, log, receiptKeys } = await platform.trust()
    const note = await platform.publicLog.checkpoint()
    const head = note === undefined ? undefined : parseCheckpoint(note)
    const data = {
      platform: id,
      ...log,
      receiptKeys,
      ...(head && { head: { size: head.size, root: base64(head.root) } }),
    }
    return answerPage(c, site, { title: logWords[lang].title, path: '/log' }, logView(lang, data))
  })
  return app
}
