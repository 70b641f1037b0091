import type { Day, Instant } from '../../base/time.ts'
import type { Certificate } from '../../guarantee/certificate.ts'
import type { CertificateDetails } from './certificate-items.ts'
import type { CertificateState, Replacing } from './certificate-words.ts'
import type { Office } from './office.ts'

/** A sheet of a paper original, with a number of its own. */
export interface OriginalSheet {
  copy: '正' | '副'
  sheet: string
}

/** Paper originals, or the print of an electronic certificate. */
export type CertificateForm =
  | { form: 'original'; sheets: readonly OriginalSheet[] }
  | { form: 'copy'; arrivedAt: Instant; platformOrigin: string; contentId?: string }

/** 変更. */
export interface Amendment {
  /** 第n回. */
  times: number
  before: Certificate
  reason: string
  on: Day
}

/** A certificate to be printed (desk-domain.md §2). */
export interface CertificatePaper {
  certificate: Certificate
  madeAt: Instant
  /** 取扱店. */
  office: Office
  as: CertificateForm
  /** 代表取締役社長; stands before the representative's name. */
  representativeTitle?: string
  details?: CertificateDetails
  /** 変更: the certificate stands beside the one before it. */
  amended?: Amendment
  /** Why it no longer says what holds. */
  state?: CertificateState
  /** 電子 → 紙: the electronic one of this number is closed. */
  switched?: boolean
  replacing?: Replacing
  /** Made in a demo: the paper wears 見本. */
  sample?: boolean
}
