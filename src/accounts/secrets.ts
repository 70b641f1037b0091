import { base64url, hex, sha256, utf8 } from '../base/bytes.ts'
import { hmacSha256 } from '../base/hmac.ts'

/** A value of SESSION_SECRET. */
export interface SessionSecret {
  id: string
  value: Uint8Array
}

/** A key for one purpose: no two purposes share one, and none is the secret itself. */
export function derived(secret: Uint8Array, purpose: string): Uint8Array {
  return hmacSha256(secret, utf8(`akashi-accounts/v1\n${purpose}`))
}

/**
 * What the library signs and encrypts with, the one in use first. A number names each in what was
 * encrypted with it, so that an older one still opens that.
 * @param secrets in the order of use, the last one in use now
 */
export function librarySecrets(
  secrets: readonly SessionSecret[],
): { version: number; value: string }[] {
  return secrets.toReversed().map(({ id, value }) => ({
    version: Number.parseInt(hex(sha256(utf8(id))).slice(0, 8), 16),
    value: base64url(derived(value, 'library')),
  }))
}
