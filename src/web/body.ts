import type { Context } from 'hono'
import type { ZodError, ZodType } from 'zod'
import { fromUtf8 } from '../base/bytes.ts'
import { Fault, type FieldFault } from '../base/fault.ts'
import { codePoints } from '../base/text.ts'

/**
 * The bytes of a request's body, at most `limit`. A declared length is judged before a byte is
 * read; an undeclared one while reading. hono's own limit does the same at five times the cost.
 * @throws Fault body_too_large, body_invalid when the sender breaks off
 */
async function readBytes(c: Context, limit: number): Promise<Uint8Array> {
  const declared = c.req.header('content-length')
  if (Number(declared) > limit) throw tooLarge(limit)
  try {
    return declared === undefined
      ? await readChunks(c, limit)
      : new Uint8Array(await c.req.arrayBuffer())
  } catch (error) {
    if (error instanceof Fault) throw error
    // Whoever sent it went away: no fault of ours, and nothing that the operator has to read.
    throw new Fault('body_invalid', 'The body ended before its end.')
  }
}

async function readChunks(c: Context, limit: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of c.req.raw.body ?? []) {
    length += chunk.length
    if (length > limit) throw tooLarge(limit)
    chunks.push(chunk)
  }
  return new Uint8Array(await new Blob(chunks as BlobPart[]).arrayBuffer())
}

function tooLarge(limit: number, what = 'body'): Fault {
  return new Fault('body_too_large', `The ${what} may have ${limit} bytes at most.`)
}

/**
 * A JSON body in the shape of `schema`.
 * @throws Fault body_too_large, media_type, body_invalid with one error for each wrong member
 */
export async function readJson<T>(c: Context, schema: ZodType<T>, limit: number): Promise<T> {
  const bytes = await readBytes(c, limit)
  checkType(c, 'application/json')
  return parseJson(bytes, schema)
}

function checkType(c: Context, wanted: string): void {
  const type = c.req.header('content-type')?.split(';')[0]?.trim().toLowerCase()
  if (type !== wanted) throw new Fault('media_type', `Send ${wanted}.`)
}

/** Wrong members that a refusal names; a body may have thousands. */
const MOST_ERRORS = 50

/** The text that a body is; bytes that are no UTF-8 are refused, not replaced. */
function textOf(bytes: Uint8Array): string {
  try {
    return fromUtf8(bytes)
  } catch {
    throw new Fault('body_invalid', 'The body is not in UTF-8.')
  }
}

/**
 * JSON in the shape of `schema`.
 * @throws Fault body_invalid with one error for each wrong member
 */
export function parseJson<T>(bytes: Uint8Array, schema: ZodType<T>): T {
  const read = schema.safeParse(jsonOf(textOf(bytes)))
  if (read.success) return read.data
  const all = read.error.issues.flatMap(fieldFaults)
  const errors = all.slice(0, MOST_ERRORS)
  const named = errors.map(({ field, detail }) => `${field || 'body'}: ${detail}`)
  if (all.length > MOST_ERRORS) named.push(`${all.length - MOST_ERRORS} more`)
  throw new Fault('body_invalid', `${named.join('; ')}. See /docs for the members.`, { errors })
}

type Issue = ZodError['issues'][number]

/** Unknown members one by one: zod names all of them in the one message that it has for each. */
function fieldFaults(issue: Issue): FieldFault[] {
  const { path, code, message } = issue
  if (issue.code !== 'unrecognized_keys') return [{ field: path.join('.'), code, detail: message }]
  return issue.keys.map((key) => ({
    field: [...path, key].join('.'),
    code,
    detail: 'is no member of this call',
  }))
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new Fault('body_invalid', 'The body is not JSON.')
  }
}

/** A line of a body in the shape asked for, or what is wrong with it. */
export type Line<T> = T | { fault: unknown }

/**
 * A body of JSON lines (application/x-ndjson), each for itself in the shape of `schema` and at most
 * `line` bytes long; empty lines at the end count for nothing.
 * @throws Fault body_too_large (bytes or lines), media_type
 */
export async function readLines<T>(
  c: Context,
  schema: ZodType<T>,
  limit: { bytes: number; lines: number; line: number },
): Promise<Line<T>[]> {
  const bytes = await readBytes(c, limit.bytes)
  checkType(c, 'application/x-ndjson')
  const lines = splitLines(bytes, limit.lines)
  if (lines.length > limit.lines) {
    throw new Fault('body_too_large', `The body may have ${limit.lines} lines at most.`)
  }
  return lines.map((line) => {
    try {
      if (line.length > limit.line) throw tooLarge(limit.line, 'line')
      return parseJson(line, schema)
    } catch (fault) {
      return { fault }
    }
  })
}

const LF = 10

/** The lines of a text without the empty ones at its end; past `most` the text is not looked into. */
function splitLines(bytes: Uint8Array, most: number): Uint8Array[] {
  let length = bytes.length
  while (bytes[length - 1] === LF) length -= 1
  const lines: Uint8Array[] = []
  for (let from = 0; from < length && lines.length <= most; ) {
    const end = bytes.indexOf(LF, from)
    const to = end === -1 ? length : Math.min(end, length)
    lines.push(bytes.subarray(from, to))
    from = to + 1
  }
  return lines
}

const FORM_LIMIT = 64 * 1024

/** Code points of a field: a mail with a notice in it, and no work for whoever folds and searches. */
const FIELD_LIMIT = 4000

/**
 * The fields of a form post, the first value of each.
 * @throws Fault body_too_large, media_type
 */
export async function readForm(c: Context): Promise<Record<string, string>> {
  const bytes = await readBytes(c, FORM_LIMIT)
  checkType(c, 'application/x-www-form-urlencoded')
  const fields: Record<string, string> = {}
  for (const [name, value] of new URLSearchParams(new TextDecoder().decode(bytes))) {
    if (codePoints(value) > FIELD_LIMIT) {
      throw new Fault('body_too_large', `A field may have ${FIELD_LIMIT} characters at most.`)
    }
    fields[name] ??= value
  }
  return fields
}
