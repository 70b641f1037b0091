import { expect, test } from 'vitest'
import { z } from 'zod'
import { lookupAnswer } from '../../src/platform/door/schemas.api.ts'
import { StoreFault } from '../../src/store/store.ts'
import { newWorld, type World } from '../platform/world.ts'
import { PAIR, type Reply, type Served, serve } from './served.ts'

const SECRET = 'select secret from /var/lib/akashi'
const FORM = { 'content-type': 'application/x-www-form-urlencoded' }
const facts = z.object({ id: z.string(), path: z.string(), error: z.string() })

/** The app over a store that throws whatever is asked of it. */
async function broken(error: Error): Promise<{ world: World; served: Served }> {
  const world = await newWorld()
  await world.issue()
  const fail = () => Promise.reject(error)
  const { store } = world.ports
  const platform = world.over({ store: { ...store, all: fail, commit: fail } })
  return { world, served: await serve(world, { platform }) }
}

function onlyReport({ reports }: World) {
  expect(reports).toHaveLength(1)
  const [report] = reports
  return { event: report?.event, ...facts.parse(report?.facts) }
}

function form({ post, origin }: Served): Promise<Reply> {
  return post('/verify', String(new URLSearchParams(PAIR)), { ...FORM, origin })
}

test('what breaks inside is answered 500 without a word of it, and reported once, under its number', async () => {
  const { world, served } = await broken(new Error(SECRET))
  const reply = await served.post('/v1/lookup', PAIR)
  const { code, instance } = reply.problem()
  expect([reply.status, code]).toEqual([500, 'internal'])
  expect(reply.text).not.toMatch(/secret|select|akashi\/|store/)
  const { event, id, path, error } = onlyReport(world)
  expect([event, `urn:uuid:${id}`, path]).toEqual(['internal', instance, '/v1/lookup'])
  expect(error).toContain(SECRET)
})

test('the report of a call shows its path as it was mounted: the real one may name a guarantee', async () => {
  const { world, served } = await broken(new Error(SECRET))
  await served.post('/v1/shares/AAAA/revoke', PAIR)
  expect(onlyReport(world).path).toBe('/v1/shares/:id/revoke')
})

test('on a page the officer sees a number, and the operator finds it in the report', async () => {
  const { world, served } = await broken(new Error(SECRET))
  const reply = await form(served)
  const { id, path } = onlyReport(world)
  expect([reply.status, path]).toEqual([500, '/verify'])
  expect(reply.text).toContain(id)
  expect(reply.text).not.toContain('secret')
  expect(reply.text).not.toContain(PAIR.authKey)
})

test.each([
  ['full', 'disk_full'],
  ['unavailable', 'store_unavailable'],
] as const)(
  'a store that is %s is answered %s, and its own words go to the operator',
  async (reason, code) => {
    const { world, served } = await broken(new StoreFault(reason, new Error(SECRET)))
    const reply = await served.get('/v1/issuers')
    expect([reply.status, reply.problem().code]).toEqual([503, code])
    expect(reply.text).not.toContain('secret')
    const { event, error } = onlyReport(world)
    expect(event).toBe(code)
    expect(error).toContain(SECRET)
    expect((await form(served)).status).toBe(503)
  },
)

test('a look-up is answered though nobody can write down that it was made', async () => {
  const world = await newWorld()
  await world.issue()
  const { store } = world.ports
  const commitAside = () => Promise.reject(new StoreFault('full', new Error(SECRET)))
  const platform = world.over({ store: { ...store, commitAside } })
  const { post } = await serve(world, { platform })
  const reply = await post('/v1/lookup', PAIR)
  expect(reply.read(lookupAnswer).verdict).toBe('verified')
  expect(world.reports.map(({ event }) => event)).toEqual(['access_not_written'])
})

test('what is refused is nothing to report', async () => {
  const world = await newWorld()
  const served = await serve(world)
  const replies = [
    await served.post('/v1/lookup', PAIR),
    await served.post('/v1/records', '{'),
    await served.get('/v1/nothing'),
    await served.get('/nothing'),
    await form(served),
    await served.post('/verify', 'a=b', { ...FORM, origin: 'https://evil.example' }),
  ]
  expect(replies.map(({ status }) => status)).toEqual([404, 400, 404, 404, 404, 403])
  expect(world.reports).toEqual([])
})

test('every refusal has a number of its own', async () => {
  const { get } = await serve(await newWorld())
  const numbers = new Set<string>()
  for (let i = 0; i < 5; i++) numbers.add((await get('/v1/nothing')).problem().instance)
  expect(numbers.size).toBe(5)
})
