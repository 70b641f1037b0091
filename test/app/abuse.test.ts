import { once } from 'node:events'
import { connect } from 'node:net'
import { expect, test } from 'vitest'
import { newWorld, PLATFORM } from '../platform/world.ts'
import { PAIR, type Served, serve } from './served.ts'

const BODY = JSON.stringify(PAIR)
const POST = 'POST /v1/lookup HTTP/1.1\r\nhost: x\r\nconnection: close\r\n'
const TYPE = 'content-type: application/json\r\n'
const CLOSE = 'host: x\r\nconnection: close\r\n\r\n'

async function served(): Promise<Served> {
  const world = await newWorld()
  await world.issue()
  return serve(world)
}

const statusesOf = (answer: string) =>
  [...answer.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status))

/** What comes first for bytes that never end, over a connection that stays open. */
async function first({ origin }: Served, text: string): Promise<string> {
  const socket = connect(Number(new URL(origin).port), '127.0.0.1')
  socket.on('error', () => {})
  socket.write(text)
  const [chunk] = (await once(socket, 'data')) as [Buffer]
  socket.destroy()
  return chunk.toString()
}

test('requests sent before the first is answered are answered in their order', async () => {
  const { raw } = await served()
  const one = `POST /v1/lookup HTTP/1.1\r\nhost: x\r\n${TYPE}content-length: ${BODY.length}\r\n\r\n${BODY}`
  const answer = await raw(
    `${one}GET /nothing HTTP/1.1\r\nhost: x\r\n\r\nGET / HTTP/1.1\r\n${CLOSE}`,
  )
  expect(statusesOf(answer)).toEqual([200, 404, 200])
})

test('nothing is answered that stands behind what is no request', async () => {
  const { raw } = await served()
  const answer = await raw(
    `GET / HTTP/1.1\r\nhost: x\r\n\r\nnonsense\r\n\r\nGET / HTTP/1.1\r\n${CLOSE}`,
  )
  // The first may be cut off by the refusal of what follows it; the third is never read.
  expect(statusesOf(answer).at(-1)).toBe(400)
})

test.each([
  'content-length: abc',
  'content-length: -1',
  'content-length: +58',
  'content-length: 58, 58',
  'content-length: 58\r\ncontent-length: 5',
  'content-length: 58\r\ntransfer-encoding: chunked',
  'transfer-encoding: chunked\r\ncontent-length: 58',
  'transfer-encoding: chunked, identity',
  'transfer-encoding: xchunked',
  'content-length: 58\r\n transfer-encoding: chunked',
  'content-length : 58',
])('a body framed in two ways or in none is refused before the app: %j', async (framing) => {
  const { raw } = await served()
  const answer = await raw(`${POST}${TYPE}${framing}\r\n\r\n${BODY}`)
  expect(statusesOf(answer)).toEqual([400])
})

test('chunks without end are refused when they are too many, not when they end', async () => {
  const server = await served()
  const chunk = `1000\r\n${' '.repeat(4096)}\r\n`
  const answer = await first(
    server,
    `${POST}${TYPE}transfer-encoding: chunked\r\n\r\n${chunk.repeat(17)}`,
  )
  expect(answer).toMatch(/^HTTP\/1\.1 413 .*"code":"body_too_large"/s)
})

test('a batch of 21 MB is refused by the length that it says, before it is sent', async () => {
  const server = await served()
  const head = `POST /v1/records/batch HTTP/1.1\r\nhost: x\r\ncontent-type: application/x-ndjson\r\n`
  const answer = await first(server, `${head}content-length: ${21 * 1024 * 1024}\r\n\r\n`)
  expect(answer).toMatch(/^HTTP\/1\.1 413 .*"code":"body_too_large"/s)
})

test('a head of more than 16 KB is refused, however it is divided', async () => {
  const { raw } = await served()
  const many = Array.from({ length: 1500 }, (_, i) => `x-${i}: 12345\r\n`).join('')
  for (const headers of [`x: ${'a'.repeat(20_000)}\r\n`, many]) {
    expect(statusesOf(await raw(`GET / HTTP/1.1\r\n${headers}${CLOSE}`))).toEqual([431])
  }
})

test.each([
  ['TRACE', '/', 404],
  ['TRACE', '/v1/trust', 405],
  ['HEAD', '/v1/lookup', 405],
  ['OPTIONS', '*', 400],
  ['PATCH', '/verify', 404],
  ['PROPFIND', '/log/checkpoint', 404],
])('%s %s is answered %i, and nothing of it is sent back', async (method, path, status) => {
  const { raw } = await served()
  const answer = await raw(`${method} ${path} HTTP/1.1\r\nx-secret: 12345\r\n${CLOSE}`)
  expect(statusesOf(answer)).toEqual([status])
  expect(answer).not.toContain('12345')
})

test('nobody is connected through to elsewhere', async () => {
  const { raw } = await served()
  expect(await raw(`CONNECT example.com:443 HTTP/1.1\r\n${CLOSE}`)).toBe('')
})

test.each([
  '/v1%2ftrust',
  '/v1/shares/%00/revoke/',
  '/v1/shares/a%2f..%2fb',
  '/log/tile/0/%2e%2e%2fcheckpoint',
  '/log%00/checkpoint',
  '/%00',
  '//v1/trust',
  '/./v1/trust/.',
])('GET %s is not there', async (path) => {
  const { raw } = await served()
  const answer = await raw(`GET ${path} HTTP/1.1\r\n${CLOSE}`)
  expect(statusesOf(answer)).toEqual([404])
})

test.each([
  'GET http://evil.example/ HTTP/1.1\r\nhost: evil.example\r\n',
  'GET / HTTP/1.1\r\nhost: evil.example\r\n',
  'GET / HTTP/1.1\r\nhost: evil.example:99999\r\n',
  'GET / HTTP/1.1\r\nhost: user@evil.example\r\n',
  'GET / HTTP/1.1\r\nhost: x\r\nx-forwarded-host: evil.example\r\nforwarded: host=evil.example\r\n',
  'GET /nothing HTTP/1.1\r\nhost: evil.example\r\n',
  'GET /verify HTTP/1.1\r\nhost: evil.example\r\n',
])('no name that somebody else gives us stands in an answer: %j', async (head) => {
  const { raw } = await served()
  const answer = await raw(`${head}connection: close\r\n\r\n`)
  expect(statusesOf(answer)[0]).toBeLessThan(500)
  expect(answer).not.toContain('evil.example')
})

test.each([
  ['two origins', `origin: ${PLATFORM}\r\norigin: https://evil.example\r\n`, 403],
  ['two origins in one', `origin: ${PLATFORM}, https://evil.example\r\n`, 403],
  ['its own as a part of another', `origin: ${PLATFORM}.evil.example\r\n`, 403],
  ['its own', `origin: ${PLATFORM}\r\n`, 200],
])('a form with %s: %j is answered %i', async (_, origin, status) => {
  const { raw } = await served()
  const form = String(new URLSearchParams(PAIR))
  const head = `POST /verify HTTP/1.1\r\nhost: x\r\nconnection: close\r\n${origin}`
  const type = 'content-type: application/x-www-form-urlencoded\r\n'
  const answer = await raw(`${head}${type}content-length: ${form.length}\r\n\r\n${form}`)
  expect(statusesOf(answer)).toEqual([status])
})
