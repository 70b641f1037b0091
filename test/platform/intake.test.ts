import { describe, expect, test } from 'vitest'
import { base64url } from '../../src/base/bytes.ts'
import { type RecordPayload, readRecord } from '../../src/guarantee/record.ts'
import { compact, headerOf } from './compact.ts'
import { codeOf, faultOf } from './fault-of.ts'
import {
  AUTH_KEY,
  certificate,
  NUMBER,
  newKey,
  newWorld,
  payload,
  type Signer,
  type World,
} from './world.ts'

/** Another issuer on the same platform, with a key of its own. */
async function register(world: World, id: string): Promise<Signer> {
  const key = await newKey()
  await world.platform.issuers.add({ id, iss: `https://${id}.example.jp`, name: id })
  await world.platform.issuers.keyAdd(id, key.publicJwk)
  return key
}

async function issueAs(world: World, id: string, key: Signer, authKey: string) {
  const record = await world.sign(payload({ iss: `https://${id}.example.jp` }), key)
  return world.platform.intake({ record, authKey })
}

async function logSize(world: World): Promise<number> {
  const rows = await world.ports.store.db.selectFrom('logEntry').select('position').execute()
  return rows.length
}

describe('the gate stands before everything else', () => {
  const gate: [string, (header: object, body: RecordPayload) => [unknown, unknown]][] = [
    ['header_member_not_allowed', (header, body) => [{ ...header, crit: ['exp'] }, body]],
    ['header_member_missing', ({ ...header }, body) => [{ ...header, kid: undefined }, body]],
    [
      'header_duplicate_member',
      (header, body) => [JSON.stringify(header).replace('{', '{"typ":"x",'), body],
    ],
    [
      'payload_duplicate_member',
      (header, body) => [header, JSON.stringify(body).replace('{', '{"seq":1,')],
    ],
    [
      'payload_unsafe_number',
      (header, body) => [header, JSON.stringify(body).replace('50000000', '9007199254740993')],
    ],
    ['payload_invalid_json', (header) => [header, '[]']],
    ['alg_not_allowed', (header, body) => [{ ...header, alg: 'HS256' }, body]],
    ['claim_invalid', (header, body) => [header, { ...body, remark: 'x' }]],
    ['jws_too_large', (header, body) => [header, { ...body, remark: 'x'.repeat(20_000) }]],
  ]
  test('each fault of form is answered although the signature holds, and nothing is stored', async () => {
    const world = await newWorld()
    for (const [code, spoil] of gate) {
      const record = compact(...spoil(headerOf(world.issuer), payload()), world.issuer)
      expect(await codeOf(world.platform.intake({ record, authKey: AUTH_KEY }))).toBe(code)
    }
    const record = compact(headerOf(world.issuer), payload(), world.issuer)
    for (const other of [`${record}=`, `${record}\n`, record.replace('.', '..')]) {
      expect(await codeOf(world.platform.intake({ record: other, authKey: AUTH_KEY }))).toBe(
        'jws_malformed',
      )
    }
    expect(await logSize(world)).toBe(1)
    expect(await world.platform.intake({ record, authKey: AUTH_KEY })).toMatchObject({
      fresh: true,
    })
  })
})

describe('the auth key', () => {
  test('comes with seq 1, in its form, and with no later one', async () => {
    const world = await newWorld()
    const record = await world.sign(payload())
    expect(await codeOf(world.platform.intake({ record }))).toBe('auth_key_missing')
    for (const authKey of ['', 'Z28YUE4J3Bu', 'Z28YUE4J3Bu-', 'Z28YUE4J3Buxx', 'Ｚ28YUE4J3Bux']) {
      expect(await codeOf(world.platform.intake({ record, authKey }))).toBe('auth_key_format')
    }
    expect(await world.platform.intake({ record, authKey: AUTH_KEY })).toMatchObject({
      fresh: true,
    })
    const next = await world.sign(
      payload({ seq: 2, prev: base64url(readRecord(record).sha256), event: 'amend' }),
    )
    expect(await codeOf(world.platform.intake({ record: next, authKey: AUTH_KEY }))).toBe(
      'auth_key_not_expected',
    )
    expect(await world.platform.intake({ record: next })).toMatchObject({ fresh: true })
  })
})

describe('keys at arrival', () => {
  test('a key counts from its notBefore on, and not a millisecond earlier', async () => {
    const world = await newWorld()
    const key = await newKey()
    const notBefore = new Date(world.clock.now() + 60_000).toISOString()
    await world.platform.issuers.keyAdd('east', key.publicJwk, notBefore)
    const record = await world.sign(payload(), key)
    world.clock.pass(59_999)
    expect(await codeOf(world.platform.intake({ record, authKey: AUTH_KEY }))).toBe(
      'key_not_yet_valid',
    )
    world.clock.pass(1)
    expect(await world.platform.intake({ record, authKey: AUTH_KEY })).toMatchObject({
      fresh: true,
    })
    expect((await world.lookup()).verdict).toBe('verified')
  })

  test('a key ends now or later; only a compromise reaches back', async () => {
    const world = await newWorld()
    await world.issue()
    const { issuers } = world.platform
    const past = '2026-01-01T00:00:00.000Z'
    const { kid } = world.issuer
    expect(await codeOf(issuers.keyRetire('east', kid, past))).toBe('body_invalid')
    expect(await codeOf(issuers.keyRevoke('east', kid, 'superseded', past))).toBe('body_invalid')
    expect((await world.lookup()).verdict).toBe('verified')
    await issuers.keyRevoke('east', kid, 'compromised', past)
    expect((await world.lookup()).verdict).toBe('failed')
  })

  test.each(['compromised', 'superseded'] as const)(
    'a key is revoked as %s now, not from a time on that is still to come',
    async (reason) => {
      const world = await newWorld()
      const { issuers } = world.platform
      const { kid } = world.issuer
      const at = (ms: number) => new Date(world.clock.now() + ms).toISOString()
      const { code, message } = await faultOf(issuers.keyRevoke('east', kid, reason, at(1)))
      expect([code, message]).toEqual(['body_invalid', expect.stringContaining('still to come')])
      await world.issue()
      world.clock.pass(1)
      await issuers.keyRevoke('east', kid, reason, at(0))
      world.clock.pass(1)
      const record = await world.sign(payload({ sub: '12345-000001' }))
      expect(await codeOf(world.platform.intake({ record, authKey: AUTH_KEY }))).toBe('key_revoked')
    },
  )

  test('a retired and a revoked key take nothing new, and what they signed before stays verified', async () => {
    const world = await newWorld()
    await world.issue()
    await world.platform.issuers.keyRetire('east', world.issuer.kid)
    world.clock.pass(1000)
    const late = await world.sign(payload({ sub: '12345-000001' }))
    expect(await codeOf(world.platform.intake({ record: late, authKey: AUTH_KEY }))).toBe(
      'key_retired',
    )
    await world.platform.issuers.keyRevoke('east', world.issuer.kid, 'superseded')
    expect((await world.lookup()).verdict).toBe('verified')

    const other = await newWorld()
    await other.issue()
    await other.platform.issuers.keyRevoke('east', other.issuer.kid, 'superseded')
    other.clock.pass(1000)
    const [record] = await Promise.all([other.sign(payload({ sub: '12345-000001' }))])
    expect(await codeOf(other.platform.intake({ record, authKey: AUTH_KEY }))).toBe('key_revoked')
  })

  test('a key compromised after the arrival passes with a remark, before it fails', async () => {
    const world = await newWorld()
    await world.issue()
    const after = new Date(world.clock.now()).toISOString()
    await world.platform.issuers.keyRevoke('east', world.issuer.kid, 'compromised', after)
    const [, issuer] = (await world.lookup()).checks
    expect(issuer).toEqual({ id: 'issuer', result: 'pass', code: 'KEY_LATER_REVOKED' })

    const robbed = await newWorld()
    const before = new Date(robbed.clock.now()).toISOString()
    robbed.clock.pass(1000)
    await robbed.issue()
    await robbed.platform.issuers.keyRevoke('east', robbed.issuer.kid, 'compromised', before)
    const answer = await robbed.lookup()
    expect(answer.verdict).toBe('failed')
    expect(answer.checks[1]).toEqual({
      id: 'issuer',
      result: 'fail',
      code: 'KEY_NOT_VALID_AT_ARRIVAL',
    })
  })

  test('a record in the very millisecond in which its key is retired stays verified', async () => {
    const world = await newWorld()
    const record = await world.sign(payload())
    await Promise.all([
      world.platform.intake({ record, authKey: AUTH_KEY }),
      world.platform.issuers.keyRetire('east', world.issuer.kid),
    ])
    expect((await world.lookup()).verdict).toBe('verified')
  })
})

describe('one number, several issuers', () => {
  test("issuer B's record under A's number leaves A's look-up as it was and answers to its own key", async () => {
    const world = await newWorld()
    await world.issue()
    const before = await world.lookup()
    const west = await register(world, 'west')
    await issueAs(world, 'west', west, 'bbbbCCCC2222')
    const after = await world.lookup()
    expect({ ...after.status, asOf: '' }).toEqual({ ...before.status, asOf: '' })
    expect(after.checks).toEqual(before.checks)
    expect(after.history).toEqual(before.history)
    expect(after.issuer.id).toBe('east')
    const own = await world.platform.lookup.byPair(
      { contractNumber: NUMBER, authKey: 'bbbbCCCC2222' },
      {},
    )
    expect(own).toMatchObject({ verdict: 'verified', issuer: { id: 'west' } })
  })

  test("B's key does not sign in A's name, whatever iss it writes", async () => {
    const world = await newWorld()
    const west = await register(world, 'west')
    const record = await world.sign(payload(), west)
    expect(await codeOf(world.platform.intake({ record, authKey: AUTH_KEY }))).toBe(
      'issuer_mismatch',
    )
  })

  test('the third issuer of a number is found when the look-up names it', async () => {
    const world = await newWorld()
    await world.issue()
    const [west, north] = [await register(world, 'west'), await register(world, 'north')]
    await issueAs(world, 'west', west, 'bbbbCCCC2222')
    await issueAs(world, 'north', north, 'ddddEEEE3333')
    const pair = { contractNumber: NUMBER, authKey: 'ddddEEEE3333' }
    expect(await codeOf(world.platform.lookup.byPair(pair, {}))).toBe('not_found_or_key_mismatch')
    const answer = await world.platform.lookup.byPair({ ...pair, issuer: 'north' }, {})
    expect(answer.issuer.id).toBe('north')
  })
})

describe('one chain for each guarantee', () => {
  test('a gap, a fork and another predecessor are refused; the right next one is taken', async () => {
    const world = await newWorld()
    const [first = '', second = ''] = await world.issue({})
    const [prev1, prev2] = [first, second].map((jws) => base64url(readRecord(jws).sha256))
    const send = async (change: Partial<RecordPayload>) =>
      world.platform.intake({ record: await world.sign(payload({ event: 'amend', ...change })) })
    expect(await codeOf(send({ seq: 2, prev: prev1 as string }))).toBe('seq_conflict')
    expect(await codeOf(send({ seq: 4, prev: prev2 as string }))).toBe('seq_conflict')
    expect(await codeOf(send({ seq: 3, prev: prev1 as string }))).toBe('prev_mismatch')
    const again = await world.sign(payload())
    expect(await codeOf(world.platform.intake({ record: again, authKey: AUTH_KEY }))).toBe(
      'seq_conflict',
    )
    expect(await send({ seq: 3, prev: prev2 as string })).toMatchObject({ receipt: { seq: 3 } })
  })

  test('an amendment of a guarantee that was never issued is refused', async () => {
    const world = await newWorld()
    const orphan = await world.sign(payload({ seq: 2, prev: 'A'.repeat(43), event: 'amend' }))
    expect(await codeOf(world.platform.intake({ record: orphan }))).toBe('seq_conflict')
  })

  test("a jti is used once by an issuer, and is another issuer's to use", async () => {
    const world = await newWorld()
    const [first = ''] = await world.issue()
    const { jti } = readRecord(first).payload
    const reused = await world.sign(payload({ sub: '12345-000001', jti }))
    expect(await codeOf(world.platform.intake({ record: reused, authKey: AUTH_KEY }))).toBe(
      'jti_reused',
    )
    const west = await register(world, 'west')
    const record = await world.sign(payload({ iss: 'https://west.example.jp', jti }), west)
    expect(await world.platform.intake({ record, authKey: AUTH_KEY })).toMatchObject({
      fresh: true,
    })
  })

  test('an amendment that changes nothing is taken and remarked on', async () => {
    const world = await newWorld()
    const [first = ''] = await world.issue()
    const prev = base64url(readRecord(first).sha256)
    const record = await world.sign(payload({ seq: 2, prev, event: 'amend' }))
    const { warnings } = await world.platform.intake({ record })
    expect(warnings).toContainEqual({ rule: 'history', code: 'no_change', severity: 'info' })
    const changed = payload({
      seq: 3,
      prev: base64url(readRecord(record).sha256),
      event: 'amend',
      certificate: certificate({ guaranteedAmount: 19_000_000 }),
    })
    const next = await world.platform.intake({ record: await world.sign(changed) })
    expect(next.warnings.map(({ code }) => code)).not.toContain('no_change')
  })
})
