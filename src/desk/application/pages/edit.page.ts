import type { Hono } from 'hono'
import type { MemberEnv } from '../../../accounts/require-member.ts'
import { seeOther } from '../../../web/answer.ts'
import type { FieldError } from '../../../web/form.ts'
import { type Content, type Html, html } from '../../../web/html.ts'
import { readFormWithFiles } from '../../../web/multipart.ts'
import type { AppliedKind } from '../content.ts'
import type { Uploaded } from '../draft/attachments.ts'
import { fixedParts, isEditable } from '../draft/editable.ts'
import type { Current } from '../draft/rows.ts'
import { contextOf, ownerNames } from '../form/context.ts'
import { EMPTY_FORM, type Form, formOf } from '../form/fields.ts'
import { type FormPage, formView } from '../form/form.view.ts'
import { branchValue, companyOf, methodsFor, readApplication } from '../form/read-application.ts'
import { newId } from '../new-id.ts'
import type { SentApplication } from '../sent/sent-application.ts'
import { STATUS_WORDS } from '../status-words.ts'
import { behindView } from './behind.view.ts'
import { reasonsView } from './detail.view.ts'
import { type Door, HOME, type Request } from './door.page.ts'
import { lineSummary, worksSummary } from './summary.view.ts'

/** 申込作成: the form, empty or as it was saved, and what is done with it. */
export function editPages(app: Hono<MemberEnv>, door: Door): void {
  app.get(`${HOME}/new`, async (c) => {
    const { branch } = await door.lists.habits(door.memberOf(c).organisation.id)
    const form = formOf({ ...EMPTY_FORM, ...(branch !== undefined && { branch }) })
    const id = newId(door.ports.random)
    return showForm(c, door, { id, form, revision: 0, current: undefined })
  })

  app.get(`${HOME}/:id/edit`, async (c) => {
    const current = await door.ownOf(c)
    if (!isEditable(current.sentAt !== null, current.statuses)) {
      return seeOther(`${HOME}/${current.id}`)
    }
    const { id, form, revision } = current
    const messages = messageOf(c.req.query())
    return showForm(c, door, {
      ...{ id, form, revision, current },
      messages,
      checked: c.req.query('check') !== undefined,
    })
  })

  app.post(`${HOME}/:id/edit`, (c) => save(c, door))
}

function messageOf(queries: Record<string, string>): Content {
  if ('lost' in queries) {
    return html`<p class="notice" role="status">入力した内容を保存しました。添付ファイルは残っていないため、<a href="#others">「その他」</a>でもう一度選んでください。</p>`
  }
  return 'saved' in queries && savedMessage()
}

function savedMessage(): Html {
  return html`<p class="notice notice-done" role="status">下書きを保存しました。続きは「保証申込一覧」から入力できます。</p>`
}

/** Every button saves first: what was typed and chosen is kept, whatever comes next. */
async function save(c: Request, door: Door): Promise<Response> {
  const id = door.idOf(c)
  const member = door.memberOf(c)
  const { fields, files, cutOff } = await readFormWithFiles(c)
  const form = formOf(fields)
  const companies = await door.ports.companies()
  const issuer = (companyOf(form, companies) ?? companies[0])?.issuer ?? ''
  const revision = Number(fields['revision']) || 0
  const saved = await door.drafts.save(member, { id, revision, form, issuer })
  if (saved.state === 'foreign') return door.refuseForeign(c)
  if (saved.state === 'closed') return seeOther(`${HOME}/${id}?closed`)
  const errors = await door.attachments.addAll(member, id, uploadedOf(files))
  if (cutOff) errors.push(CUT_OFF)
  if (saved.state === 'behind') {
    const { current, merged } = saved
    const by = (await door.ports.userName(current.byUser)) ?? '別の担当者'
    const messages = behindView(by, current.at, merged)
    const again = { id, form: merged.form, revision: current.revision, current }
    // What was typed is not saved, and stands on this page alone.
    return showForm(c, door, { ...again, messages, errors, status: 409, answered: false })
  }
  const act = fields['act'] ?? 'draft'
  const removed = /^remove:(.+)$/.exec(act)?.[1]
  if (removed !== undefined) errors.push(...(await door.attachments.remove(member, id, removed)))
  if (errors.length > 0) {
    const current = await door.drafts.current(id)
    const again = { id, form, revision: saved.revision, current }
    const [checked, answered] = [act === 'check', `${HOME}/${id}/edit`]
    return showForm(c, door, { ...again, errors, checked, status: 422, answered })
  }
  // What was signed in again for had papers, which nobody kept.
  if (fields['lostFiles'] !== undefined) return seeOther(`${HOME}/${id}/edit?lost`)
  return seeOther(await afterwards(c, door, act))
}

const CUT_OFF: FieldError = {
  field: 'file.works',
  text: '一度に送れるファイルは合計20MBまでです。残りは分けて添付してください',
}

const PURPOSES = ['works', 'interim', 'other'] as const

function uploadedOf(
  files: readonly { field: string; name: string; bytes: Uint8Array }[],
): Uploaded[] {
  return files.flatMap(({ field, name, bytes }) => {
    const purpose = PURPOSES.find((one) => field === `file.${one}`)
    return purpose ? [{ purpose, name, bytes }] : []
  })
}

/** Where a saved form goes on by the button that was pressed. */
async function afterwards(c: Request, door: Door, act: string): Promise<string> {
  const path = `${HOME}/${door.idOf(c)}`
  if (act === 'check') {
    const { errors } = await readingOf(c, door, await door.ownOf(c))
    return errors.length > 0 ? `${path}/edit?check` : `${path}/confirm`
  }
  const part = /^recalc:(\w+)$/.exec(act)?.[1]
  if (part !== undefined) return `${path}/edit#line-${part}`
  return act === 'draft' ? `${path}/edit?saved` : `${path}/edit#others`
}

/** An application read against everything as it is now. */
export async function readingOf(
  c: Request,
  door: Door,
  { id, form, sentAt, issuer }: Pick<Current, 'id' | 'form'> & Partial<Current>,
) {
  const returnedBy = sentAt ? issuer : undefined
  const { organisation } = door.memberOf(c)
  const { billTos } = await door.lists.habits(organisation.id)
  const papers = await door.attachments.list(id)
  const purposes = papers.map(({ purpose }) => purpose)
  const context = await contextOf(door.ports, organisation, billTos, purposes, returnedBy)
  return { ...readApplication(form, context), context, papers }
}

interface Shown {
  id: string
  form: Form
  revision: number
  current: Current | undefined
  messages?: Content
  /** Errors besides those of the fields. */
  errors?: readonly FieldError[]
  /** Whether everything that is wrong is to be said. */
  checked?: boolean
  status?: number
  answered?: string | false
}

async function showForm(c: Request, door: Door, shown: Shown): Promise<Response> {
  const { current } = shown
  const { organisation } = door.memberOf(c)
  const sent = current?.sentAt
    ? await door.sentApplications.byId(current.id, { org: organisation.id })
    : undefined
  const { id, form } = shown
  const reading = await readingOf(c, door, { ...current, id, form })
  const errors = [...(shown.checked ? reading.errors : []), ...(shown.errors ?? [])]
  const title = sent ? '申込の修正(差戻し)' : '申込の作成(新規)'
  const page: FormPage = {
    path: `${HOME}/${id}`,
    revision: shown.revision,
    title,
    contractor: organisation.name,
    reasons: sent && reasonsView(sent.lines),
    sheet: { form, errors, cautions: reading.cautions },
    messages: shown.messages,
    ownerNames: ownerNames(reading.context),
    owner: reading.owner,
    lines: linesOf(form, sent, reading.context),
    information: informationOf(sent, reading.context),
    papers: { path: `${HOME}/${id}`, ...papersPart(current, reading.papers) },
    fixed: sent && current ? fixedOf(sent, current) : {},
  }
  const { status, answered } = shown
  const more = {
    error: errors.length > 0,
    ...(status !== undefined && { status }),
    ...(answered !== undefined && { answered }),
  }
  return door.show(c, `保証申込 ${title}`, formView(page), more)
}

/** The papers, with a mark for those that came after the last sending. */
export function papersPart(current: Current | undefined, papers: Papers) {
  const before = current?.sentRevision ?? null
  const attachments = papers.map(({ addedIn, ...paper }) => ({
    ...paper,
    isNew: before !== null && addedIn > before,
  }))
  return { attachments, sentBefore: before !== null }
}

type Papers = Awaited<ReturnType<typeof readingOf>>['papers']
type Known = Awaited<ReturnType<typeof readingOf>>['context']

function linesOf(form: Form, sent: SentApplication | undefined, context: Known): FormPage['lines'] {
  const line = (kind: AppliedKind) => {
    const known = sent?.lines.find((one) => one.kind === kind)
    return {
      status: STATUS_WORDS[known?.status ?? 'draft'],
      contractNumber: known?.contractNumber ?? null,
      paymentMethods: methodsFor(form, context.companies),
      billTos: context.billTos,
    }
  }
  return {
    advance_payment: line('advance_payment'),
    interim_advance_payment: line('interim_advance_payment'),
    contract: line('contract'),
  }
}

/** With one company its branches alone, with several each behind its company's name. */
function informationOf(sent: SentApplication | undefined, { companies }: Known) {
  const branches = companies.flatMap(({ issuer, name, branches }) =>
    branches.map((branch) => ({
      value: branchValue(issuer, branch.id),
      text: companies.length === 1 ? branch.name : `${name} ${branch.name}`,
    })),
  )
  const notices = (sent?.lines ?? []).flatMap(({ steps }) =>
    steps.flatMap(({ status, note }) => (status === 'returned' && note !== null ? [note] : [])),
  )
  const message = sent && { message: sent.content.information.message }
  return { branches, notices: [...new Set(notices)], ...message }
}

/** The parts that are shown as they were sent. */
function fixedOf(sent: SentApplication, { statuses }: Current): FormPage['fixed'] {
  const { works, lines } = sent.content
  const parts = [...fixedParts(statuses)].map((part) => {
    if (part === 'works') return [part, worksSummary(works)] as const
    const line = lines.find(({ kind }) => kind === part)
    const status = html`<p class="support">手続状況：${STATUS_WORDS[statuses[part] ?? 'draft']}（この保証の内容は変更できません）</p>`
    return [part, html`${status}${line && lineSummary(line, works.contractPrice)}`] as const
  })
  return Object.fromEntries(parts)
}
