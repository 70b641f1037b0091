import {
  deedMark,
  errorSummary,
  type FieldError,
  hiddenField,
  textField,
} from '../../../web/form.ts'
import { type Content, type Html, html } from '../../../web/html.ts'

/** A page that asks before something is done that cannot be undone. */
export interface AskPage {
  title: string
  text: Content
  action: string
  button: string
  back: string
  hidden?: readonly (readonly [name: string, value: string])[]
  /** A text that may go with it, by its label. */
  note?: { label: string; typed: string; errors: readonly FieldError[] }
}

export function askView({ title, text, action, button, back, hidden = [], note }: AskPage): Html {
  return html`${errorSummary('ja', note?.errors ?? [])}<h1>${title}</h1>
<div class="lead">${text}</div>
<form class="form" method="post" action="${action}">${!note && deedMark()}
${hidden.map(([name, value]) => hiddenField(name, value))}
${note && textField('ja', { name: 'note', label: note.label, need: 'optional', value: note.typed }, note.errors)}
<p class="buttons"><button class="button button-main" type="submit">${button}</button> <a class="button button-plain" href="${back}">やめる</a></p>
</form>`
}
