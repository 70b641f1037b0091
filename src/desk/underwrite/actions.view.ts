import type { Day } from '../../base/time.ts'
import { deedMark, fieldId, hiddenField } from '../../web/form.ts'
import { type Html, html } from '../../web/html.ts'
import { showYen } from '../../web/show.ts'
import type { AppliedKind } from '../application/content.ts'
import { KIND_WORDS, PAYMENT_WORDS } from '../application/status-words.ts'
import type { Charge } from './charges.ts'
import type { Action } from './deed.ts'
import type { LineShown, Typed } from './shown.ts'
import { ACTION_WORDS, NEED_REASON, RECEIPT_WORDS, RETURN_WORDS } from './words.ts'

/** One deed as its form names it. */
interface Form {
  action: Action
  kind: AppliedKind
  path: string
  seen: Html
  /** With the name of the guarantee, for the page has several. */
  label: string
  /** What was typed into it and refused. */
  own: Typed | undefined
}

/** The deeds that are possible now: a button each; those that need more open a form. */
export function actionsView(
  id: string,
  { line, actions, others, charge }: LineShown,
  today: Day,
  typed?: Typed,
): Html | false {
  if (actions.length === 0) return false
  const main = actions.includes('accept') ? 'accept' : actions[0]
  const forms = actions.map((action) => {
    const own = typed?.kind === line.kind && typed.action === action ? typed : undefined
    const form: Form = {
      ...{ action, kind: line.kind, own },
      path: `/desk/inbox/${id}/${line.kind}/${action}`,
      seen: hiddenField('seen', String(line.step)),
      label: `${KIND_WORDS[line.kind]}：${ACTION_WORDS[action]}`,
    }
    if (NEED_REASON[action]) return reasonForm(form, action === 'return' ? others : [], charge)
    if (action === 'settle' && charge) return receiptForm(form, charge, today)
    return action === 'issue' ? toIssue(form) : plainForm(form, action === main ? 'main' : 'plain')
  })
  return html`<div class="deeds">${forms}</div>`
}

function plainForm(form: Form, manner: 'main' | 'plain'): Html {
  return html`<form method="post" action="${form.path}">${deedMark()}${form.seen}${submit(form, manner)}</form>`
}

function submit({ label, action }: Form, manner: 'main' | 'plain'): Html {
  return html`<button class="button button-${manner}" type="submit" aria-label="${label}">${ACTION_WORDS[action]}</button>`
}

function toIssue({ path, label, action }: Form): Html {
  return html`<a class="button button-main" href="${path}" aria-label="${label}">${ACTION_WORDS[action]}</a>`
}

/** The sum that is confirmed, and the day on which it came. */
function receiptForm(form: Form, { yen, paymentMethod }: Charge, today: Day): Html {
  const id = fieldId(`${form.kind}.settle`)
  const { own } = form
  return html`<form class="receipt" method="post" action="${form.path}">${form.seen}
<p>${RECEIPT_WORDS.sum} <strong>${showYen('ja', yen)}</strong>（${PAYMENT_WORDS[paymentMethod]}）</p>
<div class="field${own ? ' field-wrong' : ''}"><label for="${id}">${RECEIPT_WORDS.day} <span class="need need-required">必須</span></label>
<p class="support" id="${id}-support">${RECEIPT_WORDS.support}</p>
${errorText(id, own)}
<input class="input input-number" id="${id}" name="on" value="${own?.text ?? today}" autocomplete="off" aria-required="true"${described(id, own)}></div>
${submit(form, 'main')}</form>`
}

function reasonForm(
  form: Form,
  together: readonly AppliedKind[],
  charge: Charge | undefined,
): Html {
  const { kind, action, path, seen, own } = form
  const id = fieldId(`${kind}.${action}`)
  return html`<details class="box"${own && html` open`}><summary>${ACTION_WORDS[action]}</summary>
<form method="post" action="${path}">${seen}
<div class="field${own ? ' field-wrong' : ''}"><label for="${id}">理由 <span class="need need-required">必須</span></label>
<p class="support" id="${id}-support">請負契約者に、そのままお知らせします。${action === 'decline' && '発注者には表示されません。'}400文字以内。</p>
${errorText(id, own)}
<textarea class="input" id="${id}" name="reason" rows="4" aria-required="true"${described(id, own)}>
${own?.text ?? ''}</textarea></div>
${charge && action === 'return' && html`<p class="support">${charge.settledAt === null ? RETURN_WORDS.billed : RETURN_WORDS.paid}</p>`}
${together.length > 0 && allBox(together, own?.all ?? true)}
${submit(form, 'plain')}</form></details>`
}

function errorText(id: string, own: Typed | undefined): Html | undefined {
  return own && html`<p class="error" id="${id}-error">${own.error}</p>`
}

function described(id: string, own: Typed | undefined): Html {
  return html` aria-describedby="${id}-support${own && ` ${id}-error`}"${own && html` aria-invalid="true"`}`
}

/** Ticked by default: 請負工事の情報 can be corrected only when nothing else is being judged. */
function allBox(together: readonly AppliedKind[], ticked: boolean): Html {
  const names = together.map((kind) => KIND_WORDS[kind]).join('、')
  return html`<p><label><input type="checkbox" name="all" value="1"${ticked && html` checked`}> ${names}も差し戻す</label></p>
<p class="support">請負工事の情報は、審査中の保証がすべて差し戻されたときに直せます。</p>`
}
