import { fromUtf8, utf8 } from '../../base/bytes.ts'
import type { Sealer } from '../../ports.ts'

/** A guarantee as far as its auth key is sealed about it. */
interface OfGuarantee {
  issuer: string
  contractNumber: string
}

/** Seals a 認証キー so that it can be shown again for this guarantee alone. */
export function sealAuthKey(
  sealer: Sealer,
  guarantee: OfGuarantee,
  authKey: string,
): Promise<Uint8Array> {
  return sealer.seal(utf8(authKey), about(guarantee))
}

/**
 * The 認証キー of a row of `issued`, in the clear.
 * @throws Error when it was altered, is another guarantee's, or its KEK is missing
 */
export async function openAuthKey(
  sealer: Sealer,
  guarantee: OfGuarantee & { sealedKey: Uint8Array },
): Promise<string> {
  return fromUtf8(await sealer.open(guarantee.sealedKey, about(guarantee)))
}

function about({ issuer, contractNumber }: OfGuarantee): string {
  return `auth-key\n${issuer}\n${contractNumber}`
}
