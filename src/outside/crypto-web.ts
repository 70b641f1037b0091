import { base64url, concat, fromBase64url } from '../base/bytes.ts'
import type { Random, Signer } from '../ports.ts'

/** `crypto` where there is no OpenSSL: what WebCrypto gives on Workers and in browsers. */
const { subtle } = crypto

const ED25519 = 'Ed25519'

/** A 32-byte seed as PKCS #8 starts with these bytes (RFC 8410 §7). */
const PKCS8 = Uint8Array.from([48, 46, 2, 1, 0, 48, 5, 6, 3, 43, 101, 112, 4, 34, 4, 32])

export const secureRandomWeb: Random = (length) => crypto.getRandomValues(new Uint8Array(length))

/** An Ed25519 signature over `message` (RFC 8032 §5.1.7); the key is 32 bytes. */
export async function verifyEd25519Web(
  message: Uint8Array,
  signature: Uint8Array,
  publicKey: Uint8Array,
): Promise<boolean> {
  const jwk = { kty: 'OKP', crv: ED25519, x: base64url(publicKey) }
  const key = await subtle.importKey('jwk', jwk, ED25519, false, ['verify'])
  return subtle.verify(ED25519, key, signature as BufferSource, message as BufferSource)
}

/** The Ed25519 key of a 32-byte seed (RFC 8032 §5.1.5). */
export async function signerOfWeb(seed: Uint8Array): Promise<Signer> {
  const pkcs8 = concat(PKCS8, seed) as BufferSource
  const key = await subtle.importKey('pkcs8', pkcs8, ED25519, true, ['sign'])
  const { x } = await subtle.exportKey('jwk', key)
  return {
    publicKey: fromBase64url(x as string) as Uint8Array,
    sign: async (message) =>
      new Uint8Array(await subtle.sign(ED25519, key, message as BufferSource)),
  }
}
