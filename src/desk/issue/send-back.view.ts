import { button, type FieldError, hiddenField, textField } from '../../web/form.ts'
import { type Html, html } from '../../web/html.ts'
import { LIFE } from './life-words.ts'

/** A reason for sending back that was refused, with what is wrong with it. */
export interface TypedWhy {
  value: string
  error: string
}

/** 差し戻す, by an approver who has not asked for it; with the reason that who asked reads. */
export function sendBackForm(base: string, proposal: number, why: TypedWhy | undefined): Html {
  const field = { name: 'why', label: LIFE.sendBackReason, support: LIFE.sendBackNote }
  return html`<details class="box"${why && html` open`}><summary>${LIFE.sendBack}</summary>
<form method="post" action="${base}/send-back" novalidate>${hiddenField('proposal', String(proposal))}
${textField('ja', { ...field, need: 'required', value: why?.value }, whyErrors(why))}
${button(LIFE.sendBack, 'plain')}</form></details>`
}

export function whyErrors(why: TypedWhy | undefined): FieldError[] {
  return why ? [{ field: 'why', text: why.error }] : []
}
