import { listTime } from '../../../base/time.ts'
import { deedMark, hiddenField } from '../../../web/form.ts'
import { type Content, type Html, html } from '../../../web/html.ts'
import { dataTable } from '../../../web/table.ts'
import type { LineStatus } from '../content.ts'
import { isEditable } from '../draft/editable.ts'
import type { Listed } from '../sent/list.ts'
import { KIND_WORDS, STATUS_WORDS } from '../status-words.ts'

export interface ListPage {
  items: readonly Listed[]
  /** Addresses of the pages before and behind, where there are such. */
  newer?: string
  older?: string
  messages?: Content
  /** A fresh id for each copy that may be made. */
  copyIds: readonly string[]
}

/** 保証申込一覧. */
export function listView({ items, newer, older, messages, copyIds }: ListPage): Html {
  return html`<div class="list-head"><h1>保証申込一覧</h1><a class="button button-main" href="/desk/applications/new">保証申込（新規）</a></div>
${messages}
${
  items.length === 0
    ? html`<p class="notice">保証申込はまだありません。「保証申込（新規）」から申し込めます。</p>`
    : dataTable(
        '保証申込',
        ['受付番号', '工事名', '保証の種類と手続状況', '更新日時', '操作'],
        items.map((item, at) => [
          item.number === null
            ? html`<span class="tag">下書き</span>`
            : html`<a class="code" href="/desk/applications/${item.id}">${item.number}</a>`,
          item.worksName === ''
            ? html`<span class="none">（工事名は未入力）</span>`
            : item.worksName,
          linesCell(item),
          listTime(item.changedAt),
          actions(item, copyIds[at] ?? ''),
        ]),
      )
}
<p class="buttons">${newer && html`<a href="${newer}">新しいもの</a>`} ${older && html`<a href="${older}">古いもの</a>`}</p>`
}

function linesCell({ lines }: Listed): Html {
  if (lines.length === 0) return html`<span class="none">（未選択）</span>`
  return html`<ul class="line-states">${lines.map(
    ({ kind, status, contractNumber }) =>
      html`<li><span>${KIND_WORDS[kind]}</span> <span class="tag tag-${status}">${STATUS_WORDS[status]}</span>${contractNumber && html` <span class="code">${contractNumber}</span>`}</li>`,
  )}</ul>`
}

function actions({ id, number, sentAt, worksName, lines }: Listed, copyId: string): Html {
  const path = `/desk/applications/${id}`
  const about = html`<span class="unseen">（${number ?? '下書き'} ${worksName}）</span>`
  const statuses = Object.fromEntries(lines.map(({ kind, status }) => [kind, status as LineStatus]))
  const open = isEditable(sentAt !== null, statuses)
  return html`<div class="row-actions">
${open && html`<a href="${path}/edit">${sentAt === null ? '続きを入力' : '差戻しに対応'}${about}</a>`}
${sentAt !== null && html`<a href="${path}">内容${about}</a>`}
<form method="post" action="${path}/copy">${deedMark()}${hiddenField('id', copyId)}<button class="link" type="submit">コピーして作成${about}</button></form>
${sentAt === null && html`<a href="${path}/delete">削除${about}</a>`}
</div>`
}
