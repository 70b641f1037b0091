import { fromBase64url, fromUtf8, utf8 } from '../base/bytes.ts'
import { Fault } from '../base/fault.ts'
import type { Algorithm } from './issuer-key.ts'
import { isJsonObject, readStrictJson, type StrictJson } from './strict-json.ts'

/** A compact JWS past the strict gate: well-formed and canonical, its signature not yet checked. */
export interface CompactJws {
  header: { alg: Algorithm; kid: string; typ: string }
  payload: Record<string, unknown>
  /** `header.payload`, the ASCII text that is signed (RFC 7515 §5.2). */
  signingInput: string
}

const MAX_BYTES = 16_384
const SIGNATURE_BYTES = 64
const COMPACT = /^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$/
const HEADER_MEMBERS = ['alg', 'kid', 'typ']

type JsonObject = Omit<StrictJson, 'value'> & { value: Record<string, unknown> }

/**
 * The strict gate before any signature: JWS libraries accept padding, stray bits, duplicate members
 * and header members that change the meaning (record-and-log.md §1.3). Faults come in the order of
 * interface.md "Errors". `typ` is the one type that the caller takes.
 * @throws Fault jws_too_large, jws_malformed, jws_noncanonical, payload_invalid_json,
 *   header_duplicate_member, payload_duplicate_member, payload_unsafe_number,
 *   header_member_missing, header_member_not_allowed, typ_invalid, alg_not_allowed
 */
export function openCompact(jws: string, typ: string): CompactJws {
  const [headerPart, payloadPart, signature] = splitCompact(jws)
  if (signature.length !== SIGNATURE_BYTES) {
    throw new Fault(
      'jws_malformed',
      `the signature must be ${SIGNATURE_BYTES} bytes (raw, not DER)`,
    )
  }
  const header = readObject(headerPart)
  if (!header) throw new Fault('jws_malformed', 'the header must be a JSON object in UTF-8')
  const payload = readObject(payloadPart)
  if (!payload) {
    throw new Fault('payload_invalid_json', 'the payload must be a JSON object in UTF-8, no BOM')
  }
  refuseUnsafe(header, payload)
  return {
    header: readHeader(header.value, typ),
    payload: payload.value,
    signingInput: jws.slice(0, jws.lastIndexOf('.')),
  }
}

function splitCompact(jws: string): [Uint8Array, Uint8Array, Uint8Array] {
  if (jws.length <= MAX_BYTES) {
    const parts = jws.split('.', 4)
    const [header, payload, signature] = parts.map(fromBase64url)
    // Nothing else is three texts of base64url, and these have one byte for each character.
    if (header?.length && payload?.length && signature?.length && parts.length === 3) {
      return [header, payload, signature]
    }
  }
  throw unsplit(jws)
}

function unsplit(jws: string): Fault {
  if (utf8(jws).length > MAX_BYTES) {
    return new Fault('jws_too_large', `the JWS must not exceed ${MAX_BYTES} bytes`)
  }
  return COMPACT.test(jws)
    ? new Fault(
        'jws_noncanonical',
        'a part of the JWS is not the one base64url spelling of its bytes (RFC 4648 §3.5); encode it again',
      )
    : new Fault(
        'jws_malformed',
        'the JWS must be three base64url parts joined by dots, without padding or white space',
      )
}

function readObject(bytes: Uint8Array): JsonObject | undefined {
  const text = decode(bytes)
  const json = text === undefined ? undefined : readStrictJson(text)
  return json && isJsonObject(json.value) ? { ...json, value: json.value } : undefined
}

function decode(bytes: Uint8Array): string | undefined {
  try {
    return fromUtf8(bytes)
  } catch {
    return undefined
  }
}

function refuseUnsafe(header: JsonObject, payload: JsonObject): void {
  if (header.duplicate !== undefined) {
    throw new Fault('header_duplicate_member', `the header has "${header.duplicate}" twice`)
  }
  if (payload.duplicate !== undefined) {
    throw new Fault('payload_duplicate_member', `the payload has "${payload.duplicate}" twice`)
  }
  if (payload.unsafeNumber !== undefined) {
    throw new Fault(
      'payload_unsafe_number',
      `${payload.unsafeNumber} must be an integer written in digits, within ±(2^53 − 1)`,
    )
  }
}

function readHeader(header: Record<string, unknown>, typ: string): CompactJws['header'] {
  const missing = HEADER_MEMBERS.find((name) => !Object.hasOwn(header, name))
  if (missing !== undefined) {
    throw new Fault(
      'header_member_missing',
      `the header has no "${missing}"; it needs alg, kid, typ`,
    )
  }
  const extra = Object.keys(header).find((name) => !HEADER_MEMBERS.includes(name))
  if (extra !== undefined) {
    throw new Fault('header_member_not_allowed', `the header must not have "${extra}"`)
  }
  const { alg, kid } = header
  if (typeof kid !== 'string') {
    throw new Fault('header_member_not_allowed', 'the header member "kid" must be a string')
  }
  if (header.typ !== typ) throw new Fault('typ_invalid', `the header member "typ" must be ${typ}`)
  if (alg !== 'Ed25519' && alg !== 'ES256') {
    throw new Fault('alg_not_allowed', 'the header member "alg" must be Ed25519 or ES256')
  }
  return { alg, kid, typ }
}
