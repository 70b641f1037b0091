import type { Answer } from '../base/door.ts'
import { Fault, type FaultCode } from '../base/fault.ts'

/** HTTP status and title of each fault: the one place where the two meet (RFC 9457). */
const FAULTS: Record<FaultCode, readonly [status: number, title: string]> = {
  body_too_large: [413, 'The body is too large'],
  media_type: [415, 'The media type is not taken'],
  body_invalid: [400, 'The body is not what this call takes'],
  jws_too_large: [400, 'The record is too large'],
  jws_malformed: [400, 'The record is not a compact JWS'],
  jws_noncanonical: [400, 'The record is not in canonical base64url'],
  payload_invalid_json: [400, 'The record is not I-JSON'],
  header_duplicate_member: [400, 'The header names a member twice'],
  payload_duplicate_member: [400, 'The payload names a member twice'],
  payload_unsafe_number: [400, 'The payload has a number that cannot be exact'],
  header_member_missing: [400, 'The header lacks a member'],
  header_member_not_allowed: [400, 'The header has a member too many'],
  typ_invalid: [400, 'The record is of another type'],
  alg_not_allowed: [401, 'The algorithm is not allowed'],
  claim_missing: [400, 'The payload lacks a member'],
  claim_invalid: [400, 'A member of the payload is wrong'],
  kid_unknown: [401, 'The key is not registered'],
  signature_invalid: [401, 'The signature does not verify'],
  issuer_mismatch: [403, 'The key belongs to another issuer'],
  audience_mismatch: [403, 'The record is meant for another platform'],
  iat_in_future: [422, 'The record is dated in the future'],
  iat_too_old: [422, 'The request is too old'],
  key_not_yet_valid: [403, 'The key is not valid yet'],
  key_retired: [403, 'The key is retired'],
  key_revoked: [403, 'The key is revoked'],
  owner_unknown: [422, 'The owner is not registered'],
  kind_not_accepted: [422, 'The owner does not take this kind'],
  owner_not_started: [422, 'The owner had not started yet'],
  amount_invalid: [422, 'An amount is impossible'],
  auth_key_missing: [400, 'The auth key is missing'],
  auth_key_not_expected: [400, 'An auth key is not expected here'],
  auth_key_format: [400, 'The auth key has another form'],
  seq_conflict: [409, 'The sequence number is not the next one'],
  prev_mismatch: [409, 'The record follows another one'],
  jti_reused: [409, 'The record id has been used'],
  state_conflict: [409, 'The event is not possible now'],
  log_busy: [503, 'The log is busy'],
  log_rollback_detected: [503, 'The log is behind what was answered'],
  clock_behind: [503, 'The clock is behind the log'],
  clock_jump: [503, 'The clock has jumped'],
  disk_full: [503, 'The disk is full'],
  store_unavailable: [503, 'The store cannot be reached'],
  not_found: [404, 'Not found'],
  method_not_allowed: [405, 'The call takes another method'],
  not_found_or_key_mismatch: [404, 'Number or key is not right'],
  share_expired_or_revoked: [410, 'The link has ended'],
  token_invalid: [401, 'The token is not valid'],
  token_scope: [403, 'The token does not cover this'],
  role_not_allowed: [403, 'The role does not cover this'],
  rate_limited: [429, 'Too many tries'],
  internal: [500, 'Something went wrong here'],
}

/** The HTTP status of a fault. */
export function statusOf(code: FaultCode): number {
  return FAULTS[code][0]
}

/** Headers of every answer of the API; `no-referrer`, nothing cached, nothing framed. */
export const API_HEADERS = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
}

const PAGE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ')

/**
 * Headers of a page over http under a name: browsers complain of an opener policy there. The
 * referrer policy is `same-origin` and not `no-referrer`: with the latter browsers send
 * `Origin: null` with form posts and the check against forged posts fails.
 */
export const HTTP_PAGE_HEADERS = {
  'cache-control': 'no-store',
  'content-security-policy': PAGE_POLICY,
  'content-type': 'text/html; charset=UTF-8',
  'permissions-policy': 'camera=(), geolocation=(), microphone=()',
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
}

/** Headers of a page on loopback, which browsers trust without TLS. */
export const PAGE_HEADERS = { ...HTTP_PAGE_HEADERS, 'cross-origin-opener-policy': 'same-origin' }

/** Headers of a page of an https site: browsers that have been there come back over https alone. */
export const HTTPS_PAGE_HEADERS = {
  ...PAGE_HEADERS,
  'strict-transport-security': 'max-age=31536000',
}

/** Headers of every file of `public/`: asked for again each time, so that a release shows at once. */
export const FILE_HEADERS = { ...API_HEADERS, 'cache-control': 'no-cache' }

/** Sends a browser on to a page that a GET shows. */
export function seeOther(path: string): Response {
  return new Response(null, { status: 303, headers: { ...API_HEADERS, location: path } })
}

/** An answer of the API in one piece. */
export function jsonAnswer(
  body: unknown,
  status = 200,
  headers: Record<string, string> = {},
): Answer {
  return {
    status,
    headers: { ...API_HEADERS, 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  }
}

/** {@link jsonAnswer} as fetch has it. */
export function json(...parts: Parameters<typeof jsonAnswer>): Response {
  return responseOf(jsonAnswer(...parts))
}

function responseOf({ body, ...init }: Answer): Response {
  return new Response(body, init)
}

/** An answer of JSON lines, one for each item. */
export function ndjson(items: readonly unknown[]): Response {
  return new Response(items.map((item) => `${JSON.stringify(item)}\n`).join(''), {
    headers: { ...API_HEADERS, 'content-type': 'application/x-ndjson' },
  })
}

/** A fault as the members of problem details (RFC 9457); `id` is a UUID of this refusal. */
export function problemBody(fault: Fault, id: string) {
  const [status, title] = FAULTS[fault.code]
  return {
    type: `urn:akashi:fault:${fault.code}`,
    title,
    status,
    detail: fault.message,
    code: fault.code,
    instance: `urn:uuid:${id}`,
    ...(fault.errors && { errors: fault.errors }),
  }
}

/** {@link problemAnswer} as fetch has it. */
export function problem(fault: Fault, id: string): Response {
  return responseOf(problemAnswer(fault, id))
}

/** A fault as an answer of problem details. */
export function problemAnswer(fault: Fault, id: string): Answer {
  const body = problemBody(fault, id)
  return jsonAnswer(body, body.status, {
    'content-type': 'application/problem+json',
    ...(fault.retryAfter !== undefined && { 'retry-after': String(fault.retryAfter) }),
    // RFC 9110 §15.5.6: and of the methods that there are.
    ...(fault.allow !== undefined && { allow: fault.allow }),
    // RFC 9110 §11.6.1: whoever is refused for want of a credential is told of which kind.
    ...(fault.code === 'token_invalid' && { 'www-authenticate': 'Bearer' }),
  })
}

/** Whatever was thrown, as a fault: what is not one is `internal`, and its text stays inside. */
export function faultOf(thrown: unknown): Fault {
  if (thrown instanceof Fault) return thrown
  return new Fault('internal', 'Please report the number in "instance" to the operator.', {
    cause: thrown,
  })
}
