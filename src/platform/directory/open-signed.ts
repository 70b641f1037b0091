import { Fault } from '../../base/fault.ts'
import type { Algorithm } from '../../guarantee/issuer-key.ts'
import { checkClaims, fitsKey } from '../../guarantee/record.ts'
import type { Identity, Ports } from '../../ports.ts'
import { createIssuerOfKey, type IssuerOfKey } from './issuer-of-key.ts'

/** Anything that an issuer signs for this platform, past the strict gate. */
export interface Signed {
  jws: string
  header: { alg: Algorithm; kid: string }
  payload: { iss: string; aud: string; iat: number; sub?: string }
}

/**
 * Checks who signed: known issuer → right signature → meant for this platform.
 * @throws Fault from kid_unknown to iat_in_future, in the order of the API's error list
 */
export function createOpenSigned(ports: Ports, identity: Identity) {
  const issuerOfKey = createIssuerOfKey(ports)

  /** @param head the newest note, where the caller has just read it */
  return async function openSigned(signed: Signed, head?: string): Promise<IssuerOfKey> {
    const known = await issuerOfKey(signed.header.kid, head)
    const { issuer, key } = known
    fitsKey(signed, key, issuer.numberPattern)
    if (!(await ports.verifyJws(signed.jws, key))) {
      throw new Fault(
        'signature_invalid',
        'The signature does not verify under the registered key. Sign header.payload byte for byte.',
      )
    }
    const now = ports.clock.now()
    checkClaims(signed, { iss: issuer.iss, platform: identity.platform, now })
    return known
  }
}
