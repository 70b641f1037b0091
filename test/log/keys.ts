import { createPrivateKey, createPublicKey, sign, verify } from 'node:crypto'
import { base64url } from '../../src/base/bytes.ts'
import type { VerifyEd25519 } from '../../src/log/checkpoint.ts'

/** An Ed25519 key pair whose seed is 32 times one byte (PKCS #8, RFC 8410 §7). */
export function keyPair(seed: number) {
  const prefix = Buffer.from('302e020100300506032b657004220420', 'hex')
  const der = Buffer.concat([prefix, Buffer.alloc(32, seed)])
  const privateKey = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
  const spki = createPublicKey(privateKey).export({ format: 'der', type: 'spki' })
  return {
    publicKey: new Uint8Array(spki.subarray(-32)),
    sign: (message: Uint8Array) => new Uint8Array(sign(null, message, privateKey)),
  }
}

/** Ed25519 by OpenSSL. */
export const verifyEd25519: VerifyEd25519 = (message, signature, publicKey) => {
  const jwk = { kty: 'OKP', crv: 'Ed25519', x: base64url(publicKey) }
  return verify(null, message, createPublicKey({ key: jwk, format: 'jwk' }), signature)
}
