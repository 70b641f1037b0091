import { type PublicJwk, type PublicKey, thumbprint } from '../../../src/guarantee/issuer-key.ts'
import { privateJwk } from '../../verifier/scene.ts'

/** Keys that stay the same, so that a seed says all. */
export const ED25519_JWK = privateJwk(41)

export const P256_JWK: PublicJwk & { d: string } = {
  kty: 'EC',
  crv: 'P-256',
  x: 'Nqabtvud5EELXda_0cXT8rtz89TmUgLa95TACTACmy8',
  y: 'nCDwImqqMMCo6gEzyz2EpeNrFQyPeu4Q6B8WBpK3WE8',
  d: '8y67C9Moh13MvQW4plstyGjxnyGBQ_SwdDKrA09JjPg',
}

export function publicHalf({ d: _, ...jwk }: PublicJwk & { d: string }): PublicJwk {
  return jwk
}

export function publicKeyOf(key: PublicJwk & { d: string }): PublicKey {
  const jwk = publicHalf(key)
  return { kid: thumbprint(jwk), alg: jwk.kty === 'OKP' ? 'Ed25519' : 'ES256', jwk }
}
