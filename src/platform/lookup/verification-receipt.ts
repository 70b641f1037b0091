import { base64, base64url, utf8 } from '../../base/bytes.ts'
import { milliseconds } from '../../base/time.ts'
import type { LookupAnswer } from '../../guarantee/verdict.ts'
import type { ReceiptSigner } from '../../ports.ts'
import type { Proof } from './prove.ts'

const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** 照会番号: `KX-` and 10 symbols of Crockford's base32, 50 bits. */
export function newReceiptId(random: (length: number) => Uint8Array): string {
  return `KX-${Array.from(random(10), (byte) => CROCKFORD[byte % 32]).join('')}`
}

/**
 * 検証票: what this look-up found, signed. A version that was hidden from it contradicts it
 * provably. Compact JWS, `typ` verification-receipt+jwt.
 */
export async function verificationReceipt(
  answer: Omit<LookupAnswer, 'verificationReceipt'>,
  proof: Proof,
  platform: string,
  signer: ReceiptSigner,
): Promise<string> {
  const { head: tree } = proof.tree
  const newest = proof.last?.record
  const claims = {
    iss: platform,
    iat: Math.floor(milliseconds(answer.status.asOf) / 1000),
    jti: answer.receiptId,
    sub: answer.contractNumber,
    issuer: answer.issuer.id,
    verdict: answer.verdict,
    checks: answer.checks,
    status: answer.status,
    ...(answer.checker && { checker: answer.checker }),
    ...(newest && {
      headSeq: newest.payload.seq,
      headSha256: base64url(newest.sha256),
    }),
    ...(tree && { checkpoint: { origin: tree.origin, size: tree.size, root: base64(tree.root) } }),
  }
  const header = { alg: 'Ed25519', kid: signer.kid, typ: 'verification-receipt+jwt' }
  const signed = [header, claims].map((part) => base64url(utf8(JSON.stringify(part)))).join('.')
  return `${signed}.${base64url(await signer.sign(utf8(signed)))}`
}
