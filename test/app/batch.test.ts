import { describe, expect, test } from 'vitest'
import { authKeyDigest } from '../../src/guarantee/key-change.ts'
import { signCompact } from '../../src/guarantee/record.ts'
import { batchLine, keyChanged } from '../../src/platform/door/schemas.api.ts'
import { AUTH_KEY, NUMBER, newWorld, PLATFORM, payload, type World } from '../platform/world.ts'
import { type Reply, serve } from './served.ts'

const NDJSON = { 'content-type': 'application/x-ndjson' }
const numbered = (i: number) => `12345-${String(i).padStart(6, '0')}`

async function line(world: World, i: number): Promise<string> {
  const record = await world.sign(payload({ sub: numbered(i) }))
  return JSON.stringify({ record, authKey: AUTH_KEY })
}

function linesOf(reply: Reply) {
  expect(reply.status).toBe(200)
  expect(reply.headers.get('content-type')).toBe('application/x-ndjson')
  return reply.text
    .trimEnd()
    .split('\n')
    .map((text) => batchLine.parse(JSON.parse(text)))
}

describe('POST /v1/records/batch', () => {
  test('answers each line in order, whatever stands beside it', async () => {
    const world = await newWorld()
    const { post } = await serve(world)
    const good = [await line(world, 1), await line(world, 2)]
    const body = [good[0], '{"record":1}', 'no JSON', '', good[1], good[0]].join('\n')
    const answers = linesOf(await post('/v1/records/batch', `${body}\n`, NDJSON))
    expect(answers.map((one) => [one.line, one.status, one.problem?.code])).toEqual([
      [1, 201, undefined],
      [2, 400, 'body_invalid'],
      [3, 400, 'body_invalid'],
      [4, 400, 'body_invalid'],
      [5, 201, undefined],
      [6, 200, undefined],
    ])
    expect(answers[5]?.receipt).toEqual(answers[0]?.receipt)
  })

  test('takes a thousand lines and not one more', async () => {
    const world = await newWorld()
    const { post } = await serve(world)
    const most = Array.from({ length: 1000 }, () => '{}').join('\n')
    expect(linesOf(await post('/v1/records/batch', most, NDJSON))).toHaveLength(1000)
    const reply = await post('/v1/records/batch', `${most}\n{}`, NDJSON)
    expect([reply.status, reply.problem().code]).toEqual([413, 'body_too_large'])
  })

  test('takes 20 MB and not one byte more', async () => {
    const world = await newWorld()
    const { post } = await serve(world)
    const limit = 20 * 1024 * 1024
    const good = await line(world, 1)
    const filled = `${good}\n${'x'.repeat(limit - good.length - 1)}`
    const answers = linesOf(await post('/v1/records/batch', filled, NDJSON))
    expect(answers.map(({ status }) => status)).toEqual([201, 413])
    const reply = await post('/v1/records/batch', `${filled}x`, NDJSON)
    expect([reply.status, reply.problem().code]).toEqual([413, 'body_too_large'])
  })

  test('takes of each line what POST /v1/records takes as its body, and not one byte more', async () => {
    const world = await newWorld()
    const { post } = await serve(world)
    const most = (await line(world, 1)).padEnd(64 * 1024)
    const body = `${most}\n${most} \n${await line(world, 2)}`
    const answers = linesOf(await post('/v1/records/batch', body, NDJSON))
    expect(answers.map(({ status }) => status)).toEqual([201, 413, 201])
    expect(answers[1]?.problem?.code).toBe('body_too_large')
  })

  test('empty lines count where a line follows, whatever their number at the end', async () => {
    const world = await newWorld()
    const { post } = await serve(world)
    const good = await line(world, 1)
    const trailing = good + '\n'.repeat(20 * 1024 * 1024 - good.length)
    expect(linesOf(await post('/v1/records/batch', trailing, NDJSON))).toHaveLength(1)
    const between = `\n${'\n'.repeat(1000)}${good}`
    expect((await post('/v1/records/batch', between, NDJSON)).status).toBe(413)
    expect(linesOf(await post('/v1/records/batch', between.slice(2), NDJSON))).toHaveLength(1000)
  })

  test('takes JSON lines only, and nothing of nothing', async () => {
    const { post } = await serve(await newWorld())
    const reply = await post('/v1/records/batch', '{}')
    expect([reply.status, reply.problem().code]).toEqual([415, 'media_type'])
    const empty = await post('/v1/records/batch', '', NDJSON)
    expect([empty.status, empty.text]).toEqual([200, ''])
  })
})

test('POST /v1/keys answers with the number and the time of the change', async () => {
  const world = await newWorld()
  await world.issue()
  const { post } = await serve(world)
  const jti = '0198c0de-2222-7000-8000-000000000001'
  const authKey = 'aB3dE5gH7jK9'
  const claims = {
    iss: 'https://east.example.jp',
    aud: PLATFORM,
    iat: Math.floor(world.clock.now() / 1000),
    jti,
    sub: NUMBER,
    authKeySha256: authKeyDigest(jti, authKey),
  }
  const privateJwk = world.issuer.privateJwk as never
  const request = await signCompact({ typ: 'key-change+jwt' }, claims, privateJwk)
  const reply = await post('/v1/keys', { request, authKey })
  expect(reply.status).toBe(200)
  expect(reply.read(keyChanged).contractNumber).toBe(NUMBER)
  const lookup = (key: string) => post('/v1/lookup', { contractNumber: NUMBER, authKey: key })
  expect((await lookup(authKey)).status).toBe(200)
  expect((await lookup(AUTH_KEY)).status).toBe(404)
  expect((await post('/v1/keys', { request, authKey })).problem().code).toBe('jti_reused')
})
