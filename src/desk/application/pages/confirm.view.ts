import { deedMark, type FieldError, hiddenField } from '../../../web/form.ts'
import { type Content, type Html, html } from '../../../web/html.ts'
import type { ApplicationContent } from '../content.ts'
import { type Paper, papersList } from '../form/papers.view.ts'
import { stepsView } from '../form/steps.view.ts'
import { summaryView } from './summary.view.ts'

export interface ConfirmPage {
  path: string
  revision: number
  sendKey: string
  content: ApplicationContent
  branchName: string
  cautions: readonly FieldError[]
  attachments: readonly Paper[]
  /** Of what was sent before and is sent anew: what changes, and the papers that go. */
  resent?: { changes: Html; removed: readonly Paper[] } | undefined
  messages?: Content
}

/** 申込確認: every answer, with the way back to change it, before it is sent. */
export function confirmView(page: ConfirmPage): Html {
  const { path, content, branchName, cautions } = page
  const edit = `${path}/edit`
  return html`${stepsView(2)}
<h1>申込確認</h1>
<p class="lead">内容をお確かめのうえ、「この内容で送信する」を押してください。まだ送信されていません。</p>
${page.messages}
${
  cautions.length > 0 &&
  html`<section class="notice" aria-labelledby="cautions"><h2 id="cautions">ご確認ください</h2><ul>${cautions.map(({ text }) => html`<li>${text}</li>`)}</ul></section>`
}
${page.resent && html`<section class="summary-part" aria-labelledby="changes"><h2 id="changes">前回の送信から変わったところ</h2>${page.resent.changes}</section>`}
${summaryView(content, { edit, branchName })}
${papersPart(page, edit)}
<form class="form" method="post" action="${path}/send" data-application data-busy="送信しています…">
${deedMark()}${hiddenField('revision', String(page.revision))}${hiddenField('sendKey', page.sendKey)}
<p class="buttons buttons-end"><button class="button button-main" type="submit">この内容で送信する</button> <a class="button button-plain" href="${edit}">申込作成に戻る</a></p>
</form>`
}

function papersPart({ attachments, resent, path }: ConfirmPage, edit: string): Html {
  return html`<section class="summary-part"><h2>その他</h2>
<div class="rows answers"><p class="output-label">添付書類 <a href="${edit}#others">変更<span class="unseen">（添付書類）</span></a></p>${papersList(path, attachments, resent?.removed)}</div></section>`
}
