import { hiddenField } from '../../../web/form.ts'
import { type Content, type Html, html } from '../../../web/html.ts'

/** A page that asks before something is done that cannot be undone. */
export interface AskPage {
  title: string
  text: Content
  action: string
  button: string
  back: string
  hidden?: readonly (readonly [name: string, value: string])[]
  /** Label of a text that may go with it. */
  note?: string
}

export function askView({ title, text, action, button, back, hidden = [], note }: AskPage): Html {
  return html`<h1>${title}</h1>
<div class="lead">${text}</div>
<form class="form" method="post" action="${action}">
${hidden.map(([name, value]) => hiddenField(name, value))}
${note !== undefined && html`<div class="field"><label for="field-note">${note} <span class="need need-optional">任意</span></label><input class="input input-full" id="field-note" name="note" type="text" autocomplete="off"></div>`}
<p class="buttons"><button class="button button-main" type="submit">${button}</button> <a class="button button-plain" href="${back}">やめる</a></p>
</form>`
}
