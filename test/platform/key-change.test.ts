import { describe, expect, test } from 'vitest'
import { authKeyDigest } from '../../src/guarantee/key-change.ts'
import { codeOf } from './fault-of.ts'
import { NEW_KEY, newKeyChange } from './key-changes.ts'
import { AUTH_KEY, NUMBER, newKey, newWorld, type Signer, START, type World } from './world.ts'

const JTI = '0198c0de-1111-7000-8000-000000000001'

const lookupWith = (world: World, authKey: string) =>
  world.platform.lookup.byPair({ contractNumber: NUMBER, authKey }, {})

describe('a new auth key', () => {
  test('opens from now on; the old one and every share link have ended', async () => {
    const world = await newWorld()
    await world.issue()
    const { authenticate, shares, keyChange } = world.platform
    const known = await authenticate({ contractNumber: NUMBER, authKey: AUTH_KEY })
    const { url } = await shares.create(known, {})
    const changed = await keyChange(await newKeyChange(world))
    expect(changed).toEqual({
      contractNumber: NUMBER,
      changedAt: new Date(world.clock.now()).toISOString(),
    })
    expect((await lookupWith(world, NEW_KEY)).verdict).toBe('verified')
    expect(await codeOf(lookupWith(world, AUTH_KEY))).toBe('not_found_or_key_mismatch')
    expect(await codeOf(shares.open(url.split('#')[1] ?? ''))).toBe('share_expired_or_revoked')
  })

  test('is asked for once by each request, within 300 seconds, and survives a restart as used', async () => {
    const world = await newWorld()
    await world.issue()
    const asked = await newKeyChange(world)
    await world.platform.keyChange(asked)
    expect(await codeOf(world.platform.keyChange(asked))).toBe('jti_reused')
    const again = await world.reopen()
    expect(await codeOf(again.platform.keyChange(asked))).toBe('jti_reused')
    again.clock.pass(301_000)
    expect(await codeOf(again.platform.keyChange(asked))).toBe('iat_too_old')
  })

  test('of two equal requests at once one is taken', async () => {
    const world = await newWorld()
    await world.issue()
    const asked = await newKeyChange(world)
    const both = [world.platform.keyChange(asked), world.platform.keyChange(asked)]
    const settled = await Promise.allSettled(both)
    expect(settled.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  })

  test.each([
    ['iat_in_future', { iat: START / 1000 + 900 }],
    ['audience_mismatch', { aud: 'https://other.example' }],
    ['issuer_mismatch', { iss: 'https://west.example.jp' }],
    ['not_found', { sub: '99999-000000' }],
    ['claim_invalid', { jti: 'A' }],
    ['claim_missing', { authKeySha256: undefined }],
    ['auth_key_format', { jti: JTI, authKeySha256: authKeyDigest(JTI, 'another12345') }],
  ])('%s is answered, and nothing changes', async (code, change) => {
    const world = await newWorld()
    await world.issue()
    const asked = await newKeyChange(world, change)
    expect(await codeOf(world.platform.keyChange(asked))).toBe(code)
    expect((await lookupWith(world, AUTH_KEY)).verdict).toBe('verified')
  })

  test('is no other issuer’s to ask for, nor a retired key’s, nor a record’s signature', async () => {
    const world = await newWorld()
    const [record] = await world.issue()
    const { issuers, keyChange } = world.platform
    const west = await newKey()
    await issuers.add({ id: 'west', iss: 'https://west.example.jp', name: 'west' })
    await issuers.keyAdd('west', west.publicJwk)
    const ask = async (change: object, key: Signer = world.issuer) =>
      codeOf(keyChange(await newKeyChange(world, change, { key })))
    expect(await ask({}, west)).toBe('issuer_mismatch')
    expect(await ask({ iss: 'https://west.example.jp' }, west)).toBe('not_found')
    expect(await codeOf(keyChange({ request: record ?? '', authKey: NEW_KEY }))).toBe('typ_invalid')
    await issuers.keyRetire('east', world.issuer.kid)
    world.clock.pass(1000)
    expect(await ask({})).toBe('key_retired')
  })
})
