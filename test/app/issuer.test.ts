import { describe, expect, test } from 'vitest'
import { submitted } from '../../src/platform/door/schemas.api.ts'
import { ownEvents, ownHead, ownKey } from '../../src/platform/issuer/schemas.api.ts'
import { bearer } from '../platform/bearer.ts'
import { AUTH_KEY, NUMBER, newKey, newWorld, payload, type Signer } from '../platform/world.ts'
import { PAIR, type Reply, serve } from './served.ts'

const HEAD = `/v1/issuer/records/${NUMBER}/head`
const EVENTS = '/v1/issuer/events'
const WEST = 'https://west.example.jp'

/** East with the sample, west with a number of its own, and how either asks. */
async function twoIssuers() {
  const world = await newWorld()
  const served = await serve(world)
  const key = await newKey()
  await world.platform.issuers.add({ id: 'west', iss: WEST, name: 'west' }, key.publicJwk)
  await world.issue()
  const record = await world.sign(payload({ sub: '12345-000002', iss: WEST }), key)
  await world.platform.intake({ record, authKey: AUTH_KEY })
  const send = (path: string, authorization: string) =>
    served.request(path, { headers: { authorization } })
  return {
    world,
    served,
    send,
    east: async (path: string) => send(path, `Bearer ${await bearer(world)}`),
    west: async (path: string) =>
      send(path, `Bearer ${await bearer(world, { iss: WEST }, { key })}`),
  }
}

/** Why a bearer was refused, as programs read it. */
function reasonOf(reply: Reply): string | undefined {
  const { code, errors, detail } = reply.problem()
  expect([reply.status, code]).toEqual([401, 'token_invalid'])
  expect(reply.headers.get('www-authenticate')).toBe('Bearer')
  expect(detail).toMatch(/Send|The bearer is refused/)
  return errors?.[0]?.code
}

describe('GET /v1/issuer/records/:contractNumber/head', () => {
  test('gives the newest record, and what was answered when it arrived', async () => {
    const { world, served, east } = await twoIssuers()
    const record = await world.sign(payload({ sub: '12345-000003' }))
    const sent = await served.post('/v1/records', { record, authKey: AUTH_KEY })
    const { receipt } = sent.read(submitted)
    const reply = await east('/v1/issuer/records/12345-000003/head')
    expect(reply.status).toBe(200)
    const head = reply.read(ownHead)
    expect(head).toMatchObject({ seq: 1, record, state: 'in_force', arrivedAt: receipt.arrivedAt })
    expect(sent.text).toContain(JSON.stringify(head.receipt))
  })

  test('finds a number in any spelling that a URL can carry', async () => {
    const { east } = await twoIssuers()
    for (const spelling of ['１２３４５－６７８９０１', '12345678901', '12345 678901']) {
      const reply = await east(`/v1/issuer/records/${encodeURIComponent(spelling)}/head`)
      expect(reply.read(ownHead).contractNumber).toBe(NUMBER)
    }
  })

  test('answers for another company’s number as for one that nobody has', async () => {
    const { east, west } = await twoIssuers()
    const [others, nobodys] = [
      await east('/v1/issuer/records/12345-000002/head'),
      await east('/v1/issuer/records/12345-999999/head'),
    ]
    expect([others.status, nobodys.status]).toEqual([404, 404])
    const [one, other] = [others.problem(), nobodys.problem()]
    expect({ ...one, instance: '' }).toEqual({ ...other, instance: '' })
    expect(one.code).toBe('not_found')
    expect((await west('/v1/issuer/records/12345-000002/head')).status).toBe(200)
    expect((await west(HEAD)).status).toBe(404)
  })
})

describe('POST /v1/issuer/records/:contractNumber/key', () => {
  test('says which key is in force, and a no counts for no failed try and is nobody’s', async () => {
    const { world, served } = await twoIssuers()
    const ask = async (contractNumber: string, authKey: string) =>
      served.request(`/v1/issuer/records/${contractNumber}/key`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${await bearer(world)}`,
          'content-type': 'application/json',
        },
        body: JSON.stringify({ authKey }),
      })
    const right = await ask(NUMBER, AUTH_KEY)
    expect(right.read(ownKey)).toEqual({ contractNumber: NUMBER, opens: true })
    for (let times = 0; times < 30; times++) {
      expect((await ask(NUMBER, 'Z28YUE4J3Bur')).read(ownKey).opens).toBe(false)
    }
    const notes = await world.ports.store.all(
      world.ports.store.db.selectFrom('accessNote').select('kind').compile(),
    )
    expect(notes).toEqual([])
    const wrong = await served.post('/v1/lookup', { ...PAIR, authKey: 'Z28YUE4J3Bur' })
    expect([wrong.status, wrong.problem().code]).toEqual([404, 'not_found_or_key_mismatch'])
    const foreign = await ask('12345-000002', AUTH_KEY)
    expect([foreign.status, foreign.problem().code]).toEqual([404, 'not_found'])
    const unsigned = await served.post(`/v1/issuer/records/${NUMBER}/key`, { authKey: AUTH_KEY })
    expect(reasonOf(unsigned)).toBe(undefined)
  })
})

describe('the bearer of an issuer’s program', () => {
  test('serves for one call, whatever that call was answered', async () => {
    const { world, send } = await twoIssuers()
    const authorization = `Bearer ${await bearer(world)}`
    expect((await send('/v1/issuer/records/1/head', authorization)).status).toBe(404)
    expect(reasonOf(await send(HEAD, authorization))).toBe('jti_reused')
    expect(reasonOf(await send(EVENTS, authorization))).toBe('jti_reused')
  })

  test('is refused with the reason, and its near twin is taken', async () => {
    const { world, send } = await twoIssuers()
    const now = world.clock.now() / 1000
    const west = await newKey()
    await world.platform.issuers.keyAdd('west', west.publicJwk)
    const refused: [string, object, { key?: Signer; typ?: string }?][] = [
      ['iat_too_old', { iat: now - 301 }],
      ['iat_in_future', { iat: now + 301 }],
      ['audience_mismatch', { aud: 'https://other.example' }],
      ['issuer_mismatch', {}, { key: west }],
      ['kid_unknown', {}, { key: await newKey() }],
      ['typ_invalid', {}, { typ: 'key-change+jwt' }],
      ['claim_invalid', { sub: NUMBER }],
    ]
    for (const [reason, change, signed] of refused) {
      const authorization = `Bearer ${await bearer(world, change, signed)}`
      expect(reasonOf(await send(HEAD, authorization))).toBe(reason)
    }
    expect((await send(HEAD, `Bearer ${await bearer(world, { iat: now - 300 })}`)).status).toBe(200)
    await world.platform.issuers.keyRetire('east', world.issuer.kid)
    expect((await send(HEAD, `Bearer ${await bearer(world)}`)).status).toBe(200)
    world.clock.pass(1)
    expect(reasonOf(await send(HEAD, `Bearer ${await bearer(world)}`))).toBe('key_retired')
  })

  test('stands in one header, as RFC 6750 spells it', async () => {
    const { world, send, served } = await twoIssuers()
    const token = await bearer(world)
    expect(reasonOf(await served.get(HEAD))).toBe(undefined)
    expect(reasonOf(await served.get(`${HEAD}?access_token=${token}`))).toBe(undefined)
    for (const spelled of [token, `Basic ${token}`, 'Bearer', `Bearer ${token} ${token}`]) {
      expect(reasonOf(await send(HEAD, spelled))).toBe(undefined)
    }
    expect(reasonOf(await send(HEAD, `Bearer ${token},`))).toBe('jws_malformed')
    expect((await send(HEAD, `bearer ${token}`)).status).toBe(200)
  })
})

describe('GET /v1/issuer/events', () => {
  test('is followed with the cursor of the last event', async () => {
    const { east, served } = await twoIssuers()
    const first = (await east(`${EVENTS}?limit=1`)).read(ownEvents)
    expect(first.items).toMatchObject([{ kind: 'key-add' }])
    const rest = (await east(`${EVENTS}?cursor=${first.next}`)).read(ownEvents)
    expect(rest).toMatchObject({ items: [{ kind: 'record', contractNumber: NUMBER, seq: 1 }] })
    expect(rest.next).toBe(undefined)
    await served.post('/v1/lookup', { ...PAIR, checker: { name: '山田花子' } })
    const later = await east(`${EVENTS}?cursor=${rest.items[0]?.cursor}`)
    expect(later.read(ownEvents).items).toMatchObject([{ kind: 'lookup', contractNumber: NUMBER }])
    expect(later.text).not.toContain('山田')
  })

  test('tells either company of its own alone', async () => {
    const { east, west } = await twoIssuers()
    const numbersOf = async (reply: Promise<Reply>) =>
      (await reply).read(ownEvents).items.map((item) => item.contractNumber)
    expect(await numbersOf(east(EVENTS))).toEqual([undefined, NUMBER])
    expect(await numbersOf(west(EVENTS))).toEqual([undefined, '12345-000002'])
    const { items } = (await west(EVENTS)).read(ownEvents)
    const stolen = await east(`${EVENTS}?cursor=${items.at(-1)?.cursor}`)
    expect([stolen.status, stolen.problem().code]).toEqual([400, 'body_invalid'])
    expect(stolen.problem().errors).toMatchObject([{ field: 'cursor' }])
  })

  test.each(['0', '1001', '-1', '1.5', '01', 'x', ''])(
    'limit %j is refused, 1000 is not',
    async (limit) => {
      const { east } = await twoIssuers()
      const reply = await east(`${EVENTS}?limit=${limit}`)
      expect([reply.status, reply.problem().code]).toEqual([400, 'body_invalid'])
      expect(reply.problem().errors).toMatchObject([{ field: 'limit' }])
      expect((await east(`${EVENTS}?limit=1000`)).read(ownEvents).items).toHaveLength(2)
    },
  )
})
