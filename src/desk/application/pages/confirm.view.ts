import { type FieldError, hiddenField } from '../../../web/form.ts'
import { type Content, type Html, html } from '../../../web/html.ts'
import type { ApplicationContent } from '../content.ts'
import { attachmentLink } from '../form/papers.view.ts'
import { stepsView } from '../form/steps.view.ts'
import type { AttachmentSeen } from '../sent/sent-application.ts'
import { summaryView } from './summary.view.ts'

export interface ConfirmPage {
  path: string
  revision: number
  sendKey: string
  content: ApplicationContent
  branchName: string
  cautions: readonly FieldError[]
  attachments: readonly AttachmentSeen[]
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
${summaryView(content, { edit, branchName })}
${papersPart(page, edit)}
<form class="form" method="post" action="${path}/send" data-application data-busy="送信しています…">
${hiddenField('revision', String(page.revision))}${hiddenField('sendKey', page.sendKey)}
<p class="buttons buttons-end"><button class="button button-main" type="submit">この内容で送信する</button> <a class="button button-plain" href="${edit}">申込作成に戻る</a></p>
</form>`
}

function papersPart({ attachments, path }: ConfirmPage, edit: string): Html {
  return html`<section class="summary-part"><h2>その他</h2>
<div class="rows answers"><p class="output-label">添付書類 <a href="${edit}#others">変更<span class="unseen">（添付書類）</span></a></p>${papersList(path, attachments)}</div></section>`
}

/** The papers of an application, to be downloaded. */
export function papersList(path: string, attachments: readonly AttachmentSeen[]): Html {
  if (attachments.length === 0) return html`<p class="none">添付した書類はありません</p>`
  return html`<ul class="attachments" aria-label="添付した書類">${attachments.map((one) => html`<li>${attachmentLink(path, one)}</li>`)}</ul>`
}
