import { expect, test } from 'vitest'
import { instant } from '../../src/base/time.ts'
import { readShareLink } from '../../src/guarantee/link.ts'
import { parseEvidence } from '../../src/log/bundle.ts'
import { createdShare, lookupAnswer, shareList } from '../../src/platform/door/schemas.api.ts'
import { certificate, newWorld, PLATFORM, payload, START } from '../platform/world.ts'
import { PAIR, type Reply, serve } from './served.ts'

const DAY = 86_400_000

/** A guarantee of two versions behind a server, with what its holder can do. */
async function shared() {
  const world = await newWorld()
  await world.issue({ certificate: certificate({ guaranteedAmount: 19_000_000 }) })
  const served = await serve(world)
  const { post } = served
  return {
    world,
    served,
    create: async (wish: object = {}) =>
      (await post('/v1/shares', { ...PAIR, ...wish })).read(createdShare),
    open: (url: string) => post('/v1/shares/open', { token: readShareLink(url) }),
    list: async () => (await post('/v1/shares/list', PAIR)).read(shareList).items,
    revoke: (id: string, pair: object = PAIR) => post(`/v1/shares/${id}/revoke`, pair),
  }
}

function refusal({ status, problem }: Reply): [number, string] {
  return [status, problem().code]
}

test('a link shows the newest state alone, unless it was made for the history', async () => {
  const { world, served, create, open } = await shared()
  const made = await served.post('/v1/shares', PAIR)
  expect(made.status).toBe(201)
  const share = made.read(createdShare)
  expect(share).toMatchObject({ scope: 'current', expiresAt: instant(START + 2000 + 90 * DAY) })
  expect(share.url).toMatch(new RegExp(`^${PLATFORM}/v#[A-Za-z0-9_-]{22}$`))

  const current = (await open(share.url)).read(lookupAnswer)
  const noted = world.ports.store.db
    .selectFrom('accessNote')
    .select(['kind', 'detail'])
    .orderBy('id')
  const details = (await noted.execute()).map(({ kind, detail }) => [
    kind,
    JSON.parse(detail).share,
  ])
  expect(details.slice(-2)).toEqual([
    ['share_opened', share.id],
    ['lookup', share.id],
  ])
  expect([current.verdict, current.partial]).toEqual(['verified', true])
  expect(current.history.map(({ seq }) => seq)).toEqual([2])
  expect(parseEvidence(current.evidence)).toMatchObject({ partial: true, versions: [{ seq: 2 }] })
  expect(JSON.stringify(current)).not.toContain('20000000')

  const { url } = await create({ scope: 'history' })
  const whole = (await open(url)).read(lookupAnswer)
  expect(whole.partial).toBeUndefined()
  expect(whole.history.map(({ seq }) => seq)).toEqual([1, 2])
  expect(parseEvidence(whole.evidence)).toMatchObject({ partial: false })
})

test('the list names every link, newest first, with its openings and never its token', async () => {
  const { world, create, open, list, revoke } = await shared()
  const first = await create()
  world.clock.pass(1000)
  const second = await create({ scope: 'history', expiresAt: instant(START + 3 * DAY) })
  await open(first.url)
  world.clock.pass(1000)
  await open(first.url)
  await revoke(second.id)
  expect(await list()).toEqual([
    {
      id: second.id,
      scope: 'history',
      createdAt: instant(START + 3000),
      expiresAt: instant(START + 3 * DAY),
      revokedAt: instant(START + 4000),
      openings: 0,
    },
    {
      id: first.id,
      scope: 'current',
      createdAt: instant(START + 2000),
      expiresAt: first.expiresAt,
      openings: 2,
      lastOpenedAt: instant(START + 4000),
    },
  ])
})

test('a withdrawn link is gone, its neighbour is not; withdrawing twice changes nothing', async () => {
  const { create, open, list, revoke } = await shared()
  const [one, two] = [await create(), await create()]
  const done = await revoke(one.id)
  expect([done.status, done.text]).toEqual([204, ''])
  expect(refusal(await open(one.url))).toEqual([410, 'share_expired_or_revoked'])
  expect((await open(two.url)).status).toBe(200)
  const before = await list()
  expect((await revoke(one.id)).status).toBe(204)
  expect(await list()).toEqual(before)
})

test('a link ends at its time, to the millisecond', async () => {
  const { world, create, open } = await shared()
  const { url } = await create({ expiresAt: instant(START + DAY) })
  world.clock.pass(DAY - 2001)
  expect((await open(url)).status).toBe(200)
  world.clock.pass(1)
  expect(refusal(await open(url))).toEqual([410, 'share_expired_or_revoked'])
})

test('an end is at most 400 days away and not past, else expiresAt is named', async () => {
  const { served, create } = await shared()
  const now = START + 2000
  const most = instant(now + 400 * DAY)
  expect((await create({ expiresAt: most })).expiresAt).toBe(most)
  for (const expiresAt of [instant(now + 400 * DAY + 1), instant(now), '2026-03-01', 'soon']) {
    const reply = await served.post('/v1/shares', { ...PAIR, expiresAt })
    expect(refusal(reply)).toEqual([400, 'body_invalid'])
    expect(reply.problem().errors?.map(({ field }) => field)).toEqual(['expiresAt'])
  }
})

test('an unknown token is answered as a wrong key is', async () => {
  const { served, create } = await shared()
  await create()
  const wrongKey = await served.post('/v1/lookup', { ...PAIR, authKey: 'Z28YUE4J3Buy' })
  for (const token of ['A'.repeat(22), '', 'no token', '証'.repeat(60)]) {
    const reply = await served.post('/v1/shares/open', { token })
    expect(refusal(reply)).toEqual(refusal(wrongKey))
    expect(reply.problem().title).toBe(wrongKey.problem().title)
  }
})

test('who has not number and key makes, sees and withdraws no link', async () => {
  const { served, create, revoke, list } = await shared()
  const { id } = await create()
  const wrong = { ...PAIR, authKey: 'Z28YUE4J3Buy' }
  for (const path of ['/v1/shares', '/v1/shares/list', `/v1/shares/${id}/revoke`]) {
    expect(refusal(await served.post(path, wrong))).toEqual([404, 'not_found_or_key_mismatch'])
  }
  expect((await list())[0]?.revokedAt).toBeUndefined()
  expect((await revoke(id)).status).toBe(204)
})

test('a link is withdrawn with the pair of its own guarantee only', async () => {
  const { world, create, open, revoke } = await shared()
  const { id, url } = await create()
  const other = { contractNumber: '12345-678902', authKey: 'otherOTH2345' }
  const record = await world.sign(payload({ sub: other.contractNumber }))
  await world.platform.intake({ record, authKey: other.authKey })
  expect(refusal(await revoke(id, other))).toEqual([404, 'not_found'])
  expect(refusal(await revoke('unknown'))).toEqual([404, 'not_found'])
  expect((await open(url)).status).toBe(200)
})
