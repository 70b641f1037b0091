/** Every reason for which the product says no; `web/answer.ts` maps each to HTTP once. */
export const FAULT_CODES = [
  'body_too_large',
  'media_type',
  'body_invalid',
  'jws_too_large',
  'jws_malformed',
  'jws_noncanonical',
  'payload_invalid_json',
  'header_duplicate_member',
  'payload_duplicate_member',
  'payload_unsafe_number',
  'header_member_missing',
  'header_member_not_allowed',
  'typ_invalid',
  'alg_not_allowed',
  'claim_missing',
  'claim_invalid',
  'kid_unknown',
  'signature_invalid',
  'issuer_mismatch',
  'audience_mismatch',
  'iat_in_future',
  'iat_too_old',
  'key_not_yet_valid',
  'key_retired',
  'key_revoked',
  'owner_unknown',
  'kind_not_accepted',
  'owner_not_started',
  'amount_invalid',
  'auth_key_missing',
  'auth_key_not_expected',
  'auth_key_format',
  'seq_conflict',
  'prev_mismatch',
  'jti_reused',
  'state_conflict',
  'log_busy',
  'log_rollback_detected',
  'clock_behind',
  'clock_jump',
  'disk_full',
  'store_unavailable',
  'not_found',
  'method_not_allowed',
  'not_found_or_key_mismatch',
  'share_expired_or_revoked',
  'token_invalid',
  'token_scope',
  'role_not_allowed',
  'rate_limited',
  'internal',
] as const

export type FaultCode = (typeof FAULT_CODES)[number]

/** One thing wrong with one member of the input; `field` is its path, `certificate.owner.name`. */
export interface FieldFault {
  field: string
  code: string
  detail: string
}

export interface FaultMore {
  /** All wrong members at once. */
  errors?: FieldFault[]
  /** The methods that the address takes. */
  allow?: string
  /** Whole seconds after which another try makes sense. */
  retryAfter?: number
  /** Whether it was held back, for failures before it. */
  slowed?: boolean
  cause?: unknown
}

/** A refusal that may be shown: `detail` says in English what is wrong and carries the cure. */
export class Fault extends Error {
  readonly code: FaultCode
  readonly errors: FieldFault[] | undefined
  readonly allow: string | undefined
  readonly retryAfter: number | undefined
  readonly slowed: boolean

  constructor(code: FaultCode, detail: string, more: FaultMore = {}) {
    super(detail, more.cause === undefined ? undefined : { cause: more.cause })
    this.name = 'Fault'
    this.code = code
    this.errors = more.errors
    this.allow = more.allow
    this.retryAfter = more.retryAfter
    this.slowed = more.slowed ?? false
  }
}
