import type { CompiledQuery } from 'kysely'
import type { Member } from '../../../accounts/member.ts'
import { equalBytes, sha256 } from '../../../base/bytes.ts'
import { codePoints, isPlainText } from '../../../base/text.ts'
import { instant } from '../../../base/time.ts'
import type { Clock, Random } from '../../../ports.ts'
import { kept } from '../../../store/kept.ts'
import type { Store } from '../../../store/store.ts'
import type { FieldError } from '../../../web/form.ts'
import { newId } from '../new-id.ts'
import type { AttachmentSeen } from '../sent/sent-application.ts'
import { isEditable } from './editable.ts'
import { paperType } from './paper-type.ts'
import { commitOrNot, revisionQuery } from './revision.ts'
import { type Current, createRows } from './rows.ts'

/** A file as it came with the form. */
export interface Uploaded {
  purpose: AttachmentSeen['purpose']
  name: string
  bytes: Uint8Array
}

const MOST_BYTES = 10 * 1024 * 1024
const MOST_PAPERS = 10
/** Bytes of papers in all drafts of a firm; what was sent is business, and not counted. */
const MOST_UNSENT = 300 * 1024 * 1024
const TRIES = 20

interface PaperPorts {
  store: Store
  clock: Pick<Clock, 'now'>
  random: Random
}

/** A paper of what is being written, with the digest by which the same one counts once. */
type Row = AttachmentSeen & { sha256: Uint8Array; addedIn: number }

/** The papers as they stand and what is to be changed about them, or why nothing is. */
interface Standing {
  current: Current
  papers: Row[]
}
type Change = { queries?: CompiledQuery[]; fault?: string }

/**
 * Papers of an application. Each change takes a revision: who confirmed what it was before is told,
 * two changes never pass each other, and the company goes on seeing what it was sent.
 */
export function createAttachments(ports: PaperPorts) {
  const { store, clock } = ports
  const { db } = store
  const queries = paperQueries(store)

  const write = createWrite(ports, queries.listed)

  async function add(member: Member, application: string, file: Uploaded) {
    const read = await readPaper(file)
    if ('fault' in read) return read.fault
    return write(member, application, async ({ current, papers }) => {
      if (papers.some((one) => isSame(one, read))) return {}
      const { name, bytes } = read
      if (papers.length >= MOST_PAPERS) {
        return { fault: `「${name}」は添付できません。添付は${MOST_PAPERS}件までです` }
      }
      const [unsent] = await store.all(queries.unsent(current.org))
      if (Number(unsent?.bytes ?? 0) + bytes.length > MOST_UNSENT) return { fault: fullText(name) }
      const added = { addedBy: member.user, addedAt: instant(clock.now()) }
      const place = { addedIn: current.revision + 1, removedIn: null }
      const row = { id: newId(ports.random), application, ...read, size: bytes.length }
      const insert = db.insertInto('attachment').values({ ...row, ...added, ...place })
      return { queries: [insert.compile()] }
    })
  }

  return {
    /** Those of what is being written. */
    async list(application: string): Promise<Omit<Row, 'sha256'>[]> {
      const papers = await store.all(queries.listed(application))
      return papers.map(({ sha256: _, ...row }) => row)
    },

    /** Undefined when the application has no such paper. */
    async open(application: string, id: string) {
      const [row] = await store.all(queries.whole(application, id))
      return row
    },

    /** Adds what can be taken; the rest is named with what is wrong. The same file again counts once. */
    async addAll(
      member: Member,
      application: string,
      files: readonly Uploaded[],
    ): Promise<FieldError[]> {
      const errors: FieldError[] = []
      for (const file of files) {
        const text = await add(member, application, file)
        if (text !== undefined) errors.push({ field: `file.${file.purpose}`, text })
      }
      return errors
    },

    /**
     * A paper that was sent is only marked: the company has seen it, and goes on seeing it.
     * @returns what is wrong, where the application was sent meanwhile
     */
    async remove(member: Member, application: string, id: string): Promise<FieldError[]> {
      const text = await write(member, application, async ({ current, papers }) => {
        const paper = papers.find((one) => one.id === id)
        if (!paper) return {}
        const isSent = paper.addedIn <= (current.sentRevision ?? 0)
        const mark = { removedIn: current.revision + 1 }
        const query = isSent
          ? db.updateTable('attachment').set(mark).where('id', '=', id).compile()
          : db.deleteFrom('attachment').where('id', '=', id).compile()
        return { queries: [query] }
      })
      return text === undefined ? [] : [{ field: 'file.works', text }]
    },
  }
}

/** Takes a revision for a change of papers, as long as the application is open. */
function createWrite(
  { store, clock }: PaperPorts,
  listed: ReturnType<typeof paperQueries>['listed'],
) {
  const rows = createRows(store)

  /** @returns what is wrong; nothing where it is done, or there was nothing to do */
  return async function write(
    { user }: Member,
    application: string,
    change: (standing: Standing) => Promise<Change>,
  ): Promise<string | undefined> {
    for (let turn = 1; turn <= TRIES; turn++) {
      const current = await rows.current(application)
      if (!current || !isEditable(current.sentAt !== null, current.statuses)) return SENT
      const wanted = await change({ current, papers: await store.all(listed(application)) })
      if (!wanted.queries) return wanted.fault
      const { form, revision } = current
      const next = { application, revision: revision + 1, form, byUser: user }
      const taken = revisionQuery(store.db, { ...next, at: instant(clock.now()) })
      if (await commitOrNot(store, [taken, ...wanted.queries])) return undefined
    }
    throw new Error(`${TRIES} tries at the papers of an application were overtaken`)
  }
}

const SENT = 'この申込みは送信済みのため、書類を変更できません'

function fullText(name: string): string {
  const most = MOST_UNSENT / 1024 / 1024
  return `「${name}」は添付できません。送信していない申込みの添付書類が、会社全体で${most}MBを超えます。不要な下書きを削除してください`
}

type Paper = Uploaded & { mediaType: string; sha256: Uint8Array }

/** A file as a paper, or what is wrong with it. */
async function readPaper({
  purpose,
  bytes,
  ...file
}: Uploaded): Promise<Paper | { fault: string }> {
  const name = file.name.replace(/^.*[/\\]/, '')
  const { mediaType = '', fault: lie } = await paperType(name, bytes)
  const fault = nameFault(name) ?? sizeFault(name, bytes) ?? lie
  return fault === undefined
    ? { purpose, name, bytes, mediaType, sha256: sha256(bytes) }
    : { fault }
}

function isSame(one: Row, { purpose, name, sha256 }: Paper): boolean {
  return (
    one.purpose === purpose && one.name === name && equalBytes(new Uint8Array(one.sha256), sha256)
  )
}

function paperQueries({ db }: Store) {
  const listed = kept(db, (db, application: string) =>
    db
      .selectFrom('attachment')
      .select(['id', 'purpose', 'name', 'mediaType', 'size', 'addedAt', 'sha256', 'addedIn'])
      .where('application', '=', application)
      .where('removedIn', 'is', null)
      .orderBy('addedAt')
      .orderBy('addedIn')
      .orderBy('id'),
  )
  const whole = kept(db, (db, application: string, id: string) =>
    db
      .selectFrom('attachment')
      .select(['name', 'mediaType', 'bytes'])
      .where('application', '=', application)
      .where('id', '=', id),
  )
  const unsent = kept(db, (db, org: string) =>
    db
      .selectFrom('application')
      .innerJoin('attachment', 'attachment.application', 'application.id')
      .select((eb) => eb.fn.sum<number | string | null>('attachment.size').as('bytes'))
      .where('application.org', '=', org)
      .where('application.sentAt', 'is', null),
  )
  return { listed, whole, unsent }
}

function nameFault(name: string): string | undefined {
  if (!isPlainText(name)) return 'ファイル名に使えない文字（制御文字）が含まれています'
  return codePoints(name) > 200 ? 'ファイル名は200文字以内にしてください' : undefined
}

function sizeFault(name: string, { length }: Uint8Array): string | undefined {
  if (length === 0) return `「${name}」は空のファイルです`
  return length > MOST_BYTES ? `「${name}」は10MBを超えています` : undefined
}
