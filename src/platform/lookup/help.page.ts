import { Hono } from 'hono'
import { type ApiDocument, docsView } from '../../view/docs.view.ts'
import { helpView } from '../../view/help.view.ts'
import { accessibilityView, privacyView, termsView } from '../../view/legal.view.ts'
import { docsWords } from '../../view/words/docs.ts'
import { helpWords } from '../../view/words/help.ts'
import { legalWords } from '../../view/words/legal.ts'
import { answerPage, langOf, type Site } from '../../web/site.ts'
import type { Sample } from './lookup.page.ts'

const LEGAL = { terms: termsView, accessibility: accessibilityView, privacy: privacyView }

/** `/help`, `/docs` and the texts of the footer. */
export function helpPages(
  site: Site,
  sample: Sample | undefined,
  document: () => ApiDocument,
): Hono {
  const app = new Hono()
  app.get('/help', (c) => {
    const lang = langOf(c)
    const view = helpView(lang, sample ? { sample } : {})
    return answerPage(c, site, { title: helpWords[lang].title, path: '/help' }, view)
  })
  app.get('/docs', (c) => {
    const lang = langOf(c)
    const title = docsWords[lang].title
    return answerPage(c, site, { title, path: '/docs', wide: true }, docsView(lang, document()))
  })
  const operator = {
    ...(site.operator !== undefined && { name: site.operator }),
    ...(site.contact !== undefined && { contact: site.contact }),
  }
  for (const [name, view] of Object.entries(LEGAL)) {
    app.get(`/${name}`, (c) => {
      const lang = langOf(c)
      const { title } = legalWords[lang][name as keyof typeof LEGAL]
      return answerPage(c, site, { title, path: `/${name}` }, view(lang, operator))
    })
  }
  return app
}
