import { APPLIED_KINDS, type AppliedKind, type LineStatus } from '../content.ts'
import { type Form, formOf, lineFields, PREFIX, WORKS_FIELDS } from '../form/fields.ts'

/** How far the lines of an application have come; none before it was sent. */
export type Statuses = Partial<Record<AppliedKind, LineStatus>>

/** Parts of an application that are not open to changes (any more). */
export type Fixed = ReadonlySet<AppliedKind | 'works'>

const CLOSED: readonly LineStatus[] = ['withdrawn', 'declined']

const BEFORE_ISSUE: readonly LineStatus[] = [
  'submitted',
  'received',
  'returned',
  'reviewing',
  'accepted',
]

/** Whether a contractor may still take back what was applied for. */
export function mayWithdraw(status: LineStatus): boolean {
  return BEFORE_ISSUE.includes(status)
}

/** Whether anything may be changed: a draft, or an application of which something was returned. */
export function isEditable(sent: boolean, statuses: Statuses): boolean {
  return !sent || Object.values(statuses).includes('returned')
}

/**
 * What stays as it was sent: every line that was not returned, and the works while such a line is
 * open, for it is judged with them.
 */
export function fixedParts(statuses: Statuses): Fixed {
  const others = APPLIED_KINDS.filter(
    (kind) => statuses[kind] !== undefined && statuses[kind] !== 'returned',
  )
  const open = others.some((kind) => !CLOSED.includes(statuses[kind] as LineStatus))
  return new Set<AppliedKind | 'works'>([...others, ...(open ? (['works'] as const) : [])])
}

/** A form in which the fixed parts stand as they were sent, whatever came with it. */
export function withFixed(form: Form, sent: Form, fixed: Fixed, statuses: Statuses): Form {
  const kept = [...fixed].flatMap((part) => (part === 'works' ? WORKS_FIELDS : lineFields(part)))
  const closed = [...fixed].flatMap((part) =>
    part !== 'works' && CLOSED.includes(statuses[part] as LineStatus)
      ? [[`${PREFIX[part]}.apply`, ''] as const]
      : [],
  )
  // What was told with the first sending stays; what is said later is an answer.
  if (Object.keys(statuses).length > 0) kept.push('message')
  return formOf({
    ...form,
    ...Object.fromEntries(kept.map((name) => [name, sent[name] ?? ''])),
    ...Object.fromEntries(closed),
  })
}
