import { base64url, sha256, utf8 } from '../../base/bytes.ts'

/** Stands for what a person was shown before a deed: any other content has another one. */
export function digestOf(shown: object): string {
  return base64url(sha256(utf8(JSON.stringify(shown))))
}
