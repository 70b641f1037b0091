import * as z from 'zod'
import { claimsReader, count, jti, text } from './claims.ts'
import { openCompact } from './compact-jws.ts'
import type { Algorithm } from './issuer-key.ts'

export const ISSUER_REQUEST_TYP = 'issuer-request+jwt'

const payloadSchema = z.strictObject({ iss: text(), aud: text(), iat: count(0), jti })

const readPayload = claimsReader(payloadSchema)

/** A bearer that an issuer's program signs for one call, past the strict gate; unverified yet. */
export interface ReadIssuerRequest {
  jws: string
  header: { alg: Algorithm; kid: string; typ: string }
  payload: z.infer<typeof payloadSchema>
}

/**
 * Reads an issuer's bearer: the strict gate, then its closed claims.
 * @throws Fault as a record, up to claim_invalid
 */
export function readIssuerRequest(jws: string): ReadIssuerRequest {
  const { header, payload } = openCompact(jws, ISSUER_REQUEST_TYP)
  return { jws, header, payload: readPayload(payload) }
}
