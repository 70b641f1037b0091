import { describe, expect, test } from 'vitest'
import { authKeyDigest } from '../../src/guarantee/key-change.ts'
import { signCompact } from '../../src/guarantee/record.ts'
import { keyChanged } from '../../src/platform/door/schemas.api.ts'
import {
  AUTH_KEY,
  NUMBER,
  newKey,
  newWorld,
  PLATFORM,
  type Signer,
  type World,
} from '../platform/world.ts'
import { type Served, serve } from './served.ts'

const NEW_KEY = 'aB3dE5gH7jK9'
const WEST = 'https://west.example.jp'

let count = 0

/** A body of `POST /v1/keys`, signed now by the world's issuer, changed as wished. */
async function keyChange(world: World, change: object = {}, key: Signer = world.issuer) {
  count += 1
  const jti = `0198c0de-2222-7000-8000-${String(count).padStart(12, '0')}`
  const claims = {
    iss: 'https://east.example.jp',
    aud: PLATFORM,
    iat: Math.floor(world.clock.now() / 1000),
    jti,
    sub: NUMBER,
    authKeySha256: authKeyDigest(jti, NEW_KEY),
    ...change,
  }
  const request = await signCompact({ typ: 'key-change+jwt' }, claims, key.privateJwk as never)
  return { request, authKey: NEW_KEY }
}

const statusWith = async ({ post }: Served, authKey: string) =>
  (await post('/v1/lookup', { contractNumber: NUMBER, authKey })).status

async function issued() {
  const world = await newWorld()
  await world.issue()
  return { world, served: await serve(world) }
}

describe('POST /v1/keys', () => {
  test('answers with the number and the time of the change; the old key has ended', async () => {
    const { world, served } = await issued()
    const reply = await served.post('/v1/keys', await keyChange(world))
    expect(reply.status).toBe(200)
    expect(reply.read(keyChanged)).toEqual({
      contractNumber: NUMBER,
      changedAt: '2026-02-03T05:00:01.000Z',
    })
    expect(await statusWith(served, NEW_KEY)).toBe(200)
    expect(await statusWith(served, AUTH_KEY)).toBe(404)
  })

  test('is not played again: a key that has ended stays ended', async () => {
    const { world, served } = await issued()
    const old = await keyChange(world)
    await served.post('/v1/keys', old)
    const jti = '0198c0de-2222-7000-8000-ffffffffffff'
    const third = { jti, authKeySha256: authKeyDigest(jti, AUTH_KEY) }
    const back = { ...(await keyChange(world, third)), authKey: AUTH_KEY }
    expect((await served.post('/v1/keys', back)).status).toBe(200)
    const replayed = await served.post('/v1/keys', old)
    expect([replayed.status, replayed.problem().code]).toEqual([409, 'jti_reused'])
    expect(await statusWith(served, AUTH_KEY)).toBe(200)
  })

  test('is no other issuer’s to ask for, whatever it says it is', async () => {
    const { world, served } = await issued()
    const west = await newKey()
    await world.platform.issuers.add({ id: 'west', iss: WEST, name: 'west' }, west.publicJwk)
    const ask = async (change: object) => {
      const reply = await served.post('/v1/keys', await keyChange(world, change, west))
      return [reply.status, reply.problem().code]
    }
    expect(await ask({})).toEqual([403, 'issuer_mismatch'])
    expect(await ask({ iss: WEST })).toEqual([404, 'not_found'])
    expect(await ask({ iss: WEST, sub: '12345-999999' })).toEqual([404, 'not_found'])
    expect(await statusWith(served, AUTH_KEY)).toBe(200)
  })

  test('is refused in the order of the interface, and the same request in time is taken', async () => {
    const { world, served } = await issued()
    const now = Math.floor(world.clock.now() / 1000)
    const other = await newKey()
    const wrong = { aud: 'https://other.example', iat: now - 301, sub: '12345-999999' }
    const ask = async (change: object, authKey = NEW_KEY, key?: Signer) => {
      const body = { ...(await keyChange(world, change, key)), authKey }
      const reply = await served.post('/v1/keys', body)
      return [reply.status, reply.problem().code]
    }
    expect(await ask({ ...wrong, jti: 'x' }, 'short', other)).toEqual([400, 'claim_invalid'])
    expect(await ask(wrong, 'short', other)).toEqual([401, 'kid_unknown'])
    expect(await ask(wrong, 'short')).toEqual([403, 'audience_mismatch'])
    expect(await ask({ iat: now + 301, sub: wrong.sub }, 'short')).toEqual([422, 'iat_in_future'])
    expect(await ask({ iat: now - 301, sub: wrong.sub }, 'short')).toEqual([422, 'iat_too_old'])
    expect(await ask({ sub: wrong.sub }, 'short')).toEqual([404, 'not_found'])
    expect(await ask({}, 'short')).toEqual([400, 'auth_key_format'])
    const inTime = await served.post('/v1/keys', await keyChange(world, { iat: now - 300 }))
    expect(inTime.status).toBe(200)
  })
})
