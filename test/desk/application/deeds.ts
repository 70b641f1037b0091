import type { AppliedKind, LineStatus } from '../../../src/desk/application/content.ts'
import { createDrafts } from '../../../src/desk/application/draft/drafts.ts'
import type { Current } from '../../../src/desk/application/draft/rows.ts'
import { contextOf } from '../../../src/desk/application/form/context.ts'
import type { Form } from '../../../src/desk/application/form/fields.ts'
import { readApplication } from '../../../src/desk/application/form/read-application.ts'
import { newId } from '../../../src/desk/application/new-id.ts'
import { stepQueries } from '../../../src/desk/application/sent/line-step.ts'
import { createSend } from '../../../src/desk/application/sent/send.ts'
import { createSentApplications } from '../../../src/desk/application/sent/sent-application.ts'
import { type Desk, MEMBERS, newDesk } from './desk.ts'

const { sato } = MEMBERS
export const ORG = { org: sato.organisation.id }

export async function deedsOf() {
  const desk = await newDesk()
  const { ports } = desk
  const drafts = createDrafts(ports)
  const sent = createSentApplications(ports.store)
  const sending = createSend(ports)
  const save = (id: string, revision: number, form: Form, member = sato) =>
    drafts.save(member, { id, revision, form, issuer: 'akashi-east' })
  /** Reads what is saved and sends it. */
  async function send(id: string, sendKey = newId(ports.random), member = sato) {
    const current = await drafts.current(id)
    if (!current) throw new Error('nothing to send')
    return sendSeen(current, sendKey, member)
  }
  /** Sends what was confirmed, whatever was written since. */
  async function sendSeen(current: Current, sendKey = newId(ports.random), member = sato) {
    const returnedBy = current.sentAt === null ? undefined : current.issuer
    const context = await contextOf(ports, member.organisation, [], [], returnedBy)
    const { content } = readApplication(current.form, context)
    if (!content) throw new Error('it is not complete')
    return sending.send(member, { current, content, issuer: 'akashi-east', sendKey })
  }
  async function goOn(id: string, kind: AppliedKind, status: LineStatus, note?: string) {
    const line = (await sent.byId(id, ORG))?.lines.find((one) => one.kind === kind)
    const at = '2026-02-03T06:00:00.000Z'
    const step = { application: id, kind, step: (line?.step ?? 0) + 1, status, at, byUser: 'clerk' }
    await ports.store.commit(stepQueries(ports.store.db, { ...step, ...(note && { note }) }))
  }
  return { desk, ports, drafts, sent, save, send, sendSeen, goOn, id: newId(ports.random) }
}

export async function rowsOf(
  { ports }: Desk,
  table: 'application' | 'applicationRevision' | 'lineStep' | 'attachment' | 'wish',
) {
  return ports.store.all(ports.store.db.selectFrom(table).selectAll().compile())
}
