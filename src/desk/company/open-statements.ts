import type { Store } from '../../store/store.ts'
import type { Tables } from '../../store/tables.ts'

/** A statement of a guarantee that is paid or given back by itself, and neither was received nor given back. */
export interface OpenStatement {
  number: string
  type: 'charge' | 'refund'
  yen: number
}

/** The guarantee that a statement is about. */
interface Line {
  application: string
  kind: string
}

type Settlement = Pick<
  Tables['premiumStatement'],
  'paymentMethod' | 'settledAt' | 'voidedAt' | 'givenBackBy'
>

/**
 * Whether a statement is paid or given back by itself, and was not: by the month none is, and what was
 * given back whole belongs to a try that came to nothing, and to no later one.
 */
export function isOpen({ paymentMethod, settledAt, voidedAt, givenBackBy }: Settlement): boolean {
  const isAlone = paymentMethod === 'per_case' && givenBackBy === null
  return isAlone && settledAt === null && voidedAt === null
}

/** What is open of some applications, each with its guarantee. */
export async function openStatements(
  store: Store,
  applications: readonly string[],
): Promise<(OpenStatement & Line)[]> {
  if (applications.length === 0) return []
  const all = store.db
    .selectFrom('premiumStatement')
    .select(['application', 'kind', 'number', 'type', 'yen'])
    .select(['paymentMethod', 'settledAt', 'voidedAt', 'givenBackBy'])
    .where('application', 'in', [...new Set(applications)])
    .orderBy('madeAt')
    .orderBy('number')
  return (await store.all(all.compile())).filter(isOpen)
}

/** Those of the same guarantee beside a statement that is open itself. */
export function openBeside(
  open: readonly (OpenStatement & Line)[],
  own: Line & { number?: string },
): OpenStatement[] {
  return open
    .filter(({ application, kind }) => application === own.application && kind === own.kind)
    .filter(({ number }) => number !== own.number)
    .map(({ number, type, yen }) => ({ number, type, yen }))
}

/** Yen that remain to be paid with all of them; below zero they are given back. */
export function balanceOf(statements: readonly Pick<OpenStatement, 'type' | 'yen'>[]): number {
  return statements.reduce((all, { type, yen }) => all + (type === 'charge' ? yen : -yen), 0)
}
