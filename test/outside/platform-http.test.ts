import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import type { TrustDocument } from '../../src/log/bundle.ts'
import { parseTrust } from '../../src/log/bundle.ts'
import { platformHttp } from '../../src/outside/platform-http.ts'

const PINNED = { platform: 'https://p.example', log: 'pinned', issuers: ['pinned'] }

async function platformOf(
  answer: RequestListener,
  patience = { deed: 2000, reading: 2000 },
  clock = { monotonic: () => performance.now() },
) {
  const server = createServer(answer).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return platformHttp({
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    pinned: PINNED as unknown as TrustDocument,
    readTrust: parseTrust,
    bearerOf: async (issuer) => `bearer-of-${issuer}`,
    clock,
    patience,
  })
}

const saying =
  (status: number, body: unknown, type = 'application/problem+json'): RequestListener =>
  (_asked, answer) => {
    answer.writeHead(status, { 'content-type': type, location: 'http://127.0.0.1:9/' })
    answer.end(typeof body === 'string' ? body : JSON.stringify(body))
  }

const RECORD = { issuer: 'east', record: 'a.b.c' }

test('a refusal keeps the code, the words and the members of the platform', async () => {
  const errors = [{ field: 'certificate.owner', code: 'owner_unknown', detail: 'nobody' }]
  const refusal = { code: 'owner_unknown', detail: 'The owner is not registered.', errors }
  const { submit } = await platformOf(saying(422, refusal))
  await expect(submit(RECORD)).rejects.toMatchObject({
    ...{ code: 'owner_unknown', message: refusal.detail, errors },
  })
})

test.each<[string, RequestListener]>([
  ['an inner error', saying(500, { code: 'internal', detail: 'boom' })],
  ['a code that nobody knows', saying(418, { code: 'teapot' })],
  ['a page of a proxy', saying(502, '<html>', 'text/html')],
  ['a page that says all is well', saying(200, '<html>', 'text/html')],
  ['a redirection', saying(302, {})],
  ['a connection that breaks', (asked) => void asked.socket.destroy()],
  ['an answer that never comes', () => {}],
])('%s is no answer: it is asked again', async (_name, answer) => {
  const { submit } = await platformOf(answer, { deed: 300, reading: 2000 })
  await expect(submit(RECORD)).rejects.toMatchObject({ code: 'store_unavailable' })
})

test('a head is asked for under the company’s own bearer; one that is not there is none', async () => {
  const asked: (string | undefined)[] = []
  const { head } = await platformOf((request, answer) => {
    asked.push(request.url, request.headers.authorization)
    const there = request.url?.includes('12345-678901')
    saying(there ? 200 : 404, there ? { seq: 2, sha256: 'x' } : { code: 'not_found' })(
      request,
      answer,
    )
  })
  expect(await head('east', '12345-678901')).toEqual({ seq: 2, sha256: 'x' })
  expect(await head('east', '9/9')).toBeUndefined()
  expect(asked).toEqual([
    ...['/v1/issuer/records/12345-678901/head', 'Bearer bearer-of-east'],
    ...['/v1/issuer/records/9%2F9/head', 'Bearer bearer-of-east'],
  ])
})

test('a key is asked about under the company’s own bearer; what says neither yes nor no is no answer', async () => {
  const asked: unknown[] = []
  let said: object = { opens: true }
  const { opens } = await platformOf((request, answer) => {
    asked.push(request.method, request.url, request.headers.authorization)
    saying(200, said)(request, answer)
  })
  const pair = { issuer: 'east', contractNumber: '12345-678901', authKey: 'Z28YUE4J3Bux' }
  expect(await opens(pair)).toBe(true)
  said = { opens: false }
  expect(await opens(pair)).toBe(false)
  said = {}
  await expect(opens(pair)).rejects.toMatchObject({ code: 'store_unavailable' })
  const call = ['POST', '/v1/issuer/records/12345-678901/key', 'Bearer bearer-of-east']
  expect(asked).toEqual([...call, ...call, ...call])
})

test('a first record goes with a bearer, later ones need none', async () => {
  const seen: (string | undefined)[] = []
  const { submit } = await platformOf((request, answer) => {
    seen.push(request.headers.authorization)
    saying(201, { receipt: { seq: 1 } })(request, answer)
  })
  expect(await submit({ ...RECORD, authKey: 'Z28YUE4J3Bux' })).toEqual({ receipt: { seq: 1 } })
  await submit(RECORD)
  expect(seen).toEqual(['Bearer bearer-of-east', undefined])
})

test('a page does not wait for what it reads as long as a deed waits for its answer', async () => {
  const slowly: RequestListener = (request, answer) => {
    setTimeout(() => saying(200, { receipt: {}, items: [], seq: 1 })(request, answer), 400)
  }
  const platform = await platformOf(slowly, { deed: 5000, reading: 50 })
  const pair = { issuer: 'east', contractNumber: '12345-678901', authKey: 'Z28YUE4J3Bux' }
  const late = { code: 'store_unavailable' }
  await Promise.all([
    expect(platform.owners('')).rejects.toMatchObject(late),
    expect(platform.shares.list(pair)).rejects.toMatchObject(late),
    expect(platform.head('east', '12345-678901')).rejects.toMatchObject(late),
    expect(platform.trust()).resolves.toEqual(PINNED),
    expect(platform.submit(RECORD)).resolves.toEqual({ receipt: {} }),
    expect(platform.shares.revoke(pair, 'x')).resolves.toBeUndefined(),
  ])
})

test('who asked in vain just now is not asked again by what only reads, a deed is; then it is asked anew', async () => {
  let now = 1_000_000
  let asked = 0
  let hangs = true
  const platform = await platformOf(
    (request, answer) => {
      asked += 1
      if (!hangs || request.method === 'POST')
        saying(200, { items: [], receipt: {} })(request, answer)
    },
    { deed: 400, reading: 50 },
    { monotonic: () => now },
  )
  const late = { code: 'store_unavailable' }
  expect(platform.unanswered()).toBeUndefined()
  await expect(platform.owners('')).rejects.toMatchObject(late)
  now += 4900
  expect(platform.unanswered()).toBe(4)
  await expect(platform.owners('')).rejects.toMatchObject(late)
  await expect(platform.events('east')).rejects.toMatchObject(late)
  expect(asked, 'nobody waited again').toBe(1)
  now += 5100
  hangs = false
  expect(platform.unanswered(), 'long enough').toBeUndefined()
  expect(await platform.owners('')).toEqual([])

  hangs = true
  await expect(platform.owners('')).rejects.toMatchObject(late)
  expect(platform.unanswered()).toBe(0)
  await platform.submit(RECORD)
  expect(platform.unanswered(), 'a deed was answered').toBeUndefined()

  const before = asked
  const earlier = platform.events('east').catch(() => 'late')
  await expect.poll(() => asked).toBe(before + 1)
  now += 9000
  await expect(platform.owners('')).rejects.toMatchObject(late)
  expect(await earlier).toBe('late')
  now += 2000
  expect(platform.unanswered(), 'by the later of two').toBe(2)
})

test('a platform that is not there is asked anew each time, for nobody waits for it', async () => {
  let asked = 0
  const platform = await platformOf((request) => {
    asked += 1
    request.destroy()
  })
  for (const times of [1, 2]) {
    await expect(platform.owners('')).rejects.toMatchObject({ code: 'store_unavailable' })
    expect([platform.unanswered(), asked]).toEqual([undefined, times])
  }
})

test('the log keys stay as pinned, whatever the platform says of itself', async () => {
  for (const answer of [saying(200, { format: 'akashi-trust/v1' }), saying(500, {})]) {
    expect(await (await platformOf(answer)).trust()).toEqual(PINNED)
  }
})

test('an owner comes with its own mail, and without where it has none', async () => {
  const mailTemplate = { subject: '{案件名}', body: '{担当者}\n' }
  const { owners } = await platformOf(
    saying(200, { items: [{ name: '富士市長', mailTemplate }, { name: '沼津市長' }] }),
  )
  expect((await owners('')).map((owner) => owner.mailTemplate)).toEqual([mailTemplate, undefined])
})
