import { type Html, html } from '../web/html.ts'
import { type Lang, localHref } from '../web/lang.ts'
import { textSection } from './text.view.ts'
import { helpWords } from './words/help.ts'

export interface HelpPage {
  /** The sample to try, in a demo. */
  sample?: { contractNumber: string; authKey: string }
}

/** `/help`: how to look up, what the answers mean, what to do when something is missing. */
export function helpView(lang: Lang, { sample }: HelpPage): Html {
  const words = helpWords[lang]
  return html`<h1>${words.title}</h1>
<p class="lead">${words.lead}</p>
${
  sample &&
  html`<section class="sample"><h2>${words.sample}</h2><p>${words.sampleText}</p>
<dl class="pair"><div><dt>${words.contractNumber}</dt><dd class="code">${sample.contractNumber}</dd></div><div><dt>${words.authKey}</dt><dd class="code">${sample.authKey}</dd></div></dl></section>`
}
<nav class="contents" aria-label="${words.contents}"><ul>${words.sections.map(({ id, title }) => html`<li><a href="#${id}">${title}</a></li>`)}</ul></nav>
${words.sections.map(textSection)}
<p class="buttons last"><a class="button button-main" href="${localHref(lang, '/')}">${words.open}</a></p>`
}
