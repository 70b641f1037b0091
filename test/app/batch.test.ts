import { describe, expect, test } from 'vitest'
import { base64url } from '../../src/base/bytes.ts'
import { type RecordPayload, readRecord } from '../../src/guarantee/record.ts'
import { batchLine, lookupAnswer } from '../../src/platform/door/schemas.api.ts'
import { StoreFault } from '../../src/store/store.ts'
import { AUTH_KEY, newWorld, payload, type World } from '../platform/world.ts'
import { PAIR, type Reply, serve } from './served.ts'

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

  test('refuses a record in the middle for itself, with what would be answered to it alone', async () => {
    const world = await newWorld()
    const { post } = await serve(world)
    const bad = await world.sign(payload({ sub: numbered(2), aud: 'https://other.example' }))
    const cut = (await line(world, 3)).replace(/.{10}(","authKey)/, '$1')
    const submission = { record: bad, authKey: AUTH_KEY }
    const lines = [await line(world, 1), JSON.stringify(submission), cut, await line(world, 4)]
    const answers = linesOf(await post('/v1/records/batch', lines.join('\n'), NDJSON))
    expect(answers.map(({ status }) => status)).toEqual([201, 403, 400, 201])
    const alone = (await post('/v1/records', submission)).problem()
    expect({ ...answers[1]?.problem, instance: '' }).toEqual({ ...alone, instance: '' })
    expect(answers[2]?.problem?.code).toBe('jws_malformed')
  })

  test('takes several events of one guarantee, each following the one before it', async () => {
    const world = await newWorld()
    const { post } = await serve(world)
    const records: string[] = []
    const add = async (change: Partial<RecordPayload>) => {
      const last = records.at(-1)
      const prev = last === undefined ? null : base64url(readRecord(last).sha256)
      records.push(await world.sign(payload({ seq: records.length + 1, prev, ...change })))
    }
    await add({})
    await add({ event: 'amend' })
    await add({ event: 'cancel', reason: '契約解除' })
    const [first, second, third] = records.map((record, i) =>
      JSON.stringify({ record, ...(i === 0 && { authKey: AUTH_KEY }) }),
    )
    const beside = await world.sign(payload({ seq: 2, prev: 'A'.repeat(43), event: 'amend' }))
    const lines = [third, first, JSON.stringify({ record: beside }), second, third, second]
    const answers = linesOf(await post('/v1/records/batch', lines.join('\n'), NDJSON))
    expect(answers.map(({ status, problem }) => problem?.code ?? status)).toEqual([
      'seq_conflict',
      201,
      'prev_mismatch',
      201,
      201,
      200,
    ])
    expect(answers.flatMap(({ receipt }) => receipt?.index ?? [])).toEqual([1, 2, 3, 2])
    const { status } = (await post('/v1/lookup', PAIR)).read(lookupAnswer)
    expect(status).toMatchObject({ state: 'cancelled', seq: 3 })
  })

  test('that cannot be stored is told so line by line, and may be sent again as it is', async () => {
    const world = await newWorld()
    const { store } = world.ports
    const body = [await line(world, 1), '{}', await line(world, 2)].join('\n')
    const failing = { ...store, commit: () => Promise.reject(new StoreFault('full', 'no room')) }
    const { post } = await serve(world, { platform: world.over({ store: failing }) })
    const refused = linesOf(await post('/v1/records/batch', body, NDJSON))
    expect(refused.map(({ problem }) => problem?.code)).toEqual([
      'disk_full',
      'body_invalid',
      'disk_full',
    ])
    const served = await serve(world)
    const again = linesOf(await served.post('/v1/records/batch', body, NDJSON))
    expect(again.map(({ status }) => status)).toEqual([201, 400, 201])
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

  test('of 21 MB is refused also when it does not say its length', async () => {
    const world = await newWorld()
    const { request } = await serve(world)
    const good = await line(world, 1)
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        controller.enqueue(Buffer.from(`${good}\n`))
        for (let i = 0; i < 21; i++) controller.enqueue(Buffer.alloc(1024 * 1024, 'x'))
        controller.close()
      },
    })
    const init = { method: 'POST', headers: NDJSON, body, duplex: 'half' } as RequestInit
    const reply = await request('/v1/records/batch', init)
    expect([reply.status, reply.problem().code]).toEqual([413, 'body_too_large'])
    const again = linesOf(await request('/v1/records/batch', { ...init, body: good }))
    expect(again.map(({ status }) => status)).toEqual([201])
  })

  test('takes JSON lines only, and nothing of nothing', async () => {
    const { post } = await serve(await newWorld())
    const reply = await post('/v1/records/batch', '{}')
    expect([reply.status, reply.problem().code]).toEqual([415, 'media_type'])
    const empty = await post('/v1/records/batch', '', NDJSON)
    expect([empty.status, empty.text]).toEqual([200, ''])
  })
})
