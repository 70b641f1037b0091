import { describe, expect, test } from 'vitest'
import { parseTrust } from '../../src/log/bundle.ts'
import { codeOf, faultOf } from './fault-of.ts'
import { AUTH_KEY, newKey, newWorld, payload } from './world.ts'

const WEST = { id: 'west', iss: 'https://west.example.jp', name: '西' }

describe('an issuer', () => {
  test('is registered once, by id and by iss', async () => {
    const { issuers } = (await newWorld()).platform
    await issuers.add(WEST)
    expect(await codeOf(issuers.add({ ...WEST, iss: 'https://else.example.jp' }))).toBe(
      'state_conflict',
    )
    expect(await codeOf(issuers.add({ ...WEST, id: 'else' }))).toBe('state_conflict')
    await issuers.add({ ...WEST, id: 'else', iss: 'https://else.example.jp' })
    expect((await issuers.list()).map(({ id }) => id)).toEqual(['east', 'else', 'west'])
  })

  test('with wrong members is refused with all of them named', async () => {
    const { issuers } = (await newWorld()).platform
    const wrong = { id: 'West!', iss: 'west', name: ' ', class: 'shop', numberPattern: '(' }
    const { code, errors } = await faultOf(issuers.add(wrong))
    expect(code).toBe('body_invalid')
    expect(errors?.map(({ field }) => field)).toEqual([
      'id',
      'iss',
      'name',
      'class',
      'numberPattern',
    ])
  })

  test('is named and reached in text that a page can show', async () => {
    const { issuers } = (await newWorld()).platform
    for (const unfit of ['西\u0007', '西\ud800', '西'.repeat(201)]) {
      for (const field of ['name', 'phone', 'hours', 'url']) {
        const fault = await faultOf(issuers.add({ ...WEST, [field]: unfit }))
        expect([fault.code, fault.errors?.[0]?.field]).toEqual(['body_invalid', field])
      }
    }
    await issuers.add({ ...WEST, name: '西'.repeat(200), phone: '03-0000-0000', hours: '平日' })
  })

  test('is registered with its first key, or not at all', async () => {
    const world = await newWorld()
    const { issuers } = world.platform
    const { kid, publicJwk } = await newKey()
    const taken = world.issuer.publicJwk
    expect(await codeOf(issuers.add(WEST, taken))).toBe('state_conflict')
    expect(await codeOf(issuers.add(WEST, { ...publicJwk, x: 'A' }))).toBe('claim_invalid')
    expect((await issuers.list()).map(({ id }) => id)).toEqual(['east'])
    expect(await issuers.add(WEST, publicJwk)).toBe(kid)
    expect((await issuers.list())[1]).toMatchObject({ ...WEST, keys: [{ kid }] })
    // A second try is told so, and leaves no key behind.
    const other = await newKey()
    expect(await codeOf(issuers.add(WEST, other.publicJwk))).toBe('state_conflict')
    const { db } = world.ports.store
    const keys = await world.ports.store.all(db.selectFrom('issuerKey').select('kid').compile())
    expect(keys).toHaveLength(2)
    const entries = db.selectFrom('logEntry').select('position').compile()
    expect(await world.ports.store.all(entries)).toHaveLength(2)
  })

  test('of several at once under one id is the first, and the others are told so alone', async () => {
    const { issuers } = (await newWorld()).platform
    const [one, other, third] = await Promise.all([newKey(), newKey(), newKey()])
    const east = { ...WEST, id: 'else', iss: 'https://else.example.jp' }
    const tries = await Promise.allSettled([
      issuers.add(WEST, one.publicJwk),
      issuers.add({ ...WEST, iss: 'https://other.example.jp' }, other.publicJwk),
      issuers.add({ ...WEST, id: 'other' }, other.publicJwk),
      issuers.add(east, one.publicJwk),
      issuers.add(east, third.publicJwk),
    ])
    expect(tries.map((one) => (one.status === 'rejected' ? one.reason.code : one.value))).toEqual([
      one.kid,
      'state_conflict',
      'state_conflict',
      'state_conflict',
      third.kid,
    ])
    expect((await issuers.list()).map(({ id }) => id)).toEqual(['east', 'else', 'west'])
  })

  test('has an id that the log can name, or is refused before it has a key', async () => {
    const { issuers } = (await newWorld()).platform
    for (const id of ['-', '-west', '', 'a'.repeat(33)]) {
      expect(await codeOf(issuers.add({ ...WEST, id }))).toBe('body_invalid')
    }
    const id = `w${'-'.repeat(31)}`
    await issuers.add({ ...WEST, id })
    await issuers.keyAdd(id, (await newKey()).publicJwk)
  })

  test('takes numbers of its own pattern, whole', async () => {
    const world = await newWorld()
    const { issuers, intake } = world.platform
    const key = await newKey()
    await issuers.add({ ...WEST, numberPattern: 'W[0-9]{4}|V[0-9]{4}' })
    await issuers.keyAdd('west', key.publicJwk)
    const submit = async (sub: string) =>
      intake({ record: await world.sign(payload({ iss: WEST.iss, sub }), key), authKey: AUTH_KEY })
    for (const sub of ['W12345', 'xW1234', '12345-678901']) {
      expect(await codeOf(submit(sub))).toBe('claim_invalid')
    }
    expect(await submit('V1234')).toMatchObject({ fresh: true })
  })

  test('has a pattern that nobody can keep the platform busy with, or is refused', async () => {
    const world = await newWorld()
    const { issuers, intake } = world.platform
    const add = (id: string, numberPattern: string) =>
      issuers.add({ ...WEST, id, iss: `https://${id}.example.jp`, numberPattern })
    const { errors } = await faultOf(add('slow', '^([0-9A-Z]+-?)+$'))
    expect(errors?.map(({ field }) => field)).toEqual(['numberPattern'])
    await add('west', '^[0-9A-Z]{1,20}-?[0-9A-Z]{1,20}$')
    const key = await newKey()
    await issuers.keyAdd('west', key.publicJwk)
    const forged = await world.sign(
      payload({ iss: 'https://west.example.jp', sub: `${'A'.repeat(199)}!` }),
      key,
    )
    const start = performance.now()
    const { code } = await faultOf(intake({ record: forged, authKey: AUTH_KEY }))
    expect([code, performance.now() - start < 1000]).toEqual(['claim_invalid', true])
  })

  test('spells a number one way: another spelling of it is the same guarantee', async () => {
    const world = await newWorld()
    const { issuers, intake } = world.platform
    const key = await newKey()
    await issuers.add({ ...WEST, numberPattern: '[A-Za-z]-?[0-9]{4}' })
    await issuers.keyAdd('west', key.publicJwk)
    const first = await world.sign(payload({ iss: WEST.iss, sub: 'W-1234' }), key)
    await intake({ record: first, authKey: AUTH_KEY })
    const again = await world.sign(payload({ iss: WEST.iss, sub: 'w1234' }), key)
    expect(await codeOf(intake({ record: again, authKey: AUTH_KEY }))).toBe('seq_conflict')
    const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', Buffer.from(first)))
    const prev = Buffer.from(hash).toString('base64url')
    const change = { iss: WEST.iss, seq: 2, prev, event: 'amend' as const }
    const other = await world.sign(payload({ ...change, sub: 'w1234' }), key)
    expect(await codeOf(intake({ record: other }))).toBe('state_conflict')
    const same = await world.sign(payload({ ...change, sub: 'W-1234' }), key)
    expect(await intake({ record: same })).toMatchObject({ fresh: true })
  })
})

describe('a key', () => {
  test('that is weak, private, malformed or of another algorithm is refused and leaves no entry', async () => {
    const world = await newWorld()
    const { issuers } = world.platform
    const { privateJwk, publicJwk } = await newKey()
    const identity = Buffer.alloc(32)
    identity[0] = 1
    const ec = (await newKey('ES256')).publicJwk
    const { privateJwk: rsa } = { privateJwk: { kty: 'RSA', n: 'AQAB', e: 'AQAB' } }
    for (const weak of [
      privateJwk,
      { kty: 'OKP', crv: 'Ed25519', x: identity.toString('base64url') },
      { kty: 'OKP', crv: 'Ed25519', x: Buffer.alloc(32, 255).toString('base64url') },
      { ...publicJwk, x: `${publicJwk.x}A` },
      { ...ec, y: ec.x },
      { ...publicJwk, alg: 'ES256' },
      rsa,
      null,
    ]) {
      expect(await codeOf(issuers.keyAdd('east', weak))).toBe('claim_invalid')
    }
    const rows = await world.ports.store.db.selectFrom('logEntry').selectAll().execute()
    expect(rows).toHaveLength(1)
    await issuers.keyAdd('east', publicJwk)
  })

  test('belongs to one issuer, once', async () => {
    const world = await newWorld()
    const { issuers } = world.platform
    await issuers.add(WEST)
    expect(await codeOf(issuers.keyAdd('east', world.issuer.publicJwk))).toBe('state_conflict')
    expect(await codeOf(issuers.keyAdd('west', world.issuer.publicJwk))).toBe('state_conflict')
    expect(await codeOf(issuers.keyAdd('north', (await newKey()).publicJwk))).toBe('not_found')
  })

  test('ends once, and after it was retired may still be revoked', async () => {
    const world = await newWorld()
    const { issuers } = world.platform
    const { kid } = world.issuer
    await issuers.keyRetire('east', kid)
    expect(await codeOf(issuers.keyRetire('east', kid))).toBe('state_conflict')
    await issuers.keyRevoke('east', kid, 'superseded')
    expect(await codeOf(issuers.keyRevoke('east', kid, 'compromised'))).toBe('state_conflict')
    expect(await codeOf(issuers.keyRetire('east', kid))).toBe('state_conflict')
    expect(await codeOf(issuers.keyRetire('east', 'A'.repeat(43)))).toBe('not_found')
    await issuers.add(WEST)
    expect(await codeOf(issuers.keyRetire('west', kid))).toBe('not_found')
  })

  test('is dated by an instant, not by a day or a word', async () => {
    const world = await newWorld()
    const { issuers } = world.platform
    const { publicJwk } = await newKey()
    for (const at of ['2026-02-03', '2026-02-03T05:00:00Z', '2026-02-30T00:00:00.000Z', 'now']) {
      expect(await codeOf(issuers.keyAdd('east', publicJwk, at))).toBe('body_invalid')
    }
    await issuers.keyAdd('east', publicJwk, '2026-02-03T05:00:00.000Z')
  })

  test('is told in the trust document with its times, which is one that a verifier takes', async () => {
    const world = await newWorld()
    const { issuers, trust } = world.platform
    const { kid, publicJwk } = await newKey('ES256')
    await issuers.keyAdd('east', publicJwk, '2026-02-04T00:00:00.000Z')
    world.clock.pass(1000)
    await issuers.keyRetire('east', world.issuer.kid, '2026-03-01T00:00:00.000Z')
    await issuers.keyRevoke('east', kid, 'compromised', '2026-02-03T05:00:00.500Z')
    const document = await trust()
    expect(parseTrust(JSON.parse(JSON.stringify(document)))).toEqual(document)
    expect(document.issuers[0]?.keys).toMatchObject([
      { kid: world.issuer.kid, alg: 'Ed25519', retiredAt: '2026-03-01T00:00:00.000Z' },
      {
        kid,
        alg: 'ES256',
        notBefore: '2026-02-04T00:00:00.000Z',
        revokedAt: '2026-02-03T05:00:01.000Z',
        compromisedSince: '2026-02-03T05:00:00.500Z',
      },
    ])
  })
})
