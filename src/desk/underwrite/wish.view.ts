import { listTime } from '../../base/time.ts'
import { errorSummary, type FieldError, fieldId } from '../../web/form.ts'
import { type Html, html } from '../../web/html.ts'
import { WISH_WORDS } from '../application/pages/wish.view.ts'
import type { OpenWish } from '../application/sent/wish.ts'

/** One wish: what the contractor wrote, the way to a new key, and the answer instead of one. */
export function wishView(
  wish: OpenWish,
  issuer: string,
  typed: { answer: string; errors: readonly FieldError[] },
): Html {
  const { id, type, number, contractNumber, worksName, reason, madeAt } = wish
  const field = fieldId('answer')
  const [error] = typed.errors
  const rekey = `/desk/guarantees/${issuer}/${encodeURIComponent(contractNumber ?? '')}/life/rekey`
  return html`<p class="crumbs"><a href="/desk/inbox">申込一覧</a> ＞ 認証キーについての依頼</p>
${errorSummary('ja', typed.errors)}
<h1>${WISH_WORDS[type]}<span class="subtitle">${worksName} <span class="code">${contractNumber}</span></span></h1>
<dl class="rows"><div><dt>受付番号</dt><dd><a href="/desk/inbox/${wish.application}#${wish.kind}">${number}</a></dd></div>
<div><dt>依頼の日時</dt><dd>${listTime(madeAt)}</dd></div>
<div><dt>理由と経緯</dt><dd>${reason}</dd></div></dl>
<section aria-labelledby="rekey"><h2 id="rekey">認証キーを再発行する</h2>
<p>新しい認証キーがプラットフォームに届くと、この依頼は対応済みになり、請負契約者にメールでお知らせします。</p>
<p><a class="button button-main" href="${rekey}">認証キーの再発行へ進む</a></p></section>
<section aria-labelledby="refuse"><h2 id="refuse">再発行しないで回答する</h2>
<form class="form" method="post" action="/desk/inbox/wishes/${id}">
<div class="field${error ? ' field-wrong' : ''}"><label for="${field}">回答 <span class="need need-required">必須</span></label>
<p class="support" id="${field}-support">請負契約者の申込のページに、そのまま表示されます。400文字以内。認証キーは書かないでください。</p>
${error && html`<p class="error" id="${field}-error">${error.text}</p>`}
<textarea class="input" id="${field}" name="answer" rows="4" aria-required="true" aria-describedby="${field}-support${error && ` ${field}-error`}"${error && html` aria-invalid="true"`}>
${typed.answer}</textarea></div>
<p class="buttons"><button class="button button-plain" type="submit">再発行しないで回答する</button></p>
</form></section>`
}
