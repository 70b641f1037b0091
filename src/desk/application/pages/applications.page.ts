import { Hono } from 'hono'
import type { MemberEnv } from '../../../accounts/require-member.ts'
import { Fault } from '../../../base/fault.ts'
import { API_HEADERS, seeOther } from '../../../web/answer.ts'
import { readForm } from '../../../web/body.ts'
import { html } from '../../../web/html.ts'
import { mayWithdraw } from '../draft/editable.ts'
import { freeText } from '../free-text.ts'
import { isId, newId } from '../new-id.ts'
import { PAGE_SIZE } from '../sent/list.ts'
import { withdraw } from '../sent/withdraw.ts'
import { KIND_WORDS } from '../status-words.ts'
import { askView } from './ask.view.ts'
import { detailView } from './detail.view.ts'
import {
  type ApplicationPorts,
  createDoor,
  type Door,
  HOME,
  kindOf,
  type Request,
} from './door.page.ts'
import { editPages } from './edit.page.ts'
import { listView } from './list.view.ts'
import { branchNames, officeOf, receptionOf, sendPages } from './send.page.ts'
import { wishPages } from './wish.page.ts'

/**
 * `/desk/applications…`: 保証申込 for the contractor's clerk. Mounted behind `requireMember` for the
 * role contractor; each page shows the applications of the member's own firm alone.
 */
export function applicationPages(ports: ApplicationPorts): Hono<MemberEnv> {
  const door = createDoor(ports)
  const app = new Hono<MemberEnv>()
  listPage(app, door)
  editPages(app, door)
  sendPages(app, door)
  detailPage(app, door)
  copyAndDelete(app, door)
  withdrawPages(app, door)
  wishPages(app, door)
  attachmentPage(app, door)
  return app
}

const NOTES: Record<string, string> = {
  deleted: '下書きを削除しました。',
  kept: '下書きはほかの担当者が変更したか送信したため、削除していません。',
  withdrawn: '申込みを取り下げました。',
  wished: '依頼を送信しました。申込送信先の回答をお待ちください。',
  closed: 'この申込みは送信済みのため、変更できません。入力された内容は保存されていません。',
}

function noteOf(queries: Record<string, string>) {
  const text = Object.keys(queries).flatMap((name) => NOTES[name] ?? [])[0]
  return text !== undefined && html`<p class="notice" role="status">${text}</p>`
}

function listPage(app: Hono<MemberEnv>, door: Door): void {
  app.get(HOME, async (c) => {
    const from = Math.max(0, Number(c.req.query('from')) || 0)
    const rows = await door.lists.list(door.memberOf(c).organisation.id, from)
    const items = rows.slice(0, PAGE_SIZE)
    const body = listView({
      items,
      messages: noteOf(c.req.query()),
      copyIds: items.map(() => newId(door.ports.random)),
      ...(from > 0 && { newer: `${HOME}?from=${Math.max(0, from - PAGE_SIZE)}` }),
      ...(rows.length > PAGE_SIZE && { older: `${HOME}?from=${from + PAGE_SIZE}` }),
    })
    return door.show(c, '保証申込一覧', body)
  })
}

function detailPage(app: Hono<MemberEnv>, door: Door): void {
  app.get(`${HOME}/:id`, async (c) => {
    const current = await door.ownOf(c)
    if (current.sentAt === null) return seeOther(`${HOME}/${current.id}/edit`)
    const application = await door.sentOf(c)
    const body = detailView({
      application,
      office: await officeOf(door, application),
      reception: await receptionOf(door, application),
      branchName: await branchNames(door, application),
      wishes: await door.wishes.of(application.id),
      copyId: newId(door.ports.random),
      messages: noteOf(c.req.query()),
    })
    return door.show(c, `保証申込 ${application.number}`, body)
  })
}

function copyAndDelete(app: Hono<MemberEnv>, door: Door): void {
  app.post(`${HOME}/:id/copy`, async (c) => {
    const current = await door.ownOf(c)
    const { id = '' } = await readForm(c)
    if (!isId(id)) throw new Fault('body_invalid', 'The form was not one of ours.')
    await door.drafts.copy(door.memberOf(c), id, current)
    return seeOther(`${HOME}/${id}/edit`)
  })
  app.get(`${HOME}/:id/delete`, async (c) => {
    const { id, revision, form } = await door.ownOf(c)
    const body = askView({
      title: '下書きを削除しますか',
      text: html`<p>工事名：${form['worksName'] || '（未入力）'}</p><p>入力した内容と添付した書類を削除します。元に戻せません。</p>`,
      action: `${HOME}/${id}/delete`,
      button: 'この下書きを削除する',
      back: HOME,
      hidden: [['revision', String(revision)]],
    })
    return door.show(c, '下書きの削除', body)
  })
  app.post(`${HOME}/:id/delete`, async (c) => {
    const id = door.idOf(c)
    // Whoever presses twice finds it gone, which is what was asked.
    if (!(await door.drafts.current(id))) return seeOther(`${HOME}?deleted`)
    await door.ownOf(c)
    const { revision } = await readForm(c)
    const seen = { id, revision: Number(revision) }
    const removed = await door.drafts.remove(door.memberOf(c), seen)
    return seeOther(`${HOME}?${removed ? 'deleted' : 'kept'}`)
  })
}

const WHY = { label: '取下げの理由', most: 400 }

function withdrawPages(app: Hono<MemberEnv>, door: Door): void {
  const path = `${HOME}/:id/withdraw/:kind` as const
  app.get(path, (c) => askWithdrawal(c, door))
  app.post(path, async (c) => {
    const { note = '' } = await readForm(c)
    const { text: reason, error } = freeText(note, WHY)
    if (error !== undefined) return askWithdrawal(c, door, note, error)
    const application = await door.sentOf(c)
    await withdraw(door.ports, door.memberOf(c), application, kindOf(c), reason)
    return seeOther(`${HOME}/${application.id}?withdrawn`)
  })
}

async function askWithdrawal(c: Request, door: Door, typed = '', error?: string) {
  const { id, number, content, lines } = await door.sentOf(c)
  const kind = kindOf(c)
  // Whoever comes back to it after the deed is shown how it stands.
  const line = lines.find((one) => one.kind === kind)
  if (!line || !mayWithdraw(line.status)) return seeOther(`${HOME}/${id}`)
  const errors = error === undefined ? [] : [{ field: 'note', text: error }]
  const body = askView({
    title: `${KIND_WORDS[kind]}の申込みを取り下げますか`,
    text: html`<p>受付番号 <span class="code">${number}</span>　${content.works.worksName}</p><p>取り下げた申込みは元に戻せません。もう一度申し込むときは「コピーして作成」をお使いください。</p>`,
    action: `${HOME}/${id}/withdraw/${kind}`,
    button: 'この申込みを取り下げる',
    back: `${HOME}/${id}`,
    note: { label: WHY.label, typed, errors },
  })
  return door.show(c, '取下げ', body, error === undefined ? {} : { error: true, status: 422 })
}

/** Papers are saved, never shown by the browser itself, whatever stands in them. */
function attachmentPage(app: Hono<MemberEnv>, door: Door): void {
  app.get(`${HOME}/:id/attachments/:paper`, async (c) => {
    const { id } = await door.ownOf(c)
    const paper = await door.attachments.open(id, c.req.param('paper'))
    if (!paper) throw new Fault('not_found', 'There is no such paper.')
    const name = encodeURIComponent(paper.name).replace(
      /['()*]/g,
      (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
    )
    return new Response(new Uint8Array(paper.bytes), {
      headers: {
        ...API_HEADERS,
        'content-type': paper.mediaType,
        'content-disposition': `attachment; filename*=UTF-8''${name}`,
      },
    })
  })
}
