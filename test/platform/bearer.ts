import { signCompact } from '../../src/guarantee/record.ts'
import { PLATFORM, type Signer, type TestClock } from './sample.ts'

/** Whose program asks, and when. */
export interface Asking {
  clock: TestClock
  issuer: Signer
}

/** A bearer of the sample's issuer, signed now, changed as wished. */
export function bearer(
  { clock, issuer }: Asking,
  change: object = {},
  { key = issuer, typ = 'issuer-request+jwt' }: { key?: Signer; typ?: string } = {},
): Promise<string> {
  const claims = {
    iss: 'https://east.example.jp',
    aud: PLATFORM,
    iat: Math.floor(clock.now() / 1000),
    jti: crypto.randomUUID(),
    ...change,
  }
  return signCompact({ typ }, claims, key.privateJwk as never)
}
