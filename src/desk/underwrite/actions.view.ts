import { fieldId, hiddenField } from '../../web/form.ts'
import { type Html, html } from '../../web/html.ts'
import type { AppliedKind } from '../application/content.ts'
import { KIND_WORDS } from '../application/status-words.ts'
import type { LineShown, Typed } from './shown.ts'
import type { Action } from './underwriting.ts'
import { ACTION_WORDS, NEED_REASON } from './words.ts'

/** The deeds that are possible now: a button each; those that need a reason open a form. */
export function actionsView(
  id: string,
  { line, actions, others }: LineShown,
  typed?: Typed,
): Html | false {
  if (actions.length === 0) return false
  const of = (action: Action) => ({
    path: `/desk/inbox/${id}/${line.kind}/${action}`,
    seen: hiddenField('seen', String(line.step)),
    label: `${KIND_WORDS[line.kind]}：${ACTION_WORDS[action]}`,
  })
  return html`<div class="deeds">${actions.map((action, at) => {
    const { path, seen, label } = of(action)
    if (NEED_REASON[action]) {
      const own = typed?.kind === line.kind && typed.action === action ? typed : undefined
      const together = action === 'return' ? others : []
      return reasonForm({ path, seen, label, action, kind: line.kind, together, own })
    }
    if (action === 'issue') {
      return html`<a class="button button-main" href="${path}" aria-label="${label}">${ACTION_WORDS[action]}</a>`
    }
    return html`<form method="post" action="${path}">${seen}<button class="button button-${at === 0 ? 'main' : 'plain'}" type="submit" aria-label="${label}">${ACTION_WORDS[action]}</button></form>`
  })}</div>`
}

interface ReasonForm {
  path: string
  seen: Html
  label: string
  action: Action
  kind: AppliedKind
  /** What goes back with it, unless that is unticked. */
  together: readonly AppliedKind[]
  own: Typed | undefined
}

function reasonForm({ path, seen, label, action, kind, together, own }: ReasonForm): Html {
  const id = fieldId(`${kind}.${action}`)
  return html`<details class="box"${own && html` open`}><summary>${ACTION_WORDS[action]}</summary>
<form method="post" action="${path}">${seen}
<div class="field${own ? ' field-wrong' : ''}"><label for="${id}">理由 <span class="need need-required">必須</span></label>
<p class="support" id="${id}-support">${action === 'return' ? '請負契約者に、そのままお知らせします。400文字以内。' : '記録に残ります。発注者には表示されません。400文字以内。'}</p>
${own && html`<p class="error" id="${id}-error">${own.error}</p>`}
<textarea class="input" id="${id}" name="reason" rows="4" aria-required="true" aria-describedby="${id}-support${own && ` ${id}-error`}"${own && html` aria-invalid="true"`}>
${own?.reason ?? ''}</textarea></div>
${together.length > 0 && allBox(together, own?.all ?? true)}
<button class="button button-plain" type="submit" aria-label="${label}">${ACTION_WORDS[action]}</button></form></details>`
}

/** Ticked by default: 請負工事の情報 can be corrected only when nothing else is being judged. */
function allBox(together: readonly AppliedKind[], ticked: boolean): Html {
  const names = together.map((kind) => KIND_WORDS[kind]).join('、')
  return html`<p><label><input type="checkbox" name="all" value="1"${ticked && html` checked`}> ${names}も差し戻す</label></p>
<p class="support">請負工事の情報は、審査中の保証がすべて差し戻されたときに直せます。</p>`
}
