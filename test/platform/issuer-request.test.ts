import { describe, expect, test } from 'vitest'
import { signCompact } from '../../src/guarantee/record.ts'
import { StoreFault } from '../../src/store/store.ts'
import { bearer } from './bearer.ts'
import { faultOf } from './fault-of.ts'
import { newKey, newWorld, payload, START, type World } from './world.ts'

const NOW = START / 1000
const JTI = '0198c0de-3333-7000-8000-000000000001'

/** What is wrong with a bearer, as the refusal tells programs. */
async function wrong(world: World, token: string | undefined): Promise<string | undefined> {
  const { code, errors } = await faultOf(world.platform.issuerRequest(token))
  expect(code).toBe('token_invalid')
  return errors?.[0]?.code
}

const remembered = (world: World) =>
  world.ports.store.db.selectFrom('issuerRequest').select('jti').execute()

describe('a bearer that an issuer’s program signs', () => {
  test('says who asks, under either algorithm', async () => {
    const world = await newWorld()
    const { issuers, issuerRequest } = world.platform
    expect(await issuerRequest(await bearer(world))).toMatchObject({ id: 'east' })
    const key = await newKey('ES256')
    await issuers.add({ id: 'west', iss: 'https://west.example.jp', name: 'west' }, key.publicJwk)
    const west = await bearer(world, { iss: 'https://west.example.jp' }, { key })
    expect(await issuerRequest(west)).toMatchObject({ id: 'west' })
  })

  test('serves once, on every server of the database and after a restart', async () => {
    const world = await newWorld()
    const token = await bearer(world)
    await world.platform.issuerRequest(token)
    expect(await wrong(world, token)).toBe('jti_reused')
    expect(await wrong(await world.another(), token)).toBe('jti_reused')
    const again = await world.reopen()
    expect(await wrong(again, token)).toBe('jti_reused')
    expect(await again.platform.issuerRequest(await bearer(again))).toMatchObject({ id: 'east' })
  })

  test('lets one of two equal ones through that come at once', async () => {
    const world = await newWorld()
    const token = await bearer(world)
    const other = await world.another()
    const both = [world, other].map(({ platform }) => platform.issuerRequest(token))
    const settled = await Promise.allSettled(both)
    expect(settled.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  })

  test('has a jti that another issuer may use as well', async () => {
    const world = await newWorld()
    const key = await newKey()
    const iss = 'https://west.example.jp'
    await world.platform.issuers.add({ id: 'west', iss, name: 'west' }, key.publicJwk)
    await world.platform.issuerRequest(await bearer(world, { jti: JTI }))
    const west = await bearer(world, { jti: JTI, iss }, { key })
    expect(await world.platform.issuerRequest(west)).toMatchObject({ id: 'west' })
  })

  test.each([
    [NOW - 300, undefined],
    [NOW - 301, 'iat_too_old'],
    [NOW + 300, undefined],
    [NOW + 301, 'iat_in_future'],
  ])('dated %i is fresh, or is refused as %s', async (iat, code) => {
    const world = await newWorld()
    const token = await bearer(world, { iat })
    if (code) expect(await wrong(world, token)).toBe(code)
    else expect(await world.platform.issuerRequest(token)).toMatchObject({ id: 'east' })
  })

  test.each([
    ['audience_mismatch', { aud: 'https://other.example' }],
    ['issuer_mismatch', { iss: 'https://west.example.jp' }],
    ['claim_missing', { jti: undefined }],
    ['claim_missing', { iat: undefined }],
    ['claim_invalid', { jti: JTI.toUpperCase() }],
    ['claim_invalid', { exp: NOW + 300 }],
    ['claim_invalid', { sub: '12345-678901' }],
    ['claim_invalid', { iat: NOW + 0.5 }],
    ['payload_unsafe_number', { iat: 2 ** 53 }],
  ])('is refused for %s and not used up: %j', async (code, change) => {
    const world = await newWorld()
    expect(await wrong(world, await bearer(world, change))).toBe(code)
    expect(await remembered(world)).toEqual([])
  })

  test('is nothing else that the issuer has signed, and nothing that looks like one', async () => {
    const world = await newWorld()
    const [record] = await world.issue()
    const good = await bearer(world)
    const [header, , signature] = good.split('.')
    const [, other] = (await bearer(world)).split('.')
    expect(await wrong(world, record)).toBe('typ_invalid')
    const keyChange = await bearer(world, {}, { typ: 'key-change+jwt' })
    expect(await wrong(world, keyChange)).toBe('typ_invalid')
    expect(await wrong(world, `${header}.${other}.${signature}`)).toBe('signature_invalid')
    expect(await wrong(world, `${good}=`)).toBe('jws_malformed')
    expect(await wrong(world, good.slice(0, -1))).toBe('jws_noncanonical')
    expect(await wrong(world, undefined)).toBe(undefined)
    expect(await world.platform.issuerRequest(good)).toMatchObject({ id: 'east' })
  })

  test('is never a record, though signed under the same key', async () => {
    const world = await newWorld()
    const signed = await signCompact(
      { typ: 'issuer-request+jwt' },
      payload(),
      world.issuer.privateJwk as never,
    )
    expect((await faultOf(world.platform.intake({ record: signed }))).code).toBe('typ_invalid')
  })

  test('needs a key that may sign now', async () => {
    const world = await newWorld()
    const { issuers } = world.platform
    const [unknown, later] = [await newKey(), await newKey()]
    expect(await wrong(world, await bearer(world, {}, { key: unknown }))).toBe('kid_unknown')
    await issuers.keyAdd('east', later.publicJwk, new Date(START + 60_000).toISOString())
    expect(await wrong(world, await bearer(world, {}, { key: later }))).toBe('key_not_yet_valid')
    await issuers.keyRetire('east', world.issuer.kid, new Date(START + 60_000).toISOString())
    expect(await world.platform.issuerRequest(await bearer(world))).toMatchObject({ id: 'east' })
    world.clock.pass(60_000)
    expect(await wrong(world, await bearer(world))).toBe('key_retired')
    const token = await bearer(world, {}, { key: later })
    expect(await world.platform.issuerRequest(token)).toMatchObject({ id: 'east' })
    await issuers.keyRevoke('east', later.kid, 'compromised')
    world.clock.pass(1)
    expect(await wrong(world, await bearer(world, {}, { key: later }))).toBe('key_revoked')
  })

  test('is remembered for longer than it could serve, and then forgotten', async () => {
    const world = await newWorld()
    const token = await bearer(world, { jti: JTI, iat: NOW + 300 })
    await world.platform.issuerRequest(token)
    world.clock.pass(600_000)
    expect(await wrong(world, token)).toBe('jti_reused')
    world.clock.pass(1000)
    expect(await wrong(world, token)).toBe('iat_too_old')
    world.clock.pass(86_400_000)
    await world.platform.issuerRequest(await bearer(world))
    expect(await remembered(world)).toHaveLength(1)
  })

  test('is not blamed where the store fails, and not let through either', async () => {
    const world = await newWorld()
    const broken = { ...world.ports.store, commit: () => Promise.reject(full) }
    const full = new StoreFault('full', 'no room')
    const { issuerRequest } = world.over({ store: broken })
    await expect(issuerRequest(await bearer(world))).rejects.toBe(full)
  })
})
