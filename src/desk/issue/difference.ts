import type { CompiledQuery } from 'kysely'
import type { Certificate } from '../../guarantee/certificate.ts'
import type { StatementRow } from '../company/bills.ts'

/** A statement of what something after the issue costs or gives back. */
export interface Difference {
  numberKey: string
  /** An event of the history, by which it came about. */
  event: string
  /** As it is after the event. */
  certificate: Certificate
  row: StatementRow
}

/** Who is told of it: queries for the commit in which it is owed. */
export type TellDifference = (difference: Difference) => Promise<CompiledQuery[]>
