import * as z from 'zod'
import { base64url, sha256, utf8 } from '../base/bytes.ts'
import { claimsReader, count, digest, jti, text } from './claims.ts'
import { openCompact } from './compact-jws.ts'
import type { Algorithm } from './issuer-key.ts'

export const KEY_CHANGE_TYP = 'key-change+jwt'

const payloadSchema = z.strictObject({
  iss: text(),
  aud: text(),
  iat: count(0),
  jti,
  sub: text(),
  /** {@link authKeyDigest} of the key that comes beside the request. */
  authKeySha256: digest,
})

const readPayload = claimsReader(payloadSchema)

/** A request for a new auth key past the strict gate; its signature is not yet checked. */
export interface ReadKeyChange {
  jws: string
  header: { alg: Algorithm; kid: string; typ: string }
  payload: z.infer<typeof payloadSchema>
}

/**
 * Reads a key-change request: the strict gate, then its closed claims.
 * @throws Fault as a record, up to claim_invalid
 */
export function readKeyChange(jws: string): ReadKeyChange {
  const { header, payload } = openCompact(jws, KEY_CHANGE_TYP)
  return { jws, header, payload: readPayload(payload) }
}

/**
 * What a request signs in place of the key: base64url SHA-256 of
 * `akashi-key-change/v1` LF jti LF authKey. The jti keeps two requests for one key apart.
 */
export function authKeyDigest(jti: string, authKey: string): string {
  return base64url(sha256(utf8(`akashi-key-change/v1\n${jti}\n${authKey}`)))
}
