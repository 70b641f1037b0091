import type { Store } from '../../store/store.ts'

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

/** What is open of some applications, each with its guarantee; by the month nothing is. */
export async function openStatements(
  store: Store,
  applications: readonly string[],
): Promise<(OpenStatement & Line)[]> {
  if (applications.length === 0) return []
  const open = store.db
    .selectFrom('premiumStatement')
    .select(['application', 'kind', 'number', 'type', 'yen'])
    .where('application', 'in', [...new Set(applications)])
    .where('paymentMethod', '=', 'per_case')
    .where('settledAt', 'is', null)
    .where('voidedAt', 'is', null)
    // What was given back whole belongs to a try that came to nothing, and to no later one.
    .where('givenBackBy', 'is', null)
    .orderBy('madeAt')
    .orderBy('number')
  return store.all(open.compile())
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
