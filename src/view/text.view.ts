import { type Html, html } from '../web/html.ts'
import type { TextSection } from './words/help.ts'

/** A part of a page of text, with an anchor of its own. */
export function textSection({ id, title, text, steps, terms }: TextSection): Html {
  return html`<section class="text" aria-labelledby="${id}"><h2 id="${id}">${title}</h2>
${steps && html`<ol>${steps.map((step) => html`<li>${step}</li>`)}</ol>`}
${text?.map((paragraph) => html`<p>${paragraph}</p>`)}
${terms && html`<dl class="terms">${terms.map(([term, meaning]) => html`<div><dt>${term}</dt><dd>${meaning}</dd></div>`)}</dl>`}
</section>`
}
