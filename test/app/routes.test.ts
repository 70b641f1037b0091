import { describe, expect, test } from 'vitest'
import { lookupAnswer } from '../../src/platform/door/schemas.api.ts'
import { newWorld, PLATFORM } from '../platform/world.ts'
import { PAIR, type Reply, type Served, serve } from './served.ts'

const FORM = { 'content-type': 'application/x-www-form-urlencoded' }

/** What every answer carries that is not a page. */
const API = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
}

const PAGE = {
  'cache-control': 'no-store',
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'content-type': 'text/html; charset=UTF-8',
  'cross-origin-opener-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=()',
  'referrer-policy': 'same-origin',
  'strict-transport-security': 'max-age=31536000',
  'x-content-type-options': 'nosniff',
}

/** A log's parts are for everybody and may be kept. */
const LOG = { ...API, 'cache-control': expect.stringMatching(/^(no-cache|public, .*immutable)$/) }

const PLACES: Record<string, string> = {
  '/log/tile/entries/:path{.+}': '/log/tile/entries/000.p/1',
  '/log/tile/:level/:path{.+}': '/log/tile/0/000.p/1',
  '/log/proof/inclusion': '/log/proof/inclusion?index=0&size=1',
  '/log/proof/consistency': '/log/proof/consistency?from=1&to=1',
  '/v1/issuer/records/:contractNumber/head': '/v1/issuer/records/12345-678901/head',
  '/v1/audit/history/:issuer/:contractNumber': '/v1/audit/history/east/12345-678901',
  '/v1/shares/:id/revoke': '/v1/shares/unknown/revoke',
}

async function everyRoute() {
  const world = await newWorld()
  await world.issue()
  const served = await serve(world)
  const routes = served.app.routes.filter(({ method }) => method !== 'ALL')
  return {
    served,
    routes: routes.map(({ method, path }) => ({ method, path: PLACES[path] ?? path })),
  }
}

function ask({ post, get, origin }: Served, method: string, path: string): Promise<Reply> {
  if (method === 'GET') return get(path)
  if (path.startsWith('/v1/')) return post(path, path.endsWith('open') ? { token: 'a' } : PAIR)
  return post(path, String(new URLSearchParams(PAIR)), { ...FORM, origin })
}

function guarded(path: string, { status }: Reply): object {
  if (/^\/log\/(?:checkpoint|tile)/.test(path)) return LOG
  const api = /^\/(?:v1|log)\/|^\/(?:openapi\.json|healthz|readyz)$/.test(path)
  const called = /^\/sign-in\/passkey/.test(path)
  return api || called || status === 303 ? API : PAGE
}

test('every route answers with its guards, whatever it answers', async () => {
  const { served, routes } = await everyRoute()
  expect(routes.length).toBeGreaterThan(30)
  for (const { method, path } of routes) {
    const reply = await ask(served, method, path)
    const headers = Object.fromEntries(reply.headers)
    expect({ route: `${method} ${path}`, ...headers }).toMatchObject(guarded(path, reply))
    expect(reply.status).toBeLessThan(500)
  }
})

test('browsers are told to come back over https where the site has it, and nowhere else', async () => {
  const world = await newWorld()
  for (const [origin, told] of [
    [PLATFORM, true],
    ['http://hosho.example.lg.jp', false],
    ['http://127.0.0.1:8787', false],
  ] as const) {
    const { get } = await serve(world, { site: { origin, demo: false } })
    const has = (await get('/')).headers.has('strict-transport-security')
    expect([origin, has]).toEqual([origin, told])
  }
})

test('HEAD answers as GET does, without the body', async () => {
  const { served, routes } = await everyRoute()
  for (const { path } of routes.filter(({ method }) => method === 'GET')) {
    const [get, head] = [await served.get(path), await served.request(path, { method: 'HEAD' })]
    expect([path, head.status, head.text]).toEqual([path, get.status, ''])
    for (const name of Object.keys(guarded(path, get))) {
      expect([path, head.headers.get(name)]).toEqual([path, get.headers.get(name)])
    }
  }
})

test('no page has an inline script, an inline style or an address of another site in it', async () => {
  const { served, routes } = await everyRoute()
  for (const { method, path } of routes) {
    const { text, headers } = await ask(served, method, path)
    if (!headers.get('content-type')?.startsWith('text/html')) continue
    expect(text).not.toMatch(/<style|\sstyle=|\son[a-z]+="|<script(?![^>]* src="\/js\/)/)
    expect(text).not.toMatch(/(?:src|action|<link [^>]*href)="(?!\/[^/])/)
  }
})

test('only the log and what describes the API may be read by other sites', async () => {
  const { served, routes } = await everyRoute()
  for (const { method, path } of routes) {
    const open = (await ask(served, method, path)).headers.has('access-control-allow-origin')
    expect([path, open]).toEqual([path, /^\/(?:log\/(?:checkpoint|tile)|openapi\.json)/.test(path)])
  }
})

describe('what is not there', () => {
  test.each([
    '/v1',
    '/v1/',
    '/v1/nothing',
    '/v1/lookup/',
    '/v1/%',
    '/v1/%ff',
    '/log/',
    '/log/nothing',
    '/healthz/x',
    '/openapi.json/',
  ])('%s is a problem', async (path) => {
    const { status, headers, problem } = await (await serve(await newWorld())).get(path)
    expect([status, problem().code]).toEqual([404, 'not_found'])
    expect(Object.fromEntries(headers)).toMatchObject(API)
  })

  test.each(['/nothing', '/v1x', '/owners/', '/%', '/%ff', '/favicon', '/.env', '/v/x'])(
    '%s is a page',
    async (path) => {
      const { status, headers, text } = await (await serve(await newWorld())).get(path)
      expect(status).toBe(404)
      expect(Object.fromEntries(headers)).toMatchObject(PAGE)
      expect(text).toMatch(/^<!doctype html>.*<title>エラー：/s)
    },
  )

  test('is a page in English when asked', async () => {
    const { get } = await serve(await newWorld())
    expect((await get('/nothing?lang=en')).text).toMatch(/<html lang="en">.*<title>Error: /s)
  })

  test.each(['PUT', 'PATCH', 'DELETE', 'OPTIONS', 'GET', 'PROPFIND'])(
    '%s of a call that is posted is a problem',
    async (method) => {
      const { request } = await serve(await newWorld())
      const { status, problem } = await request('/v1/lookup', { method })
      expect([status, problem().code]).toEqual([405, 'method_not_allowed'])
    },
  )

  test.each(['PUT', 'DELETE', 'OPTIONS'])('%s of a page is a page', async (method) => {
    const { request } = await serve(await newWorld())
    for (const path of ['/', '/owners']) {
      const { status, headers } = await request(path, { method })
      expect([path, status]).toEqual([path, 404])
      expect(Object.fromEntries(headers)).toMatchObject(PAGE)
    }
  })

  test.each(['PUT', 'DELETE', 'OPTIONS', 'POST'])(
    '%s beside the API is a problem',
    async (method) => {
      const { request } = await serve(await newWorld())
      for (const path of ['/healthz', '/readyz', '/openapi.json', '/v1', '/log/checkpoint']) {
        const { status, headers, problem } = await request(path, { method })
        expect([path, status, problem().code]).toEqual([path, 404, 'not_found'])
        expect(Object.fromEntries(headers)).toMatchObject(API)
      }
    },
  )
})

describe('an address that no browser would send', () => {
  test.each([
    '/../../etc/passwd',
    '/%2e%2e/%2e%2e/etc/passwd',
    '//etc/passwd',
    '/v1/../../etc/passwd',
    '/log/tile/0/../../../etc/passwd',
    '/v1/shares/..%2f..%2fx/revoke/',
    '/\\..\\..\\x',
  ])('%s leads nowhere', async (path) => {
    const { raw } = await serve(await newWorld())
    const answer = await raw(`GET ${path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`)
    expect(answer).toMatch(/^HTTP\/1\.1 40[04] /)
    expect(answer).not.toContain('root:')
  })

  test.each([
    ['GET / HTTP/1.1\r\nconnection: close\r\n\r\n', 'no host'],
    ['GET / HTTP/1.1\r\nhost: a b/c\r\nconnection: close\r\n\r\n', 'a host that is none'],
    ['GET / HTTP/1.1\r\nhost: x\r\nhost: y/@\r\nconnection: close\r\n\r\n', 'two hosts'],
    ['nonsense\r\n\r\n', 'no HTTP'],
  ])('%j (%s) is refused without a stack', async (request) => {
    const { raw } = await serve(await newWorld())
    const answer = await raw(request)
    expect(answer).toMatch(/^HTTP\/1\.1 (?:400|200) /)
    expect(answer).not.toMatch(/\n +at |node_modules/)
  })

  test('a long one is answered as any other, an endless one refused', async () => {
    const { get, raw } = await serve(await newWorld())
    expect((await get(`/v1/${'a'.repeat(12_000)}`)).problem().code).toBe('not_found')
    expect((await get(`/${'a'.repeat(12_000)}`)).status).toBe(404)
    expect((await get(`/v1/owners?q=${'a'.repeat(12_000)}`)).status).toBe(200)
    const endless = await raw(`GET /${'a'.repeat(20_000)} HTTP/1.1\r\nhost: x\r\n\r\n`)
    expect(endless).toMatch(/^HTTP\/1\.1 431 /)
  })
})

describe('a form that another site posts', () => {
  const body = String(new URLSearchParams(PAIR))

  test.each([{ origin: 'https://evil.example' }, { origin: 'null' }, {}])(
    'is refused: %j',
    async (headers) => {
      const world = await newWorld()
      await world.issue()
      const { post } = await serve(world)
      const reply = await post('/verify', body, { ...FORM, ...headers })
      expect(reply.status).toBe(403)
      expect(Object.fromEntries(reply.headers)).toMatchObject(PAGE)
      expect(reply.text).not.toContain(PAIR.contractNumber)
    },
  )

  test('is taken from this site, under its public name and under the one it was reached by', async () => {
    const world = await newWorld()
    await world.issue()
    const { post, origin } = await serve(world)
    for (const own of [PLATFORM, origin]) {
      expect((await post('/verify', body, { ...FORM, origin: own })).status).toBe(200)
    }
  })

  test('the API has no cookies to steal and takes JSON from everywhere', async () => {
    const world = await newWorld()
    await world.issue()
    const { post } = await serve(world)
    const json = { 'content-type': 'application/json', origin: 'https://evil.example' }
    expect((await post('/v1/lookup', PAIR, json)).read(lookupAnswer).verdict).toBe('verified')
    expect((await post('/v1/lookup', body, FORM)).status).toBe(415)
  })
})
