import { fromBase64, fromBase64url } from '../base/bytes.ts'
import { Fault } from '../base/fault.ts'
import { type Instant, isInstant, milliseconds } from '../base/time.ts'
import { type CompactJws, openCompact } from '../guarantee/compact-jws.ts'
import { thumbprint } from '../guarantee/issuer-key.ts'
import type { TrustDocument, TrustedReceiptKey } from '../log/bundle.ts'
import { integer, list, members, oneOf, text } from '../log/shape.ts'
import { HASH_LENGTH } from '../log/tree.ts'
import { finding, type ReportFinding, type Tools } from './report.ts'

/** What a verification receipt (検証票) says that a look-up found. */
export interface VerificationReceiptClaims {
  /** The platform. */
  iss: string
  /** Seconds since 1970-01-01T00:00:00Z. */
  iat: number
  /** `KX-` and ten symbols of Crockford's base32. */
  jti: string
  /** Contract number. */
  sub: string
  issuer: string
  verdict: 'verified' | 'attention' | 'failed' | 'indeterminate'
  checks: { id: string; result: 'pass' | 'fail' | 'unknown'; code: string }[]
  status: { state: string; asOf: Instant; seq: number; amendments: number }
  checker?: { department?: string; name?: string; basis: 'self_declared' | 'signed_in' }
  /** The newest version, absent when it could not be read. */
  headSeq?: number
  /** SHA-256 of its JWS, base64url. */
  headSha256?: string
  /** The head of the log, absent when it could not be trusted; `root` in base64. */
  checkpoint?: { origin: string; size: number; root: string }
}

const TYP = 'verification-receipt+jwt'

/**
 * A verification receipt against the pinned receipt keys.
 *
 * @returns claims only when the signature is that of a pinned key of this platform
 */
export async function openVerificationReceipt(
  jws: string,
  trust: TrustDocument,
  tools: Tools,
): Promise<{ claims: VerificationReceiptClaims | undefined; findings: ReportFinding[] }> {
  const refused = (one: ReportFinding) => ({ claims: undefined, findings: [one] })
  const opened = readable(jws)
  if (opened instanceof Fault || !isClaims(opened.payload)) {
    const why = opened instanceof Fault ? opened.message : 'its claims are not those of version 1'
    return refused(finding('BUNDLE_FORMAT', `the verification receipt is not well formed: ${why}`))
  }
  const { kid, alg } = opened.header
  const key = trust.receiptKeys.find((pinned) => pinned.kid === kid)
  if (key === undefined || thumbprint(key.jwk) !== kid) {
    return refused(finding('RECEIPT_UNTRUSTED', `the trust document has no receipt key ${kid}`))
  }
  const { jwk } = key
  if (alg !== 'Ed25519' || !(await tools.verifyJws(jws, { kid, alg, jwk }))) {
    return refused(finding('SIG_INVALID', `${kid} did not sign the verification receipt`))
  }
  const claims = opened.payload as unknown as VerificationReceiptClaims
  if (claims.iss !== trust.platform || !counted(key, claims.iat)) {
    const detail = `key ${kid} does not stand for ${claims.iss} at the time of the receipt`
    return refused(finding('RECEIPT_UNTRUSTED', detail))
  }
  const detail = `verification receipt ${claims.jti} says ${claims.verdict}`
  return { claims, findings: [finding('OK', `${detail} as of ${claims.status.asOf}`)] }
}

function readable(jws: string): CompactJws | Fault {
  try {
    return openCompact(jws, TYP)
  } catch (error) {
    if (error instanceof Fault) return error
    throw error
  }
}

/** `iat` has whole seconds only: a key counts from the second in which it began. */
function counted(key: TrustedReceiptKey, iat: number): boolean {
  const began = (iat + 1) * 1000 > milliseconds(key.notBefore)
  return began && (key.retiredAt === undefined || iat * 1000 < milliseconds(key.retiredAt))
}

const some = text((value) => value !== '')
const moment = text(isInstant)

const isClaims = members(
  {
    iss: some,
    iat: integer(0),
    jti: text((value) => /^KX-[0-9A-HJKMNP-TV-Z]{10}$/.test(value)),
    sub: some,
    issuer: some,
    verdict: oneOf('verified', 'attention', 'failed', 'indeterminate'),
    checks: list(members({ id: some, result: oneOf('pass', 'fail', 'unknown'), code: some })),
    status: members({ state: some, asOf: moment, seq: integer(0), amendments: integer(0) }),
  },
  {
    checker: members(
      { basis: oneOf('self_declared', 'signed_in') },
      { department: some, name: some },
    ),
    headSeq: integer(1),
    headSha256: text((value) => fromBase64url(value)?.length === HASH_LENGTH),
    checkpoint: members({
      origin: some,
      size: integer(0),
      root: text((value) => fromBase64(value)?.length === HASH_LENGTH),
    }),
  },
)
