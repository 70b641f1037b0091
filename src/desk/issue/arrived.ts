import type { CompiledQuery } from 'kysely'
import type { Instant } from '../../base/time.ts'
import type { Certificate } from '../../guarantee/certificate.ts'
import type { EventKind } from '../../guarantee/record.ts'

/** What has come about: a version stands in the log, or a new auth key was taken. */
export interface Arrived {
  issuer: string
  numberKey: string
  contractNumber: string
  /** 0 for a new auth key. */
  seq: number
  event: EventKind | 'rekey'
  reasonCode?: string
  org: string
  application: string
  certificate: Certificate
  /** 電子保証発行日時, or when the new key was taken. */
  arrivedAt: Instant
}

/** Who is told: queries for the commit in which the arrival is written, and for no earlier one. */
export type Tell = (arrived: Arrived) => Promise<CompiledQuery[]>
