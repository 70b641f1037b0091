import { base64url, utf8 } from '../../base/bytes.ts'
import { hmacSha256 } from '../../base/hmac.ts'
import { Memo } from '../../base/memo.ts'

const LABEL = 'akashi-pseudonym/v1'
const LENGTH = 16
const REMEMBERED = 10_000

export type Pseudonym = (kind: 'source' | 'device' | 'contract', text: string) => string

/**
 * Names for what is told apart and not kept in clear: addresses are few enough to try them all, and
 * so are contract numbers, but not without `secret`. 22 characters; others under another secret.
 */
export function createPseudonym(secret: Uint8Array): Pseudonym {
  const known = new Memo<string>(REMEMBERED)
  return (kind, text) => {
    const named = `${LABEL}\n${kind}\n${text}`
    return known.get(named, () => base64url(hmacSha256(secret, utf8(named)).subarray(0, LENGTH)))
  }
}
