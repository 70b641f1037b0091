import { JOSEError } from 'jose/errors'
import { CompactSign } from 'jose/jws/compact/sign'
import { compactVerify } from 'jose/jws/compact/verify'
import { importJWK } from 'jose/key/import'
import * as z from 'zod'
import { base64url, fromBase64url, fromUtf8, sha256, utf8 } from '../base/bytes.ts'
import { Fault, type FieldFault } from '../base/fault.ts'
import { certificateSchema } from './certificate.ts'
import { claimsReader, count, digest, isDigest, jti, oneOf, text } from './claims.ts'
import { openCompact } from './compact-jws.ts'
import { type Algorithm, type PublicJwk, type PublicKey, thumbprint } from './issuer-key.ts'
import { fitsPattern } from './number-pattern.ts'
import { leaf } from './quick-claims.ts'
import { isJsonObject } from './strict-json.ts'

const RECORD_TYP = 'guarantee-record+jwt'

/** Seconds by which an issuer's clock may run ahead of ours. */
const CLOCK_LEEWAY = 300

/** 新規, 変更, 訂正, 変更取消, 解約, 返還. */
export const EVENTS = [
  'issue',
  'amend',
  'correct',
  'cancel_amendment',
  'cancel',
  'release',
] as const

const REASON_CODES = ['contract_terminated', 'converted_to_paper', 'replaced', 'other'] as const

export type EventKind = (typeof EVENTS)[number]

const payloadSchema = z.strictObject({
  iss: text(),
  aud: text(),
  iat: count(0),
  jti,
  ver: leaf(z.literal(1, { error: 'must be 1' }), (value) => value === 1),
  sub: text(),
  seq: count(1),
  prev: leaf(z.nullable(digest), (value) => value === null || isDigest(value)),
  event: oneOf(EVENTS, `must be one of ${EVENTS.join(', ')}`),
  targetSeq: z.exactOptional(count(1)),
  reason: z.exactOptional(text(400)),
  reasonCode: z.exactOptional(oneOf(REASON_CODES, `must be one of ${REASON_CODES.join(', ')}`)),
  certificate: certificateSchema,
})

const readPayload = claimsReader(payloadSchema)

/** The claims of a guarantee record, closed (decisions.md "The record"). */
export type RecordPayload = z.infer<typeof payloadSchema>

/** A guarantee record past the strict gate; its signature is not yet checked. */
export interface ReadRecord {
  jws: string
  header: { alg: Algorithm; kid: string; typ: string }
  payload: RecordPayload
  /**
   * SHA-256 of `header.payload`, base64url: what the record says, whatever signature is on it. ES256 signatures
   * can be varied by anyone, so equality of records is judged by this.
   */
  contentId: string
  /** SHA-256 of the ASCII JWS: what the log and the next record's `prev` commit to. */
  sha256: Uint8Array
}

/** Whether a compact JWS, past the strict gate, is signed by a key. */
export type VerifyJws = (jws: string, key: PublicKey) => boolean | Promise<boolean>

type Presence = 'required' | 'optional' | 'refused'
type EventMember = 'targetSeq' | 'reason' | 'reasonCode'

/** What each event carries beside its certificate. */
const CARRIES: Record<EventKind, Record<EventMember, Presence>> = {
  issue: { targetSeq: 'refused', reason: 'refused', reasonCode: 'refused' },
  amend: { targetSeq: 'refused', reason: 'optional', reasonCode: 'refused' },
  correct: { targetSeq: 'required', reason: 'required', reasonCode: 'refused' },
  cancel_amendment: { targetSeq: 'required', reason: 'required', reasonCode: 'refused' },
  cancel: { targetSeq: 'refused', reason: 'required', reasonCode: 'optional' },
  release: { targetSeq: 'refused', reason: 'optional', reasonCode: 'refused' },
}

/**
 * Reads a guarantee record: the strict gate, then its closed claims, in the order of interface.md
 * "Errors" up to `claim_invalid`. No cryptography but hashing.
 * @throws Fault as {@link openCompact}, then claim_missing or claim_invalid with all `errors[]`
 */
export function readRecord(jws: string): ReadRecord {
  const { signingInput, ...record } = gated(jws)
  const ascii = utf8(jws)
  const contentId = base64url(sha256(ascii.subarray(0, signingInput.length)))
  return { ...record, contentId, sha256: sha256(ascii) }
}

function gated(jws: string) {
  const { header, payload, signingInput } = openCompact(jws, RECORD_TYP)
  return { jws, header, payload: readPayload(payload, incoherence(payload)), signingInput }
}

/**
 * {@link readRecord} for whoever has hashed it already, and does not ask what else says the same.
 * @param sha256 of the JWS
 */
export function readSeen(jws: string, sha256: Uint8Array): SeenRecord {
  const { header, payload } = gated(jws)
  return { jws, header, payload, sha256 }
}

/** A record without the id of its content, which only who takes it in asks for. */
export type SeenRecord = Omit<ReadRecord, 'contentId'>

/**
 * Reads again what {@link readRecord} has taken before, which the caller knows by the hash of these
 * very bytes: of signature, spelling and coherence nothing is judged a second time.
 * @param sha256 of the JWS
 */
export function rereadRecord(jws: string, sha256: Uint8Array): SeenRecord {
  const [header, payload] = jws
    .split('.', 2)
    .map((part) => JSON.parse(fromUtf8(fromBase64url(part) ?? new Uint8Array())))
  return { jws, header, payload: readPayload(payload), sha256 }
}

/** What is wrong between members; reads raw claims, so that it can be told beside what is wrong in them. */
function incoherence(payload: Record<string, unknown>): FieldFault[] {
  const { seq, prev, sub, certificate } = payload
  const event = EVENTS.find((known) => known === payload.event)
  const faults: FieldFault[] = []
  const wrong = (field: string, detail: string, code = 'claim_invalid') =>
    faults.push({ field, code, detail })

  if (event && typeof seq === 'number' && (event === 'issue') !== (seq === 1)) {
    wrong('seq', 'must be 1 for an issue, and for an issue only')
  }
  if (typeof seq === 'number' && prev !== undefined && (prev === null) !== (seq === 1)) {
    wrong('prev', 'must be null at seq 1, else the SHA-256 of the record before')
  }
  if (event) {
    for (const [member, presence] of Object.entries(CARRIES[event])) {
      const present = Object.hasOwn(payload, member)
      if (present && presence === 'refused') wrong(member, `must not come with ${event}`)
      if (!present && presence === 'required') {
        wrong(member, `is missing; ${event} needs it`, 'claim_missing')
      }
    }
  }
  if (typeof sub === 'string' && isJsonObject(certificate)) {
    const { contractNumber } = certificate
    if (typeof contractNumber === 'string' && contractNumber !== sub) {
      wrong('certificate.contractNumber', 'must equal sub')
    }
  }
  return faults
}

/**
 * Whether what is signed fits the key that its `kid` names and the issuer's numbers.
 * `numberPattern` is one that {@link fitsPattern} takes; the whole of `sub`, if any, must match it.
 * @throws Fault alg_not_allowed, claim_invalid
 */
export function fitsKey(
  record: { header: { alg: Algorithm }; payload: { sub?: string } },
  key: Pick<PublicKey, 'alg'>,
  numberPattern: string,
): void {
  if (record.header.alg !== key.alg) {
    throw new Fault('alg_not_allowed', `this key signs with ${key.alg}; write that as "alg"`)
  }
  const { sub } = record.payload
  if (sub !== undefined && !fitsPattern(sub, numberPattern)) {
    const detail = `must match the issuer's contract numbers, ${numberPattern}`
    throw new Fault('claim_invalid', `sub ${detail}`, {
      errors: [{ field: 'sub', code: 'claim_invalid', detail }],
    })
  }
}

/**
 * Whether a signed record is from and for whom it should be: `iss` the issuer of the key, `aud` the
 * platform, `iat` not more than 300 s ahead of `now`, in milliseconds as clocks give it.
 * @throws Fault issuer_mismatch, audience_mismatch, iat_in_future
 */
export function checkClaims(
  record: { payload: { iss: string; aud: string; iat: number } },
  expect: { iss: string; platform: string; now: number },
): void {
  const { iss, aud, iat } = record.payload
  if (iss !== expect.iss) {
    throw new Fault(
      'issuer_mismatch',
      'iss is not the issuer of the key that signed; use its own key',
    )
  }
  if (aud !== expect.platform) {
    throw new Fault('audience_mismatch', `aud must be this platform, ${expect.platform}`)
  }
  if (iat > expect.now / 1000 + CLOCK_LEEWAY) {
    throw new Fault(
      'iat_in_future',
      `iat is more than ${CLOCK_LEEWAY} s ahead; set the clock that signs`,
    )
  }
}

/** The reference verifier, by WebCrypto through jose: strict, and the same on every runtime. */
export const verifyWithJose: VerifyJws = async (jws, key) => {
  try {
    await compactVerify(jws, key.jwk, { algorithms: [key.alg] })
    return true
  } catch (error) {
    if (error instanceof JOSEError) return false
    throw error
  }
}

/**
 * Signs a payload as compact JWS; `alg` and `kid` follow from the key.
 * @throws Error when `privateJwk` is no private Ed25519 or P-256 key
 */
export async function signCompact(
  header: { typ: string },
  payload: object,
  privateJwk: PublicJwk & { d: string },
): Promise<string> {
  const alg: Algorithm = privateJwk.crv === 'Ed25519' ? 'Ed25519' : 'ES256'
  const key = await importJWK({ ...privateJwk }, alg)
  return new CompactSign(utf8(JSON.stringify(payload)))
    .setProtectedHeader({ alg, kid: thumbprint(privateJwk), typ: header.typ })
    .sign(key)
}
