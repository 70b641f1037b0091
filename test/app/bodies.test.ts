import { describe, expect, test } from 'vitest'
import { AUTH_KEY, newWorld, payload, type World } from '../platform/world.ts'
import { PAIR, type Served, serve } from './served.ts'

const LIMIT = 64 * 1024
const POSTS = [
  '/v1/records',
  '/v1/lookup',
  '/v1/shares',
  '/v1/shares/open',
  '/v1/shares/list',
  '/v1/shares/abcdefghijkl/revoke',
]
const JSON_TYPE = { 'content-type': 'application/json' }
const TEXT_TYPE = { 'content-type': 'text/plain' }

async function outcome(reply: Promise<Awaited<ReturnType<Served['post']>>>) {
  const { status, problem } = await reply
  return [status, problem().code]
}

async function submission(world: World): Promise<string> {
  return JSON.stringify({ record: await world.sign(payload()), authKey: AUTH_KEY })
}

/** White space after JSON is part of the body and not of the value. */
function padded(json: string, bytes: number): string {
  return json + ' '.repeat(bytes - Buffer.byteLength(json))
}

/** A body sent in chunks, without a length before it. */
function chunked(text: string): RequestInit {
  const body = new ReadableStream({
    start(controller) {
      for (let at = 0; at < text.length; at += 10_000) {
        controller.enqueue(new TextEncoder().encode(text.slice(at, at + 10_000)))
      }
      controller.close()
    },
  })
  return { method: 'POST', headers: JSON_TYPE, body, duplex: 'half' } as RequestInit
}

describe.each(POSTS)('%s', (path) => {
  test('judges size before media type, media type before JSON, JSON before members', async () => {
    const { post } = await serve(await newWorld())
    const [large, broken] = ['{'.repeat(LIMIT + 1), '{'.repeat(LIMIT)]
    expect(await outcome(post(path, large, TEXT_TYPE))).toEqual([413, 'body_too_large'])
    expect(await outcome(post(path, large))).toEqual([413, 'body_too_large'])
    expect(await outcome(post(path, broken, TEXT_TYPE))).toEqual([415, 'media_type'])
    expect(await outcome(post(path, broken))).toEqual([400, 'body_invalid'])
    expect(await outcome(post(path, '{"other": 1}'))).toEqual([400, 'body_invalid'])
  })

  test('refuses every other JSON value and every unknown member by its name', async () => {
    const { post } = await serve(await newWorld())
    for (const value of ['[]', 'null', '"text"', '1', 'true', '', ' ', '{"a":1}x', '{a:1}']) {
      expect([value, ...(await outcome(post(path, value)))]).toEqual([value, 400, 'body_invalid'])
    }
    const body = { ...PAIR, token: 'a', record: 'a', colour: 'red' }
    const { errors = [] } = (await post(path, body)).problem()
    expect(errors.filter(({ code }) => code === 'unrecognized_keys')).toContainEqual(
      expect.objectContaining({ field: 'colour' }),
    )
  })

  test('refuses bytes that are no UTF-8', async () => {
    const { post } = await serve(await newWorld())
    const text = Buffer.from(JSON.stringify({ ...PAIR, token: '??' }))
    const invalid = Uint8Array.from(text, (byte) => (byte === 0x3f ? 0xff : byte))
    const { status, problem } = await post(path, invalid)
    expect([status, problem().code, problem().errors]).toEqual([400, 'body_invalid', undefined])
  })
})

test('all wrong members are named at once, with their paths', async () => {
  const { post } = await serve(await newWorld())
  const body = {
    contractNumber: 1,
    checker: { department: '', rank: 'x' },
    contract: { contractPrice: 1.5, worksPeriod: { start: '2026-02-30' } },
  }
  const { errors = [] } = (await post('/v1/lookup', body)).problem()
  expect(errors.map(({ field }) => field).sort()).toEqual([
    'authKey',
    'checker.department',
    'checker.rank',
    'contract.contractPrice',
    'contract.worksPeriod.start',
    'contractNumber',
  ])
})

test('of thousands of wrong members the first are named and the others counted', async () => {
  const { post } = await serve(await newWorld())
  const unknown = Array.from({ length: 7000 }, (_, i) => `"${i}":1`)
  const reply = await post('/v1/lookup', `{${unknown.join()}}`)
  const { code, detail, errors } = reply.problem()
  expect([reply.status, code, errors?.length]).toEqual([400, 'body_invalid', 50])
  expect(detail).toContain('0: is no member of this call')
  expect(detail).toContain('6952 more')
  expect(reply.text.length).toBeLessThan(20_000)
})

test.each([
  ['records', { record: 1 }, 'record'],
  ['records', { record: 'a', authKey: null }, 'authKey'],
  ['lookup', { ...PAIR, issuer: ['east'] }, 'issuer'],
  ['lookup', { ...PAIR, include: ['everything'] }, 'include.0'],
  ['shares', { ...PAIR, scope: 'all' }, 'scope'],
  ['shares/open', { token: 7 }, 'token'],
])('/v1/%s %j is wrong in %s', async (call, body, field) => {
  const { post } = await serve(await newWorld())
  const { errors } = (await post(`/v1/${call}`, body)).problem()
  expect(errors?.map((error) => error.field)).toEqual([field])
})

test('a member named __proto__ is one member too many', async () => {
  const { post } = await serve(await newWorld())
  const body = `{"contractNumber":"12345-678901","authKey":"${AUTH_KEY}","__proto__":{"a":1}}`
  expect(await outcome(post('/v1/lookup', body))).toEqual([400, 'body_invalid'])
})

test('a body of exactly the limit passes, and one byte more does not', async () => {
  const world = await newWorld()
  const { post } = await serve(world)
  const json = await submission(world)
  expect(await outcome(post('/v1/records', padded(json, LIMIT + 1)))).toEqual([
    413,
    'body_too_large',
  ])
  expect((await post('/v1/records', padded(json, LIMIT))).status).toBe(201)
})

test('so it is with a body in chunks, which does not say its length', async () => {
  const world = await newWorld()
  const { request } = await serve(world)
  const json = await submission(world)
  const more = request('/v1/records', chunked(padded(json, LIMIT + 1)))
  expect(await outcome(more)).toEqual([413, 'body_too_large'])
  const endless = request('/v1/records', chunked(' '.repeat(20 * LIMIT)))
  expect(await outcome(endless)).toEqual([413, 'body_too_large'])
  expect((await request('/v1/records', chunked(padded(json, LIMIT)))).status).toBe(201)
})

test('a large body is refused by its declared length, before it is sent', async () => {
  const { raw } = await serve(await newWorld())
  const head = 'POST /v1/records HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n'
  const answer = await raw(`${head}connection: close\r\ncontent-length: 999999999\r\n\r\n`)
  expect(answer).toMatch(/^HTTP\/1\.1 413 /)
  expect(answer).toContain('"code":"body_too_large"')
})

test.each([
  ['application/json', 404],
  ['Application/JSON; charset=utf-8', 404],
  ['application/json;charset="utf-8"', 404],
  ['application/json-patch+json', 415],
  ['application/jsonx', 415],
  ['text/json', 415],
  ['application/x-www-form-urlencoded', 415],
  ['', 415],
])('the media type %j is answered with %i', async (type, status) => {
  const { post } = await serve(await newWorld())
  expect((await post('/v1/lookup', PAIR, { 'content-type': type })).status).toBe(status)
})

test('a form over the limit, of another media type or not in UTF-8 is a page, never a stack', async () => {
  const { post } = await serve(await newWorld())
  const form = { 'content-type': 'application/x-www-form-urlencoded' }
  const sameSite = { origin: 'https://hosho.example.lg.jp' }
  const large = await post('/verify', 'a'.repeat(LIMIT + 1), { ...form, ...sameSite })
  const other = await post('/verify', PAIR, JSON_TYPE)
  const bytes = await post('/verify', Uint8Array.of(0xff, 0x3d, 0xff), { ...form, ...sameSite })
  expect([large.status, other.status, bytes.status]).toEqual([413, 415, 400])
  for (const { text } of [large, other, bytes]) {
    expect(text).toMatch(/^<!doctype html>/)
    expect(text).not.toMatch(/\.ts:|node_modules/)
  }
})
