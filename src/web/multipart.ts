import type { Context } from 'hono'
import { Fault } from '../base/fault.ts'
import { codePoints } from '../base/text.ts'
import { readForm } from './body.ts'

/** A file of a form, by the name of its input. */
export interface FormFile {
  field: string
  name: string
  bytes: Uint8Array
}

/** What came with a form that may carry files. */
export interface FormWithFiles {
  /** The first value of each field. */
  fields: Record<string, string>
  files: FormFile[]
  /** Whether there was more than could be taken: files behind it are missing, no field is. */
  cutOff: boolean
}

/** Bytes of a body that are kept: two papers of the largest size, and everything that is typed. */
const KEPT = 21 * 1024 * 1024
/** Bytes that are read to their end, so that whoever sent too much is told on a page. */
const DRAINED = 300 * 1024 * 1024
const FIELD_LIMIT = 4000

/**
 * The fields and files of a form post. What goes past the limit is read and dropped, and the form
 * is not lost with it: its fields have to stand before its file inputs. A form without files may
 * come url-encoded as well.
 * @throws Fault body_too_large, media_type, body_invalid
 */
export async function readFormWithFiles(c: Context): Promise<FormWithFiles> {
  const type = c.req.header('content-type') ?? ''
  if (!/^multipart\/form-data\s*;/i.test(type)) {
    return { fields: await readForm(c), files: [], cutOff: false }
  }
  const { bytes, cutOff } = await readUpTo(c, KEPT)
  const form = await parse(cutOff ? [bytes, closing(type)] : [bytes], type)
  return { ...(await sorted(form)), cutOff }
}

async function readUpTo(c: Context, limit: number) {
  if (Number(c.req.header('content-length')) > DRAINED) throw tooLarge()
  const chunks: Uint8Array[] = []
  let length = 0
  try {
    for await (const chunk of c.req.raw.body ?? []) {
      if (length < limit) chunks.push(chunk.subarray(0, limit - length))
      length += chunk.length
      if (length > DRAINED) throw tooLarge()
    }
  } catch (error) {
    if (error instanceof Fault) throw error
    throw new Fault('body_invalid', 'The body ended before its end.')
  }
  return { bytes: new Blob(chunks as BlobPart[]), cutOff: length > limit }
}

/** What ends a body that was cut off, so that its parts can be read. */
function closing(type: string): string {
  const [, quoted, bare] = /boundary=(?:"([^"]*)"|([^;\s]*))/i.exec(type) ?? []
  return `\r\n--${quoted ?? bare ?? ''}--\r\n`
}

async function parse(parts: BlobPart[], type: string): Promise<FormData> {
  try {
    return await new Response(new Blob(parts), { headers: { 'content-type': type } }).formData()
  } catch (error) {
    throw new Fault('body_invalid', 'The body is no form.', { cause: error })
  }
}

async function sorted(form: FormData): Promise<Omit<FormWithFiles, 'cutOff'>> {
  const fields: Record<string, string> = {}
  const files: FormFile[] = []
  for (const [field, value] of form) {
    if (typeof value !== 'string') {
      const bytes = new Uint8Array(await value.arrayBuffer())
      // An input in which nothing was chosen sends a file without a name.
      if (value.name !== '' || bytes.length > 0) files.push({ field, name: value.name, bytes })
      continue
    }
    if (codePoints(value) > FIELD_LIMIT) throw tooLarge()
    fields[field] ??= value
  }
  return { fields, files }
}

function tooLarge(): Fault {
  return new Fault('body_too_large', 'The form is larger than any page here sends.')
}
