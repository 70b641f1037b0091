import { expect, test } from 'vitest'
import { base64url } from '../../src/base/bytes.ts'
import type { FaultCode } from '../../src/base/fault.ts'
import { instant } from '../../src/base/time.ts'
import type { RecordPayload } from '../../src/guarantee/record.ts'
import { readRecord } from '../../src/guarantee/record.ts'
import { createdShare, submitted } from '../../src/platform/door/schemas.api.ts'
import type { Ports } from '../../src/ports.ts'
import { StoreFault } from '../../src/store/store.ts'
import { compact, forged, headerOf } from '../platform/compact.ts'
import {
  AUTH_KEY,
  certificate,
  newKey,
  newWorld,
  payload,
  type Signer,
  type World,
} from '../platform/world.ts'
import { PAIR, type Reply, type Served, serve } from './served.ts'

interface Scene extends Served {
  world: World
  keys: Record<'issuer' | 'stranger' | 'future' | 'retired' | 'revoked', Signer>
  /** seq 1 is there; this one would be seq 2. */
  next: RecordPayload
}

interface Change {
  header?: unknown
  payload?: unknown
  key?: keyof Scene['keys']
  authKey?: string
  forge?: boolean
}

type Cause = (scene: Scene) => Promise<Reply>

async function newScene(): Promise<Scene> {
  const world = await newWorld()
  const [stranger, future, retired, revoked] = [
    await newKey(),
    await newKey(),
    await newKey(),
    await newKey(),
  ]
  const { issuers } = world.platform
  await issuers.keyAdd('east', future.publicJwk, instant(world.clock.now() + 86_400_000))
  await issuers.keyAdd('east', retired.publicJwk)
  await issuers.keyAdd('east', revoked.publicJwk)
  world.clock.pass(1000)
  await issuers.keyRetire('east', retired.kid)
  await issuers.keyRevoke('east', revoked.kid, 'superseded')
  world.clock.pass(1000)
  const [first = ''] = await world.issue()
  const prev = base64url(readRecord(first).sha256)
  const keys = { issuer: world.issuer, stranger, future, retired, revoked }
  const next = payload({ seq: 2, prev, event: 'amend' })
  return { ...(await serve(world)), world, keys, next }
}

/** Sends seq 2, changed: header and payload truly signed as they are. */
const submit =
  (change: Change): Cause =>
  async ({ post, keys, next }) => {
    const signer = keys[change.key ?? 'issuer']
    const claims = change.payload ?? {}
    const record = compact(
      typeof change.header === 'string'
        ? change.header
        : { ...headerOf(signer), ...(change.header ?? {}) },
      typeof claims === 'string' ? claims : { ...next, ...claims },
      signer,
    )
    const { authKey } = change
    return post('/v1/records', {
      record: change.forge ? forged(record) : record,
      ...(authKey !== undefined && { authKey }),
    })
  }

/** A request for a new auth key, truly signed. */
const changeKey =
  (change: object): Cause =>
  ({ post, keys, next }) => {
    const { iss, aud, iat, jti, sub } = next
    const claims = { iss, aud, iat, jti, sub, authKeySha256: 'A'.repeat(43), ...change }
    const header = { ...headerOf(keys.issuer), typ: 'key-change+jwt' }
    const request = compact(header, claims, keys.issuer)
    return post('/v1/keys', { request, authKey: AUTH_KEY })
  }

const asJson =
  (body: unknown): Cause =>
  (scene) =>
    scene.post('/v1/records', body)

const certified = (change: Parameters<typeof certificate>[0]): Cause =>
  submit({ payload: { certificate: certificate(change) } })

/** seq 1 of another number. */
const begin = (authKey?: string): Cause => {
  const number = '12345-000001'
  const first = { sub: number, seq: 1, prev: null, event: 'issue' as const }
  const claims = { ...first, certificate: certificate({ contractNumber: number }) }
  return submit({ payload: claims, ...(authKey !== undefined && { authKey }) })
}

/** seq 2 on a platform whose ports are changed. */
const over =
  (change: (world: World) => Partial<Ports>): Cause =>
  async (scene) => {
    const platform = scene.world.over(change(scene.world))
    return submit({})({ ...scene, ...(await serve(scene.world, { platform })) })
  }

const failing = (error: Error): Cause =>
  over(({ ports: { store } }) => ({
    store: { ...store, commit: () => Promise.reject(error) },
  }))

const withClock = (skews: [before: number, after: number]): Cause =>
  over(({ clock }) => {
    let skew = skews[0]
    queueMicrotask(() => {
      skew = skews[1]
    })
    return { clock: { ...clock, now: () => clock.now() + skew } }
  })

const MEMBERS = '"kid":"x","typ":"guarantee-record+jwt"'

/** Status as interface.md "Errors" has it, and one request that is answered so; or what it waits for. */
const CAUSES: Record<
  FaultCode,
  [status: number, cause: Cause] | 'later: tokens' | 'later: budget' | 'on pages alone'
> = {
  body_too_large: [413, asJson(' '.repeat(65_537))],
  media_type: [415, ({ post }) => post('/v1/records', '{}', { 'content-type': 'text/plain' })],
  body_invalid: [400, asJson('{')],
  jws_too_large: [400, asJson({ record: 'a'.repeat(16_385) })],
  jws_malformed: [400, asJson({ record: 'a.b' })],
  jws_noncanonical: [400, asJson({ record: `e30.e30.${'A'.repeat(85)}B` })],
  payload_invalid_json: [400, submit({ payload: '[]' })],
  header_duplicate_member: [400, submit({ header: `{"alg":"Ed25519","alg":"ES256",${MEMBERS}}` })],
  payload_duplicate_member: [400, submit({ payload: '{"iss":"a","iss":"b"}' })],
  payload_unsafe_number: [400, submit({ payload: '{"iat":9007199254740993}' })],
  header_member_missing: [400, submit({ header: `{${MEMBERS}}` })],
  header_member_not_allowed: [400, submit({ header: { crit: [] } })],
  typ_invalid: [400, submit({ header: { typ: 'JWT' } })],
  alg_not_allowed: [401, submit({ header: { alg: 'none' } })],
  claim_missing: [400, submit({ payload: '{}' })],
  claim_invalid: [400, submit({ payload: { ver: 2 } })],
  kid_unknown: [401, submit({ key: 'stranger' })],
  signature_invalid: [401, submit({ forge: true })],
  issuer_mismatch: [403, submit({ payload: { iss: 'https://west.example.jp' } })],
  audience_mismatch: [403, submit({ payload: { aud: 'https://other.example.jp' } })],
  iat_in_future: [422, submit({ payload: { iat: 4_000_000_000 } })],
  iat_too_old: [422, changeKey({ iat: 1_700_000_000 })],
  key_not_yet_valid: [403, submit({ key: 'future' })],
  key_retired: [403, submit({ key: 'retired' })],
  key_revoked: [403, submit({ key: 'revoked' })],
  owner_unknown: [422, certified({ owner: { name: '沼津市長' } })],
  kind_not_accepted: [422, certified({ kind: 'performance_bond' })],
  owner_not_started: [422, certified({ worksContractDate: '2025-11-13' })],
  amount_invalid: [422, certified({ guaranteedAmount: 50_000_001 })],
  auth_key_missing: [400, begin()],
  auth_key_not_expected: [400, submit({ authKey: AUTH_KEY })],
  auth_key_format: [400, begin('Z28YUE4J3Bu')],
  seq_conflict: [409, submit({ payload: { seq: 4 } })],
  prev_mismatch: [409, submit({ payload: { prev: 'A'.repeat(43) } })],
  jti_reused: [
    409,
    async (scene) => {
      const other = '12345-000001'
      const jti = scene.next.jti
      const record = await scene.world.sign(payload({ sub: other, jti }))
      await scene.world.platform.intake({ record, authKey: AUTH_KEY })
      return submit({})(scene)
    },
  ],
  state_conflict: [409, submit({ payload: { event: 'correct', targetSeq: 9, reason: '誤記' } })],
  log_busy: [503, failing(new StoreFault('conflict', undefined))],
  log_rollback_detected: [
    503,
    over(({ ports: { guard } }) => ({
      guard: { ...guard, read: async () => ({ state: 'absent' }) },
    })),
  ],
  clock_behind: [503, withClock([-60_000, -60_000])],
  clock_jump: [503, withClock([0, 601_000])],
  disk_full: [503, failing(new StoreFault('full', undefined))],
  store_unavailable: [503, failing(new StoreFault('unavailable', undefined))],
  not_found: [404, ({ get }) => get('/v1/nothing')],
  method_not_allowed: [405, ({ get }) => get('/v1/lookup')],
  not_found_or_key_mismatch: [
    404,
    ({ post }) => post('/v1/lookup', { ...PAIR, authKey: 'Z28YUE4J3Buy' }),
  ],
  share_expired_or_revoked: [
    410,
    async ({ post }) => {
      const { id, url } = (await post('/v1/shares', PAIR)).read(createdShare)
      await post(`/v1/shares/${id}/revoke`, PAIR)
      return post('/v1/shares/open', { token: url.split('#')[1] })
    },
  ],
  token_invalid: [401, ({ get }) => get('/v1/issuer/events')],
  token_scope: 'later: tokens',
  role_not_allowed: 'on pages alone',
  rate_limited: 'later: budget',
  internal: [500, failing(new Error('a fault of ours'))],
}

test('every fault of this product is met over HTTP, with its status, and then nothing was stored', async () => {
  const scene = await newScene()
  const head = await scene.get('/log/checkpoint')
  for (const [code, row] of Object.entries(CAUSES)) {
    if (typeof row === 'string') continue
    const [status, cause] = row
    const reply = await cause(code === 'jti_reused' ? await newScene() : scene)
    expect([code, reply.status]).toEqual([code, status])
    expect(reply.problem().code).toBe(code)
  }
  expect((await scene.get('/log/checkpoint')).text).toBe(head.text)
  const good = await submit({})(scene)
  expect([good.status, good.read(submitted).receipt.seq]).toEqual([201, 2])
})

test('who comes by another method is told the one that there is', async () => {
  const { get, post } = await newScene()
  expect((await get('/v1/records/batch')).headers.get('allow')).toBe('POST')
  expect((await post('/v1/issuers', {})).headers.get('allow')).toBe('GET, HEAD')
  expect((await get('/v1/issuers')).headers.has('allow')).toBe(false)
})

test('who may try again soon is told when', async () => {
  const scene = await newScene()
  const [, busy] = CAUSES.log_busy as [number, Cause]
  const [, conflict] = CAUSES.seq_conflict as [number, Cause]
  expect((await busy(scene)).headers.get('retry-after')).toBe('1')
  expect((await conflict(scene)).headers.has('retry-after')).toBe(false)
})
