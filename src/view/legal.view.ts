import { type Html, html } from '../web/html.ts'
import type { Lang } from '../web/lang.ts'
import { textSection } from './text.view.ts'
import { legalWords, type Operator } from './words/legal.ts'

function legal(lang: Lang, what: 'privacy' | 'accessibility' | 'terms', operator: Operator): Html {
  const words = legalWords[lang]
  const { title, lead, sections } = words[what]
  const name = operator.name ?? words.unknownOperator
  const contact = operator.contact ?? words.unknownContact
  return html`<h1>${title}</h1>
<p class="lead">${lead}</p>
${sections({ name, contact }).map(textSection)}`
}

/** `/privacy`: 個人情報の取扱い. */
export function privacyView(lang: Lang, operator: Operator): Html {
  return legal(lang, 'privacy', operator)
}

/** `/accessibility`: ウェブアクセシビリティ方針. */
export function accessibilityView(lang: Lang, operator: Operator): Html {
  return legal(lang, 'accessibility', operator)
}

/** `/terms`: 利用条件; unofficial, and connected to no existing service. */
export function termsView(lang: Lang, operator: Operator): Html {
  return legal(lang, 'terms', operator)
}
