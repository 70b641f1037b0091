import type * as z from 'zod'
import { Fault, type FieldFault } from '../../base/fault.ts'

/**
 * A value by a closed schema, then by the rules between its members.
 * @param what names the whole in the refusal: `The rate table`
 * @throws Fault body_invalid with one error for each wrong member, its path with dots
 */
export function readClosed<T>(
  what: string,
  schema: z.ZodType<T>,
  value: unknown,
  between: (read: T) => readonly FieldFault[],
): T {
  const read = schema.safeParse(value)
  const errors = read.success ? between(read.data) : read.error.issues.flatMap(faultsOf)
  if (read.success && errors.length === 0) return read.data
  const detail = `${what} is not valid; each wrong member is named. Nothing was changed.`
  throw new Fault('body_invalid', detail, { errors: [...errors] })
}

function faultsOf(issue: z.core.$ZodIssue): FieldFault[] {
  const field = issue.path.join('.')
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) =>
      wrong([...issue.path, key].join('.'), 'is not known here; leave it out'),
    )
  }
  return [wrong(field, issue.message)]
}

/** One wrong member. */
export function wrong(field: string, detail: string): FieldFault {
  return { field, code: 'invalid', detail }
}
