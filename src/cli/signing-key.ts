import { Fault } from '../base/fault.ts'
import { checkPublicKey, type PublicJwk, type PublicKey } from '../guarantee/issuer-key.ts'
import { readObject } from './input.ts'

export interface SigningKey extends PublicKey {
  privateJwk: PublicJwk & { d: string }
}

/** The private key in a file of `akashi key new`. @throws Fault body_invalid, claim_invalid */
export async function signingKey(file: string): Promise<SigningKey> {
  const { d, ...jwk } = await readObject(file)
  if (typeof d !== 'string') {
    throw new Fault('body_invalid', `${file} has no private key: give the file of akashi key new.`)
  }
  const key = checkPublicKey(jwk)
  return { ...key, privateJwk: { ...key.jwk, d } }
}
