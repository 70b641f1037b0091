import * as z from 'zod'
import { fromBase64url } from '../base/bytes.ts'
import { Fault, type FieldFault } from '../base/fault.ts'
import { codePoints, isPlainText } from '../base/text.ts'
import { isDay } from '../base/time.ts'
import { MOST_YEN } from '../base/yen.ts'
import { type Claims, leaf, quickReader, refined } from './quick-claims.ts'
import { isJsonObject } from './strict-json.ts'

const MOST_TEXT = 200

/** Text as signed: visible, at most `most` code points, no control character, no lone surrogate. */
export function text(most = MOST_TEXT) {
  const error = `must be text of 1 to ${most} characters without control characters`
  return refined(z.string({ error }), (value) => isText(value, most), error)
}

/** Whether a value is such a {@link text}. No text has more code points than units, which cost nothing. */
export function isText(value: unknown, most = MOST_TEXT): boolean {
  return (
    typeof value === 'string' &&
    value.trim() !== '' &&
    isPlainText(value) &&
    (value.length <= most || codePoints(value) <= most)
  )
}

const yenError = `must be a whole number of yen, 1 to ${MOST_YEN}`

/** A sum of money in whole yen. */
export const yen = leaf(
  z.int({ error: yenError }).min(1, { error: yenError }).max(MOST_YEN, { error: yenError }),
  (value) => isWhole(value) && value >= 1 && value <= MOST_YEN,
)

function isWhole(value: unknown): value is number {
  return Number.isSafeInteger(value)
}

const dayError = 'must be a day that exists, written YYYY-MM-DD'

/** A calendar day of Asia/Tokyo. */
export const day = refined(
  z.string({ error: dayError }),
  (value: unknown) => typeof value === 'string' && isDay(value),
  dayError,
)

const digestError = 'must be a SHA-256 in base64url without padding, 43 characters'

/** A SHA-256 as a claim carries it. */
export const digest = refined(z.string({ error: digestError }), isDigest, digestError)

export function isDigest(value: unknown): boolean {
  return typeof value === 'string' && fromBase64url(value)?.length === 32
}

/** An integer of at least `least`. */
export const count = (least: number) =>
  leaf(
    z.int({ error: 'must be an integer' }).min(least, { error: `must be at least ${least}` }),
    (value) => isWhole(value) && value >= least,
  )

/** One of a closed list of texts. */
export function oneOf<const Values extends readonly string[]>(values: Values, error: string) {
  return leaf(z.enum(values, { error }), (value) => values.includes(value as string))
}

const JTI = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const jtiError = 'must be a lower-case UUID'

/** `jti` as issuers write it. */
export const jti = leaf(
  z.string({ error: jtiError }).regex(JTI, { error: jtiError }),
  (value) => typeof value === 'string' && JTI.test(value),
)

/** Wrong members that a refusal names; an unsigned payload may have thousands. */
const MOST_ERRORS = 50

/**
 * Reads the claims of payloads by a closed schema, into the order of its members; `coherence` holds
 * what the caller found wrong between members. The wrong members are reported together in
 * `errors[]`, the first 50 of them.
 * @throws Fault claim_missing when a required member is absent, else claim_invalid
 */
export function claimsReader<Shape extends z.ZodRawShape>(
  schema: z.ZodObject<Shape, z.core.$strict>,
): (payload: Claims, coherence?: readonly FieldFault[]) => z.output<typeof schema> {
  const quick = quickReader(schema)
  return (payload, coherence = []) =>
    (coherence.length === 0 && quick(payload)) || judged(schema, payload, coherence)
}

/** Whatever the quick reader does not take is zod's to judge, and to tell what is wrong with it. */
function judged<T>(schema: z.ZodType<T>, payload: Claims, coherence: readonly FieldFault[]): T {
  const read = schema.safeParse(payload)
  const errors = [
    ...(read.error?.issues.flatMap((issue) => faultsOf(issue, payload)) ?? []),
    ...coherence,
  ]
  if (read.success && errors.length === 0) return read.data
  const missing = errors.find((error) => error.code === 'claim_missing')
  const first = missing ?? (errors[0] as FieldFault)
  const others = errors.length > 1 ? ` (${errors.length} members are wrong; see errors)` : ''
  throw new Fault(
    missing ? 'claim_missing' : 'claim_invalid',
    `${first.field} ${first.detail}${others}`,
    { errors: errors.slice(0, MOST_ERRORS) },
  )
}

function faultsOf(issue: z.core.$ZodIssue, payload: unknown): FieldFault[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      field: [...issue.path, key].join('.'),
      code: 'claim_invalid',
      detail: 'is no member of version 1; leave it out',
    }))
  }
  const field = issue.path.join('.')
  return isAbsent(payload, issue.path)
    ? [{ field, code: 'claim_missing', detail: 'is missing; add it and sign again' }]
    : [{ field, code: 'claim_invalid', detail: issue.message }]
}

function isAbsent(payload: unknown, path: readonly PropertyKey[]): boolean {
  let value = payload
  for (const name of path) {
    if (isJsonObject(value)) value = Object.hasOwn(value, name) ? value[name as string] : undefined
    else value = Array.isArray(value) ? (value as unknown[])[name as number] : undefined
  }
  return value === undefined
}
