import { listTime } from '../../../base/time.ts'
import type { FieldError } from '../../../web/form.ts'
import { fieldId } from '../../../web/form.ts'
import { type Html, html } from '../../../web/html.ts'
import { showInteger } from '../../../web/show.ts'
import type { AttachmentSeen } from '../sent/sent-application.ts'

/** What papers are for, in the order of the page. */
const PURPOSE_WORDS: Record<AttachmentSeen['purpose'], string> = {
  works: '請負契約の内容を確認できる書類',
  interim: '認定調書の写し',
  other: 'その他の書類',
}

const SUPPORT: Record<AttachmentSeen['purpose'], string> = {
  works: '請負契約書の写し、落札通知、指名通知など',
  interim: '中間前払金保証を申し込むときに必要です。',
  other: 'JV協定書の写し、工程表など',
}

export interface PapersPart {
  attachments: readonly Paper[]
  /** Where downloads lead: `/desk/applications/:id`. */
  path: string
  /** Whether the company has seen papers of it. */
  sentBefore: boolean
}

/** A paper; new: it came after the last sending. */
export interface Paper extends AttachmentSeen {
  isNew?: boolean
}

/** その他: papers. File inputs stand last in the form, after everything that is typed. */
export function papersView(errors: readonly FieldError[], part: PapersPart): Html {
  const { attachments } = part
  const purposes = Object.keys(PURPOSE_WORDS) as AttachmentSeen['purpose'][]
  return html`<p class="support">PDF・JPEG・PNG、1件10MBまで、1つの申込みに10件まで（一度に送れるのは合計20MBまで）。選んだファイルは、下のどのボタンを押しても保存されます。</p>
  ${attachments.length > 0 && attachmentList(part)}
  ${purposes.map((purpose) => fileInput(purpose, errors))}
  <p class="buttons"><button class="button button-plain" type="submit" name="act" value="attach">選んだファイルを添付する</button></p>`
}

function fileInput(purpose: AttachmentSeen['purpose'], errors: readonly FieldError[]): Html {
  const field = `file.${purpose}`
  const id = fieldId(field)
  const wrong = errors.filter((one) => one.field === field)
  return html`<div class="field${wrong.length > 0 && ' field-wrong'}">
  <label for="${id}">${PURPOSE_WORDS[purpose]}</label>
  <p class="support" id="${id}-support">${SUPPORT[purpose]}</p>
  <div id="${id}-error">${wrong.map(({ text }) => html`<p class="error">${text}</p>`)}</div>
  <input class="input-file" type="file" id="${id}" name="${field}" accept=".pdf,.jpg,.jpeg,.png,application/pdf,image/jpeg,image/png" multiple aria-describedby="${id}-support ${id}-error"${wrong.length > 0 && html` aria-invalid="true"`}>
</div>`
}

function attachmentList({ attachments, path, sentBefore }: PapersPart): Html {
  return html`${sentBefore && html`<p class="support">送信した書類を取り除くと、申込送信先には「取り除かれた書類」として残ります。</p>`}<ul class="attachments" aria-label="添付した書類">${attachments.map(
    (one) =>
      html`<li>${attachmentLink(path, one)} <button class="link" type="submit" name="act" value="remove:${one.id}" aria-label="${one.name}を取り除く">取り除く</button></li>`,
  )}</ul>`
}

/** A paper to download, with what it is and how large. */
function attachmentLink(path: string, one: Paper): Html {
  return html`${one.isNew && html`<strong class="new">（新）</strong>`}<span class="tag">${PURPOSE_WORDS[one.purpose]}</span> <a href="${path}/attachments/${one.id}">${one.name}</a> <span class="support">${sizeText(one.size)}、${listTime(one.addedAt)}</span>`
}

/** The papers of an application, to be downloaded, and those that are part of it no more. */
export function papersList(
  path: string,
  attachments: readonly Paper[],
  removed: readonly Paper[] = [],
): Html {
  const items = (papers: readonly Paper[]) =>
    papers.map((one) => html`<li>${attachmentLink(path, one)}</li>`)
  return html`${
    attachments.length === 0
      ? html`<p class="none">添付した書類はありません</p>`
      : html`<ul class="attachments" aria-label="添付した書類">${items(attachments)}</ul>`
  }${
    removed.length > 0 &&
    html`<p class="output-label">取り除かれた書類</p><ul class="attachments" aria-label="取り除かれた書類">${items(removed.map((one) => ({ ...one, isNew: false })))}</ul>`
  }`
}

/** 12KB, 3.4MB. */
function sizeText(bytes: number): string {
  const kilobytes = Math.ceil(bytes / 1024)
  return kilobytes < 1024 ? `${showInteger(kilobytes)}KB` : `${(bytes / 1024 / 1024).toFixed(1)}MB`
}
