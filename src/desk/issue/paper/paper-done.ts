import type { CompiledQuery } from 'kysely'
import type { Instant } from '../../../base/time.ts'
import type { Certificate } from '../../../guarantee/certificate.ts'
import type { PaperEvent } from './paper-events.ts'

/** What was done to a guarantee on paper; `switched`: its first sheets after an electronic one. */
export interface PaperDone {
  issuer: string
  numberKey: string
  org: string
  application: string
  event: 'issue' | 'switched' | PaperEvent
  certificate: Certificate
  /** Number of the 正 that was made; none where no sheets were. */
  sheet: string | undefined
  /** Numbers of the sheets that are void by it. */
  voided: readonly string[]
  at: Instant
}

/** Who is told: queries for the commit in which it is done. */
export type TellPaper = (done: PaperDone) => Promise<CompiledQuery[]>
