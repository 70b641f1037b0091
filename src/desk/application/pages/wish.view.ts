import { errorSummary, type FieldError, fieldId } from '../../../web/form.ts'
import { type Html, html } from '../../../web/html.ts'
import type { SentApplication, SentLine } from '../sent/sent-application.ts'
import type { Wish, WishType } from '../sent/wish.ts'
import { KIND_WORDS } from '../status-words.ts'

export const WISH_WORDS: Record<WishType, string> = {
  rekey: '認証キーの再発行を依頼',
  leaked: '認証キーが漏えいしたおそれ',
}

export const WISH_STATES: Record<Wish['state'], string> = {
  open: '回答待ち',
  done: '対応済',
  refused: '対応できませんでした',
}

const EXPLAINED: Record<WishType, string> = {
  rekey:
    '発注者に渡したお知らせをなくしたときなど。新しい認証キーが発行されると、今の認証キーは使えなくなります。',
  leaked:
    '認証キーを知らせるべきでない人に知られたおそれがあるとき。保証会社が優先して対応します。',
}

export interface WishPage {
  application: SentApplication
  line: SentLine
  typed: { type?: string; reason?: string }
  errors: readonly FieldError[]
}

/** A wish for a new key of an issued guarantee. */
export function wishView({ application, line, typed, errors }: WishPage): Html {
  const { id, number } = application
  const error = (field: string) => errors.find((one) => one.field === field)?.text
  const types = Object.keys(WISH_WORDS) as WishType[]
  return html`<p class="crumbs"><a href="/desk/applications/${id}">受付番号 ${number}</a> ＞ 認証キーについての依頼</p>
${errorSummary('ja', errors)}
<h1>認証キーについての依頼<span class="subtitle">${KIND_WORDS[line.kind]} <span class="code">${line.contractNumber}</span></span></h1>
<form class="form" method="post" action="/desk/applications/${id}/wishes/${line.kind}" data-application data-busy="送信しています…">
<fieldset class="field radios${error('type') && ' field-wrong'}"><legend>依頼の内容 <span class="need need-required">必須</span></legend>
${error('type') && html`<p class="error" id="${fieldId('type')}-error">${error('type')}</p>`}
<div class="radio-list">${types.map(
    (type, at) =>
      html`<div><label><input type="radio" id="${at === 0 ? fieldId('type') : `${fieldId('type')}-${type}`}" name="type" value="${type}"${typed.type === type && html` checked`} aria-describedby="explained-${type}"> ${WISH_WORDS[type]}</label><p class="support" id="explained-${type}">${EXPLAINED[type]}</p></div>`,
  )}</div></fieldset>
<div class="field${error('reason') && ' field-wrong'}"><label for="${fieldId('reason')}">理由と経緯 <span class="need need-required">必須</span></label>
<p class="support" id="${fieldId('reason')}-support">400文字以内。認証キーそのものは書かないでください。</p>
${error('reason') && html`<p class="error" id="${fieldId('reason')}-error">${error('reason')}</p>`}
<textarea class="input" id="${fieldId('reason')}" name="reason" rows="4" aria-required="true" aria-describedby="${fieldId('reason')}-support${error('reason') && ` ${fieldId('reason')}-error`}"${error('reason') && html` aria-invalid="true"`}>
${typed.reason ?? ''}</textarea></div>
<p class="buttons"><button class="button button-main" type="submit">依頼を送信する</button> <a href="/desk/applications/${id}">やめる</a></p>
</form>`
}
