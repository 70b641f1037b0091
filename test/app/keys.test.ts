import { describe, expect, test } from 'vitest'
import { keyChanged } from '../../src/platform/door/schemas.api.ts'
import { NEW_KEY, newKeyChange } from '../platform/key-changes.ts'
import { AUTH_KEY, NUMBER, newKey, newWorld } from '../platform/world.ts'
import { type Served, serve } from './served.ts'

const WEST = 'https://west.example.jp'

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
    const reply = await served.post('/v1/keys', await newKeyChange(world))
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
    const old = await newKeyChange(world)
    await served.post('/v1/keys', old)
    const back = await newKeyChange(world, {}, { authKey: AUTH_KEY })
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
      const reply = await served.post('/v1/keys', await newKeyChange(world, change, { key: west }))
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
    const ask = async (change: object, authKey = NEW_KEY, key = world.issuer) => {
      const body = { ...(await newKeyChange(world, change, { key })), authKey }
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
    const inTime = await served.post('/v1/keys', await newKeyChange(world, { iat: now - 300 }))
    expect(inTime.status).toBe(200)
  })
})
