import type { Finding } from '../../guarantee/sufficiency.ts'
import type { Receipt } from '../../log/bundle.ts'

export interface Submission {
  /** Compact JWS, `typ` guarantee-record+jwt. */
  record: string
  /** 12 of [0-9A-Za-z], with seq 1 only. */
  authKey?: string | undefined
}

export interface Submitted {
  /** False when the same content had arrived before. */
  fresh: boolean
  receipt: Receipt
  warnings: Finding[]
  /** The stored record, when the same content came again under another signature. */
  record?: string
}
