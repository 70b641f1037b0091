import { randomUUID } from 'node:crypto'
import { signCompact } from '../../src/guarantee/record.ts'
import { PLATFORM, type Signer, type World } from './world.ts'

/** A bearer of the world's issuer, signed now, changed as wished. */
export function bearer(
  world: World,
  change: object = {},
  { key = world.issuer, typ = 'issuer-request+jwt' }: { key?: Signer; typ?: string } = {},
): Promise<string> {
  const claims = {
    iss: 'https://east.example.jp',
    aud: PLATFORM,
    iat: Math.floor(world.clock.now() / 1000),
    jti: randomUUID(),
    ...change,
  }
  return signCompact({ typ }, claims, key.privateJwk as never)
}
