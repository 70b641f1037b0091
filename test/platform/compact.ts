import { createPrivateKey, sign } from 'node:crypto'
import { base64url, utf8 } from '../../src/base/bytes.ts'
import type { Signer } from './world.ts'

/** A compact JWS of any header and payload, truly signed by a key, whatever its header says. */
export function compact(header: unknown, payload: unknown, { privateJwk }: Signer): string {
  const part = (value: unknown) =>
    base64url(utf8(typeof value === 'string' ? value : JSON.stringify(value)))
  const signed = `${part(header)}.${part(payload)}`
  const key = createPrivateKey({ key: { ...privateJwk } as never, format: 'jwk' })
  const signature =
    privateJwk.kty === 'OKP'
      ? sign(null, utf8(signed), key)
      : sign('sha256', utf8(signed), { key, dsaEncoding: 'ieee-p1363' })
  return `${signed}.${base64url(signature)}`
}

/** The header that the gate asks for. */
export function headerOf({ kid, privateJwk }: Signer) {
  return { alg: privateJwk.kty === 'OKP' ? 'Ed25519' : 'ES256', kid, typ: 'guarantee-record+jwt' }
}

/** The same text with another signature; of the right length, so that only the check can tell. */
export function forged(jws: string): string {
  const signature = jws.slice(jws.lastIndexOf('.') + 1)
  return `${jws.slice(0, -signature.length)}${signature.replace(/^./, (c) => (c === 'A' ? 'B' : 'A'))}`
}
