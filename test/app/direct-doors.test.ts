import { once } from 'node:events'
import { createServer } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import type { Asked, Doors } from '../../src/base/door.ts'
import { directDoors } from '../../src/outside/direct-doors.ts'
import { AUTH_KEY, newWorld, payload } from '../platform/world.ts'
import { PAIR, type Reply, serve } from './served.ts'

const HEAD = ['host: 127.0.0.1:8787', 'content-type: application/json', 'connection: close']
const BODY = '{"a":"富士"}'
const LENGTH = `content-length: ${Buffer.byteLength(BODY)}`

/** A door that tells what it was given, and a router that says its name. */
async function newServer() {
  const seen: { asked: Asked; body: string }[] = []
  let hold = Promise.resolve()
  const doors: Doors = new Map([
    [
      '/v1/door',
      {
        limit: 20,
        async answer(asked, bytes) {
          seen.push({ asked, body: Buffer.from(bytes).toString() })
          await hold
          return { status: 201, headers: { 'x-door': 'yes' }, body: '扉' }
        },
      },
    ],
  ])
  const server = createServer(directDoors(doors, (_, response) => response.end('router')))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const socketTo = () => connect((server.address() as AddressInfo).port, '127.0.0.1')
  async function send(...parts: string[]): Promise<string> {
    const socket = socketTo()
    const chunks: Buffer[] = []
    socket.on('data', (chunk) => chunks.push(chunk))
    for (const part of parts) await new Promise<void>((done) => socket.write(part, () => done()))
    await once(socket, 'close')
    return Buffer.concat(chunks).toString()
  }
  const holdUntil = (done: Promise<void>) => {
    hold = done
  }
  return { seen, send, socketTo, holdUntil }
}

const request = (line: string, headers: string[], body = BODY) =>
  `${[line, ...headers].join('\r\n')}\r\n\r\n${body}`

test.each([
  ['as programs send it', 'POST /v1/door HTTP/1.1', [...HEAD, LENGTH]],
  [
    'with a charset',
    'POST /v1/door HTTP/1.1',
    [HEAD[0] as string, HEAD[2] as string, LENGTH, 'content-type: Application/JSON; charset=utf-8'],
  ],
])('a call %s goes in by its door', async (_, line, headers) => {
  const { seen, send } = await newServer()
  const answer = await send(request(line, headers))
  expect(answer).toMatch(/^HTTP\/1\.1 201 Created\r\n/)
  expect(answer).toMatch(/\r\nx-door: yes\r\ncontent-length: 3\r\n/)
  expect(answer.endsWith('\r\n\r\n扉')).toBe(true)
  expect(seen.map(({ body }) => body)).toEqual([BODY])
  const { asked } = seen[0] as (typeof seen)[0]
  expect(asked.req.header('host')).toBe('127.0.0.1:8787')
  expect(asked.req.query('lang')).toBeUndefined()
})

test.each([
  ['of another path', 'POST /v1/doors HTTP/1.1', [...HEAD, LENGTH]],
  ['with a query', 'POST /v1/door?lang=en HTTP/1.1', [...HEAD, LENGTH]],
  ['by another method', 'PUT /v1/door HTTP/1.1', [...HEAD, LENGTH]],
  ['with a bearer', 'POST /v1/door HTTP/1.1', [...HEAD, LENGTH, 'authorization: Bearer a']],
  ['with a header twice', 'POST /v1/door HTTP/1.1', [...HEAD, LENGTH, 'content-type: text/plain']],
  ['of another type', 'POST /v1/door HTTP/1.1', [HEAD[0] as string, LENGTH, 'connection: close']],
  ['for a strange host', 'POST /v1/door HTTP/1.1', ['host: a b', ...HEAD.slice(1), LENGTH]],
  [
    'for a port that is none',
    'POST /v1/door HTTP/1.1',
    ['host: a:99999', ...HEAD.slice(1), LENGTH],
  ],
])('a call %s is left to the router', async (_, line, headers) => {
  const { seen, send } = await newServer()
  expect(await send(request(line, headers))).toMatch(/\r\n\r\nrouter$/)
  expect(seen).toEqual([])
})

test('so is one whose body is too large, or does not say its length', async () => {
  const { seen, send } = await newServer()
  const line = 'POST /v1/door HTTP/1.1'
  const of = (bytes: number) =>
    request(line, [...HEAD, `content-length: ${bytes}`], '1'.repeat(bytes))
  expect(await send(of(20))).toMatch(/扉$/)
  expect(await send(of(21))).toMatch(/router$/)
  const chunked = [...HEAD, 'transfer-encoding: chunked']
  expect(await send(request(line, chunked, '1\r\n1\r\n0\r\n\r\n'))).toMatch(/router$/)
  expect(seen).toHaveLength(1)
})

test('a body in pieces is put together; one that breaks off reaches no door', async () => {
  const { seen, send, socketTo } = await newServer()
  const whole = request('POST /v1/door HTTP/1.1', [...HEAD, LENGTH])
  const broken = socketTo()
  await new Promise<void>((done) => broken.write(whole.slice(0, -3), () => done()))
  await send(whole.slice(0, -4), whole.slice(-4))
  broken.destroy()
  await once(broken, 'close')
  await send(whole)
  expect(seen.map(({ body }) => body)).toEqual([BODY, BODY])
})

test('a door hears when nobody waits any more, and of one who waits nothing', async () => {
  const { seen, socketTo, holdUntil } = await newServer()
  let goOn = () => {}
  holdUntil(new Promise((resolve) => (goOn = resolve)))
  const call = request('POST /v1/door HTTP/1.1', [...HEAD, LENGTH])
  const [gone, waiting] = [socketTo(), socketTo()]
  for (const [i, socket] of [gone, waiting].entries()) {
    socket.write(call)
    await expect.poll(() => seen.length).toBe(i + 1)
  }
  const [first, second] = seen.map(({ asked }) => asked.req.raw.signal) as AbortSignal[]
  gone.destroy()
  await expect.poll(() => first?.aborted).toBe(true)
  expect(second?.aborted).toBe(false)
  expect(seen[0]?.asked.req.raw.signal.aborted).toBe(true)
  goOn()
  await once(waiting, 'data')
})

/** What of an answer does not change with the time. */
function lasting({ status, headers, text }: Reply) {
  const { date, 'content-length': _, ...rest } = Object.fromEntries(headers)
  expect(date).toBeDefined()
  return { status, headers: rest, members: Object.keys(JSON.parse(text)) }
}

test('router and door give the same answers, refusals among them', async () => {
  const world = await newWorld()
  const { post } = await serve(world)
  const first = { record: await world.sign(payload()), authKey: AUTH_KEY }
  const bodies: [path: string, body: unknown][] = [
    ['/v1/records', first],
    ['/v1/records', { ...first, record: `${first.record}A` }],
    ['/v1/records', '{'],
    ['/v1/lookup', PAIR],
    ['/v1/lookup', { ...PAIR, authKey: 'Z28YUE4J3Buy' }],
    ['/v1/lookup', { ...PAIR, colour: 'red' }],
  ]
  await post('/v1/records', first)
  const statuses: number[] = []
  for (const [path, body] of bodies) {
    const [byDoor, byRouter] = [await post(path, body), await post(`${path}?lang=ja`, body)]
    expect(lasting(byDoor)).toEqual(lasting(byRouter))
    statuses.push(byDoor.status)
  }
  expect(statuses).toEqual([200, 400, 400, 200, 404, 400])
})
