import { expect, test } from 'vitest'
import type { FaultCode } from '../../src/base/fault.ts'
import type { RecordPayload } from '../../src/guarantee/record.ts'
import { compact, forged, headerOf } from './compact.ts'
import { faultOf } from './fault-of.ts'
import { AUTH_KEY, newKey, newWorld, payload, type Signer, type World } from './world.ts'

/** A submission before it is signed. */
interface Plan {
  header: Record<string, unknown>
  payload: Record<string, unknown> & { certificate: Record<string, unknown> }
  key: Signer
  forge: boolean
  authKey?: string
}

interface Scene {
  world: World
  /** seq 1 and 2 of the sample. */
  records: string[]
  first: RecordPayload
  stranger: Signer
  retired: Signer
}

type Spoil = (plan: Plan, scene: Scene) => unknown

const signedBy =
  (signer: 'stranger' | 'retired'): Spoil =>
  (plan, scene) => {
    plan.key = scene[signer]
    plan.header.kid = scene[signer].kid
  }

/** One way into each fault, in the order of interface.md "Errors"; rows of one slot exclude each other. */
const FAULTS: { code: FaultCode; slot: string; spoil: Spoil }[] = [
  {
    code: 'typ_invalid',
    slot: 'typ',
    spoil: ({ header }) => Object.assign(header, { typ: 'JWT' }),
  },
  {
    code: 'claim_missing',
    slot: 'depositBank',
    spoil: ({ payload }) => void Reflect.deleteProperty(payload.certificate, 'terms'),
  },
  {
    code: 'claim_invalid',
    slot: 'bank',
    spoil: ({ payload: { certificate } }) => Object.assign(certificate, { lowBid: 'no' }),
  },
  { code: 'kid_unknown', slot: 'key', spoil: signedBy('stranger') },
  {
    code: 'alg_not_allowed',
    slot: 'alg',
    spoil: ({ header }) => Object.assign(header, { alg: 'ES256' }),
  },
  {
    code: 'claim_invalid',
    slot: 'sub',
    spoil: ({ payload }) => {
      payload.sub = '99999-99999X'
      payload.certificate.contractNumber = '99999-99999X'
    },
  },
  {
    code: 'signature_invalid',
    slot: 'signature',
    spoil: (plan) => Object.assign(plan, { forge: true }),
  },
  {
    code: 'issuer_mismatch',
    slot: 'iss',
    spoil: ({ payload }) => Object.assign(payload, { iss: 'https://west.example.jp' }),
  },
  {
    code: 'audience_mismatch',
    slot: 'aud',
    spoil: ({ payload }) => Object.assign(payload, { aud: 'https://other.example.jp' }),
  },
  {
    code: 'iat_in_future',
    slot: 'iat',
    spoil: ({ payload }, { world }) =>
      Object.assign(payload, { iat: world.clock.now() / 1000 + 301 }),
  },
  { code: 'key_retired', slot: 'key', spoil: signedBy('retired') },
  {
    code: 'owner_unknown',
    slot: 'owner',
    spoil: ({ payload: { certificate } }) =>
      Object.assign(certificate, { owner: { name: '沼津市長' } }),
  },
  {
    code: 'kind_not_accepted',
    slot: 'kind',
    spoil: ({ payload: { certificate } }) =>
      Object.assign(certificate, { kind: 'performance_bond' }),
  },
  {
    code: 'owner_not_started',
    slot: 'date',
    spoil: ({ payload: { certificate } }) =>
      Object.assign(certificate, { worksContractDate: '2025-11-13' }),
  },
  {
    code: 'amount_invalid',
    slot: 'amount',
    spoil: ({ payload: { certificate } }) =>
      Object.assign(certificate, { guaranteedAmount: 50_000_001 }),
  },
  {
    code: 'auth_key_not_expected',
    slot: 'authKey',
    spoil: (plan) => Object.assign(plan, { authKey: AUTH_KEY }),
  },
  { code: 'seq_conflict', slot: 'seq', spoil: ({ payload }) => Object.assign(payload, { seq: 4 }) },
  {
    code: 'prev_mismatch',
    slot: 'prev',
    spoil: ({ payload }) => Object.assign(payload, { prev: 'A'.repeat(43) }),
  },
  {
    code: 'jti_reused',
    slot: 'jti',
    spoil: ({ payload }, { first }) => Object.assign(payload, { jti: first.jti }),
  },
  {
    code: 'state_conflict',
    slot: 'event',
    spoil: ({ payload }) => {
      Object.assign(payload, { event: 'correct', targetSeq: 9, reason: '取り違え' })
    },
  },
]

async function newScene(): Promise<Scene> {
  const world = await newWorld()
  const [stranger, retired] = [await newKey(), await newKey()]
  await world.platform.issuers.keyAdd('east', retired.publicJwk)
  world.clock.pass(1000)
  await world.platform.issuers.keyRetire('east', retired.kid)
  world.clock.pass(1000)
  const records = await world.issue({})
  const first = JSON.parse(Buffer.from(records[0]?.split('.')[1] ?? '', 'base64url').toString())
  return { world, records, first, stranger, retired }
}

async function submit(scene: Scene, ...spoils: Spoil[]) {
  const { world, records } = scene
  const prev = Buffer.from(
    await crypto.subtle.digest('SHA-256', new TextEncoder().encode(records[1] ?? '')),
  ).toString('base64url')
  const plan: Plan = {
    header: headerOf(world.issuer),
    payload: structuredClone(payload({ seq: 3, prev, event: 'amend' })) as never,
    key: world.issuer,
    forge: false,
  }
  for (const spoil of spoils) spoil(plan, scene)
  const record = compact(plan.header, plan.payload, plan.key)
  const { authKey } = plan
  return world.platform.intake({
    record: plan.forge ? forged(record) : record,
    ...(authKey !== undefined && { authKey }),
  })
}

test('each fault is answered alone, and with any later one beside it the earlier is named', async () => {
  const scene = await newScene()
  const before = (await scene.world.lookup()).checkpoint
  for (const [i, { code, slot, spoil }] of FAULTS.entries()) {
    const found = [(await faultOf(submit(scene, spoil))).code]
    for (const later of FAULTS.slice(i + 1)) {
      if (later.slot !== slot) found.push((await faultOf(submit(scene, later.spoil, spoil))).code)
    }
    expect([slot, ...new Set(found)]).toEqual([slot, code])
  }
  expect((await scene.world.lookup()).checkpoint).toEqual(before)
  expect(await submit(scene)).toMatchObject({ fresh: true, receipt: { seq: 3 } })
})

test('no fault tells what is inside, and each has a sentence with a cure', async () => {
  const scene = await newScene()
  for (const { spoil } of FAULTS) {
    const { message } = await faultOf(submit(scene, spoil))
    expect(message).not.toMatch(
      /sqlite|select |insert |\bat .*\.ts|node_modules|undefined|\[object|NaN/i,
    )
    expect(message.length).toBeGreaterThan(20)
  }
})

test('a record of the same content is known before anything about key or owner is asked', async () => {
  const { world, records } = await newScene()
  await world.platform.issuers.keyRetire('east', world.issuer.kid)
  world.clock.pass(1000)
  const [first = '', second = ''] = records
  expect(await world.platform.intake({ record: second })).toMatchObject({ fresh: false })
  // The auth key that comes with an equal seq 1 is not looked at.
  expect(await world.platform.intake({ record: first })).toMatchObject({ fresh: false })
  expect(await world.platform.intake({ record: first, authKey: '?' })).toMatchObject({
    fresh: false,
  })
})
