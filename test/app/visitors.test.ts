import { describe, expect, test } from 'vitest'
import { socketSource } from '../../src/web/source.ts'
import { holding } from '../platform/holding.ts'
import { AUTH_KEY, newWorld, PLATFORM, type World } from '../platform/world.ts'
import { PAIR, type Reply, type Served, serve } from './served.ts'

const DAY = 86_400_000

const WRONG = { ...PAIR, authKey: 'Z28YUE4J3Buy' }
let number = 0
/** A pair whose number nobody else tries. */
const unknown = () => ({
  contractNumber: `99999-${String(++number).padStart(6, '0')}`,
  authKey: AUTH_KEY,
})

async function newScene(change: Parameters<typeof serve>[1] = {}) {
  const world = await newWorld()
  await world.issue()
  return { world, ...(await sceneOver(world, change)) }
}

async function sceneOver(world: World, change: Parameters<typeof serve>[1] = {}) {
  const { platform, waits, release } = holding(world)
  const served = await serve(world, { platform, ...change })
  /** The form of a page, sent by a browser that has these cookies. */
  const verify = (fields: object, cookie?: string, lang = 'ja') =>
    served.post(`/verify?lang=${lang}`, String(new URLSearchParams({ ...fields })), {
      'content-type': 'application/x-www-form-urlencoded',
      origin: PLATFORM,
      ...(cookie !== undefined && { cookie }),
    })
  /** Spends the budget of an address, as a program there would. */
  async function spend({ post }: Served, headers: Record<string, string> = {}) {
    const json = { 'content-type': 'application/json', ...headers }
    for (let i = 0; i < 30; i++) await post('/v1/lookup', unknown(), json)
  }
  return {
    ...served,
    platform,
    waits,
    release,
    verify,
    spend: (headers = {}) => spend(served, headers),
  }
}

const cookieOf = ({ headers }: Reply) => headers.getSetCookie()[0]?.split(';')[0] ?? ''

/** What comes of a request: its answer, or that it is held. */
async function stateOf(reply: Promise<Reply>, waits: () => number[]): Promise<number | 'held'> {
  const before = waits().length
  for (;;) {
    const state = await Promise.race([
      reply.then(({ status }) => status),
      new Promise<undefined>((resolve) => setTimeout(resolve, 5)),
    ])
    if (state !== undefined) return state
    if (waits().length > before) return 'held'
  }
}

describe('the mark in a browser', () => {
  test('comes with a right answer on a page alone, bound to host, path and this site', async () => {
    const { verify, post } = await newScene()
    const right = await verify(PAIR)
    expect(right.headers.getSetCookie()).toEqual([
      expect.stringMatching(
        /^__Host-akashi-device=[\w-]{22}\.\d{10}\.[\w-]{43}; Path=\/; Max-Age=7776000; HttpOnly; SameSite=Strict; Secure$/,
      ),
    ])
    for (const other of [
      await verify(WRONG),
      await post('/v1/lookup', PAIR),
      await post('/v1/lookup', WRONG),
    ]) {
      expect(other.headers.getSetCookie()).toEqual([])
    }
  })

  test('goes without TLS where there is none', async () => {
    const { origin, post } = await newScene({ site: { origin: 'http://127.0.0.1', demo: false } })
    const headers = { 'content-type': 'application/x-www-form-urlencoded', origin }
    const [set] = (
      await post('/verify', String(new URLSearchParams(PAIR)), headers)
    ).headers.getSetCookie()
    expect(set).toMatch(/^akashi-device=\S+; Path=\/; Max-Age=7776000; HttpOnly; SameSite=Strict$/)
  })

  test('comes with an opened share link as well', async () => {
    const { platform, post } = await newScene()
    const { url } = await platform.shares.create(await platform.authenticate(PAIR), {})
    const opened = await post('/v/open', String(new URLSearchParams({ link: url })), {
      'content-type': 'application/x-www-form-urlencoded',
      origin: PLATFORM,
    })
    expect([opened.status, cookieOf(opened) !== '']).toEqual([200, true])
  })

  test('keeps typing errors quick, whatever others at the same address do', async () => {
    const { verify, spend, waits, release } = await newScene()
    const cookie = cookieOf(await verify(PAIR))
    await spend()
    const slow = verify(unknown())
    expect(await stateOf(slow, waits)).toBe('held')
    expect((await verify(unknown(), cookie)).status).toBe(404)
    expect((await verify(PAIR)).status).toBe(200)
    release()
    expect((await slow).status).toBe(404)
  })

  test('is one further budget and no more: for one pair and address it is always the same', async () => {
    const { world, verify, spend, waits, release } = await newScene()
    const first = cookieOf(await verify(PAIR))
    world.clock.pass(1000)
    const [second, kept] = [cookieOf(await verify(PAIR)), cookieOf(await verify(PAIR, first))]
    const idOf = (cookie: string) => cookie.split('.')[0]
    expect(second).not.toBe(first)
    expect([idOf(second), idOf(kept)]).toEqual([idOf(first), idOf(first)])
    await spend()
    for (let i = 0; i < 30; i++) {
      expect((await verify(unknown(), i % 2 ? first : second)).status).toBe(404)
    }
    const slow = verify(unknown(), cookieOf(await verify(PAIR)))
    expect(await stateOf(slow, waits)).toBe('held')
    release()
    await slow
  })

  test('counts only as it was made, and for ninety days', async () => {
    const { world, verify, spend, waits, release } = await newScene()
    const cookie = cookieOf(await verify(PAIR))
    const [name = '', value = ''] = cookie.split('=')
    const [id = '', end = '', seal = ''] = value.split('.')
    await spend()
    for (const forged of [
      `${id}.${Number(end) + 1}.${seal}`,
      `${'A'.repeat(22)}.${end}.${seal}`,
      `${id}.${end}.${'A'.repeat(43)}`,
      `${id}.${end}.${seal}A`,
      `${id}.${end}`,
      `${id}.${end}.`,
      '',
      '%00',
    ]) {
      const slow = verify(unknown(), `${name}=${forged}`)
      expect([forged, await stateOf(slow, waits)]).toEqual([forged, 'held'])
      release()
      await slow
    }
    expect((await verify(unknown(), cookie)).status).toBe(404)
    world.clock.pass(90 * DAY)
    await spend()
    const slow = verify(unknown(), cookie)
    expect(await stateOf(slow, waits)).toBe('held')
    release()
    await slow
  })
})

describe('an answer that was held back', () => {
  test('says so on the page, in both languages; one that was not does not', async () => {
    const { world, verify, spend, waits, release } = await newScene()
    const words = { ja: '回答を数秒遅らせています', en: 'Answers are held back for some seconds' }
    for (const lang of ['ja', 'en'] as const) {
      expect((await verify(unknown(), undefined, lang)).text).not.toContain(words[lang])
    }
    world.clock.pass(DAY)
    await spend()
    for (const lang of ['ja', 'en'] as const) {
      const slow = verify(unknown(), undefined, lang)
      expect(await stateOf(slow, waits)).toBe('held')
      release()
      expect((await slow).text).toContain(words[lang])
    }
  })

  test('is the same for a wrong number and a wrong key, headers and length', async () => {
    const { verify, post, spend, waits, release } = await newScene()
    await spend()
    const ask = async (pair: typeof PAIR) => {
      const both = [verify(pair), post('/v1/lookup', pair)]
      await stateOf(
        Promise.all(both).then(([page]) => page as Reply),
        waits,
      )
      while (waits().length < 2) await new Promise((resolve) => setTimeout(resolve, 5))
      const seconds = waits()
      release()
      const replies = await Promise.all(both)
      return replies.map(({ status, headers, text }) => {
        const { date: _, ...rest } = Object.fromEntries(headers)
        return [status, rest, text.length, Math.max(...seconds)]
      })
    }
    const nowhere = await ask(unknown())
    expect(await ask(WRONG)).toEqual(nowhere.map((one) => [...one.slice(0, 3), expect.anything()]))
  })
})

describe('where too many wait', () => {
  async function newCrowd(size: number) {
    const scene = await newScene()
    await scene.spend()
    const crowd = Array.from({ length: size }, () => scene.verify(unknown()))
    const gather = async (count: number) => {
      while (scene.waits().length < count) await new Promise((resolve) => setTimeout(resolve, 5))
    }
    await gather(size)
    return { ...scene, crowd, gather }
  }

  test('the next wrong pair is refused with the time to come again, the right one is not', async () => {
    const { verify, post, release, crowd } = await newCrowd(64)
    const problem = await post('/v1/lookup', WRONG)
    expect([problem.status, problem.problem().code]).toEqual([429, 'rate_limited'])
    expect(problem.headers.get('retry-after')).toBe('10')
    const page = await verify(WRONG)
    expect([page.status, page.headers.get('retry-after')]).toEqual([429, '10'])
    // At 14:00:11 it would be; the minute that it is in has begun before.
    expect(page.text).toContain('確認の回数が上限に達しました')
    expect(page.text).toContain('14:01以降にもう一度お試しください')
    expect((await verify(WRONG, undefined, 'en')).text).toContain('Try again after 14:01')
    expect((await verify(PAIR)).status).toBe(200)
    expect((await post('/v1/lookup', PAIR)).status).toBe(200)
    release()
    expect(new Set((await Promise.all(crowd)).map(({ status }) => status))).toEqual(new Set([404]))
  })

  test('who goes away makes room', async () => {
    const { request, verify, release, waits, crowd, gather } = await newCrowd(63)
    const gone = new AbortController()
    const leaving = request('/v1/lookup', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(unknown()),
      signal: gone.signal,
    }).catch(() => 'gone')
    await gather(64)
    expect((await verify(WRONG)).status).toBe(429)
    gone.abort()
    expect(await leaving).toBe('gone')
    const next = verify(unknown())
    expect(await stateOf(next, waits)).toBe('held')
    release()
    await Promise.all([...crowd, next])
  })
})

test('behind a proxy each of its clients has its own budget, whatever they write themselves', async () => {
  const { spend, post, waits, release } = await newScene({ sourceOf: socketSource(1) })
  const json = { 'content-type': 'application/json' }
  await spend({ 'x-forwarded-for': '198.51.100.1' })
  expect(
    (await post('/v1/lookup', unknown(), { ...json, 'x-forwarded-for': '198.51.100.2' })).status,
  ).toBe(404)
  const slow = post('/v1/lookup', unknown(), {
    ...json,
    'x-forwarded-for': '203.0.113.9, 198.51.100.1',
  })
  expect(await stateOf(slow, waits)).toBe('held')
  release()
  await slow
})
