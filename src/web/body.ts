import type { Context } from 'hono'
import type { ZodType } from 'zod'
import { fromUtf8 } from '../base/bytes.ts'
import { Fault } from '../base/fault.ts'

/**
 * The bytes of a request's body, at most `limit`. A declared length is judged before a byte is
 * read; an undeclared one while reading. hono's own limit does the same at five times the cost.
 * @throws Fault body_too_large
 */
async function readBytes(c: Context, limit: number): Promise<Uint8Array> {
  const declared = c.req.header('content-length')
  if (declared !== undefined) {
    if (Number(declared) > limit) throw tooLarge(limit)
    return new Uint8Array(await c.req.arrayBuffer())
  }
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of c.req.raw.body ?? []) {
    length += chunk.length
    if (length > limit) throw tooLarge(limit)
    chunks.push(chunk)
  }
  return new Uint8Array(await new Blob(chunks as BlobPart[]).arrayBuffer())
}

function tooLarge(limit: number): Fault {
  return new Fault('body_too_large', `The body may have ${limit} bytes at most.`)
}

/**
 * A JSON body in the shape of `schema`.
 * @throws Fault body_too_large, media_type, body_invalid with one error for each wrong member
 */
export async function readJson<T>(c: Context, schema: ZodType<T>, limit: number): Promise<T> {
  const bytes = await readBytes(c, limit)
  const type = c.req.header('content-type')?.split(';')[0]?.trim().toLowerCase()
  if (type !== 'application/json') {
    throw new Fault('media_type', 'Send application/json.')
  }
  const read = schema.safeParse(parseJson(bytes))
  if (read.success) return read.data
  const errors = read.error.issues.flatMap((issue) => {
    const { path, code, message } = issue
    const fields =
      issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...path, key]) : [path]
    return fields.map((field) => ({ field: field.join('.'), code, detail: message }))
  })
  const named = errors.map(({ field, detail }) => `${field || 'body'}: ${detail}`).join('; ')
  throw new Fault('body_invalid', `${named}. See /docs for the members.`, { errors })
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(fromUtf8(bytes))
  } catch {
    throw new Fault('body_invalid', 'The body is not JSON in UTF-8.')
  }
}

const FORM_LIMIT = 64 * 1024

/**
 * The fields of a form post, the first value of each.
 * @throws Fault body_too_large, media_type
 */
export async function readForm(c: Context): Promise<Record<string, string>> {
  const bytes = await readBytes(c, FORM_LIMIT)
  const type = c.req.header('content-type')?.split(';')[0]?.trim().toLowerCase()
  if (type !== 'application/x-www-form-urlencoded') {
    throw new Fault('media_type', 'Send application/x-www-form-urlencoded.')
  }
  const fields: Record<string, string> = {}
  for (const [name, value] of new URLSearchParams(new TextDecoder().decode(bytes))) {
    fields[name] ??= value
  }
  return fields
}
