import type { Hono } from 'hono'
import type { MemberEnv } from '../../../accounts/require-member.ts'
import { Fault } from '../../../base/fault.ts'
import { listTime } from '../../../base/time.ts'
import { seeOther } from '../../../web/answer.ts'
import { readForm } from '../../../web/body.ts'
import { html } from '../../../web/html.ts'
import type { ApplicationContent } from '../content.ts'
import { isEditable } from '../draft/editable.ts'
import type { Current } from '../draft/rows.ts'
import type { Paper } from '../form/papers.view.ts'
import { isId, newId } from '../new-id.ts'
import { lastSentAt, type SentApplication } from '../sent/sent-application.ts'
import { changesView } from './changes.view.ts'
import { confirmView } from './confirm.view.ts'
import { type Door, HOME, type Request } from './door.page.ts'
import { papersPart, readingOf } from './edit.page.ts'
import { sentView } from './sent.view.ts'

/** 申込確認 and 送信完了. */
export function sendPages(app: Hono<MemberEnv>, door: Door): void {
  app.get(`${HOME}/:id/confirm`, (c) => confirm(c, door))
  app.post(`${HOME}/:id/send`, (c) => send(c, door))
  app.get(`${HOME}/:id/sent`, async (c) => {
    const application = await door.sentOf(c)
    const office = await officeOf(door, application)
    const reception = await receptionOf(door, application)
    return door.show(c, '送信完了', sentView({ application, office, reception }))
  })
}

/** The office in charge; undefined where the company has no profile (any more). */
export async function officeOf(
  { ports }: Door,
  { issuer, branch }: { issuer: string; branch: string | null },
) {
  return ports.officeOf(issuer, branch).catch(() => undefined)
}

/** Names of the branches that an application was sent to. */
export async function branchNames(
  door: Door,
  { issuer, sendings }: SentApplication,
  now?: string,
): Promise<(branch: string) => string> {
  const ids = sendings.map(({ content }) => content.information.branch).concat(now ?? [])
  const names = await Promise.all(
    [...new Set(ids)].map(async (branch) => {
      const office = await officeOf(door, { issuer, branch })
      return [branch, office?.branch ?? branch] as const
    }),
  )
  const known = new Map(names)
  return (branch) => known.get(branch) ?? branch
}

/** What becomes another one with this sending, where it is not the first. */
async function resentOf(
  c: Request,
  door: Door,
  { id }: Current,
  { content, papers }: { content: ApplicationContent; papers: readonly Paper[] },
) {
  const sent = await door.sentApplications.byId(id, { org: door.memberOf(c).organisation.id })
  if (!sent) return undefined
  const branchName = await branchNames(door, sent, content.information.branch)
  return {
    changes: changesView({ before: sent.content, after: content, branchName }),
    removed: sent.attachments.filter((one) => !papers.some(({ id }) => id === one.id)),
  }
}

/** 受付日 of the last sending; undefined where the company or its office is no more. */
export async function receptionOf({ ports }: Door, application: SentApplication) {
  const { issuer, branch } = application
  return ports.receptionOf(issuer, branch, lastSentAt(application)).catch(() => undefined)
}

async function confirm(c: Request, door: Door): Promise<Response> {
  const current = await door.ownOf(c)
  const path = `${HOME}/${current.id}`
  if (!isEditable(current.sentAt !== null, current.statuses)) return seeOther(path)
  const { content, issuer = '', cautions, papers } = await readingOf(c, door, current)
  if (!content) return seeOther(`${path}/edit?check`)
  const office = await officeOf(door, { issuer, branch: content.information.branch })
  const by = c.req.query('behind') !== undefined && (await door.ports.userName(current.byUser))
  const messages =
    typeof by === 'string' &&
    html`<p class="notice notice-bad" role="alert">${by}さんが${listTime(current.at)}にこの申込みを保存しました。今の内容を表示しています。まだ送信されていません。</p>`
  const body = confirmView({
    path,
    revision: current.revision,
    sendKey: newId(door.ports.random),
    content,
    branchName: office?.branch ?? content.information.branch,
    cautions,
    ...papersPart(current, papers),
    resent: await resentOf(c, door, current, { content, papers }),
    messages,
  })
  return door.show(c, '申込確認', body)
}

/** A second click or a reload finds what the first has sent. */
async function send(c: Request, door: Door): Promise<Response> {
  const current = await door.ownOf(c)
  const { revision, sendKey = '' } = await readForm(c)
  if (!isId(sendKey)) throw new Fault('body_invalid', 'The form was not one of ours.')
  const path = `${HOME}/${current.id}`
  if (!isEditable(current.sentAt !== null, current.statuses)) return seeOther(`${path}/sent`)
  if (String(current.revision) !== revision) return seeOther(`${path}/confirm?behind`)
  const { content, issuer } = await readingOf(c, door, current)
  if (!content || issuer === undefined) return seeOther(`${path}/edit?check`)
  const sent = await door.sending.send(door.memberOf(c), { current, content, issuer, sendKey })
  return seeOther(sent === 'sent' ? `${path}/sent` : `${path}/confirm?behind`)
}
