import { authKeyDigest } from '../../src/guarantee/key-change.ts'
import { type Asking, bearer } from './bearer.ts'
import { NUMBER, type Signer } from './sample.ts'

export const NEW_KEY = 'aB3dE5gH7jK9'

/** A body of `POST /v1/keys` for the sample, signed now, changed as wished. */
export async function newKeyChange(
  asking: Asking,
  change: object = {},
  { key = asking.issuer, authKey = NEW_KEY }: { key?: Signer; authKey?: string } = {},
): Promise<{ request: string; authKey: string }> {
  const jti = crypto.randomUUID()
  const claims = { jti, sub: NUMBER, authKeySha256: authKeyDigest(jti, authKey), ...change }
  return { request: await bearer(asking, claims, { key, typ: 'key-change+jwt' }), authKey }
}
