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
import { paperType } from './paper-type.ts'

/** A file as it came with the form. */
export interface Uploaded {
  purpose: AttachmentSeen['purpose']
  name: string
  bytes: Uint8Array
}

const MOST_BYTES = 10 * 1024 * 1024
const MOST_PAPERS = 10

interface PaperPorts {
  store: Store
  clock: Pick<Clock, 'now'>
  random: Random
}

/** Papers of an application. */
export function createAttachments(ports: PaperPorts) {
  const { store } = ports
  const { db } = store
  const { listed, whole } = paperQueries(store)

  async function add(
    member: Member,
    application: string,
    file: Uploaded,
  ): Promise<string | undefined> {
    const { purpose, bytes } = file
    const name = file.name.replace(/^.*[/\\]/, '')
    const type = await paperType(name, bytes)
    const fault = nameFault(name) ?? sizeFault(name, bytes) ?? type.fault
    if (fault !== undefined) return fault
    const digest = sha256(bytes)
    const there = await store.all(listed(application))
    const isSame = (one: (typeof there)[number]) =>
      one.purpose === purpose && one.name === name && equalBytes(new Uint8Array(one.sha256), digest)
    if (there.some(isSame)) return undefined
    if (there.length >= MOST_PAPERS) {
      return `「${name}」は添付できません。添付は${MOST_PAPERS}件までです`
    }
    const { mediaType = '' } = type
    const row = { id: newId(ports.random), application, purpose, name, mediaType, bytes }
    const added = { addedBy: member.user, addedAt: instant(ports.clock.now()) }
    const values = { ...row, ...added, size: bytes.length, sha256: digest }
    await store.commit([db.insertInto('attachment').values(values).compile()])
    return undefined
  }

  return {
    async list(application: string): Promise<AttachmentSeen[]> {
      const rows = await store.all(listed(application))
      return rows.map(({ sha256: _, ...row }) => row)
    },

    /** Undefined when the application has no such paper. */
    async open(application: string, id: string) {
      const [row] = await store.all(whole(application, id))
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

    async remove(application: string, id: string): Promise<void> {
      await store.commit([removeQuery(db, application, id)])
    },
  }
}

function removeQuery(db: Store['db'], application: string, id: string) {
  return db
    .deleteFrom('attachment')
    .where('application', '=', application)
    .where('id', '=', id)
    .compile()
}

function paperQueries({ db }: Store) {
  const listed = kept(db, (db, application: string) =>
    db
      .selectFrom('attachment')
      .select(['id', 'purpose', 'name', 'mediaType', 'size', 'addedAt', 'sha256'])
      .where('application', '=', application)
      .orderBy('addedAt')
      .orderBy('id'),
  )
  const whole = kept(db, (db, application: string, id: string) =>
    db
      .selectFrom('attachment')
      .select(['name', 'mediaType', 'bytes'])
      .where('application', '=', application)
      .where('id', '=', id),
  )
  return { listed, whole }
}

function nameFault(name: string): string | undefined {
  if (!isPlainText(name)) return 'ファイル名に使えない文字（制御文字）が含まれています'
  return codePoints(name) > 200 ? 'ファイル名は200文字以内にしてください' : undefined
}

function sizeFault(name: string, { length }: Uint8Array): string | undefined {
  if (length === 0) return `「${name}」は空のファイルです`
  return length > MOST_BYTES ? `「${name}」は10MBを超えています` : undefined
}
