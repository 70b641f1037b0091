import * as z from 'zod'
import { fromBase64url } from '../base/bytes.ts'
import { Fault, type FieldFault } from '../base/fault.ts'
import { codePoints, isPlainText } from '../base/text.ts'
import { isDay } from '../base/time.ts'
import { MOST_YEN } from '../base/yen.ts'
import { isJsonObject } from './strict-json.ts'

/** Text as signed: visible, at most `most` code points, no control character, no lone surrogate. */
export function text(most = 200) {
  const error = `must be text of 1 to ${most} characters without control characters`
  return z
    .string({ error })
    .refine((value) => value.trim() !== '' && isPlainText(value) && isWithin(value, most), {
      error,
    })
}

/** No text has more code points than code units, which need not be counted. */
function isWithin(text: string, most: number): boolean {
  return text.length <= most || codePoints(text) <= most
}

const yenError = `must be a whole number of yen, 1 to ${MOST_YEN}`

/** A sum of money in whole yen. */
export const yen = z
  .int({ error: yenError })
  .min(1, { error: yenError })
  .max(MOST_YEN, { error: yenError })

const dayError = 'must be a day that exists, written YYYY-MM-DD'

/** A calendar day of Asia/Tokyo. */
export const day = z.string({ error: dayError }).refine(isDay, { error: dayError })

const digestError = 'must be a SHA-256 in base64url without padding, 43 characters'

/** A SHA-256 as a claim carries it. */
export const digest = z
  .string({ error: digestError })
  .refine((value) => fromBase64url(value)?.length === 32, { error: digestError })

/** An integer of at least `least`. */
export const count = (least: number) =>
  z.int({ error: 'must be an integer' }).min(least, { error: `must be at least ${least}` })

const jtiError = 'must be a lower-case UUID'

/** `jti` as issuers write it. */
export const jti = z
  .string({ error: jtiError })
  .regex(/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, { error: jtiError })

/** Wrong members that a refusal names; an unsigned payload may have thousands. */
const MOST_ERRORS = 50

/**
 * The claims of a payload, read by a closed schema; `coherence` holds what the caller found wrong
 * between members. The wrong members are reported together in `errors[]`, the first 50 of them.
 * @throws Fault claim_missing when a required member is absent, else claim_invalid
 */
export function readClaims<T>(
  schema: z.ZodType<T>,
  payload: Record<string, unknown>,
  coherence: readonly FieldFault[] = [],
): T {
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
