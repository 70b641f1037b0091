import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readShareLink } from '../../src/guarantee/link.ts'
import { StoreFault } from '../../src/store/store.ts'
import { codeOf } from './fault-of.ts'
import { AUTH_KEY, NUMBER, newWorld, type World } from './world.ts'

const HASH = /^[\w-]{22}$/

async function notes(world: World) {
  const rows = await world.ports.store.db
    .selectFrom('accessNote')
    .selectAll()
    .orderBy('id')
    .execute()
  return rows.map(({ kind, issuer, numberKey, detail }) => ({
    kind,
    issuer,
    numberKey,
    detail: JSON.parse(detail) as Record<string, string>,
  }))
}

test('who looked, tried, failed and shared is noted', async () => {
  const world = await newWorld()
  await world.issue()
  const { lookup, shares, authenticate } = world.platform
  const pair = { contractNumber: NUMBER, authKey: AUTH_KEY }
  const checker = { department: '契約検査課', name: '山田' }
  const answer = await lookup.byPair(pair, { checker })
  await codeOf(lookup.byPair({ ...pair, authKey: 'Z28YUE4J3Buy' }, {}))
  await codeOf(authenticate({ ...pair, contractNumber: '1' }))
  const guarantee = await authenticate(pair)
  const made = await shares.create(guarantee, {})
  await shares.open(readShareLink(made.url) ?? '')
  await shares.revoke(guarantee, made.id)
  await codeOf(shares.open('A'.repeat(22)))
  const which = { issuer: 'east', numberKey: '12345678901' }
  const nobody = { issuer: null, numberKey: null, detail: {} }
  expect(await notes(world)).toEqual([
    {
      kind: 'lookup',
      ...which,
      detail: { receipt: answer.receiptId, verdict: 'verified', ...checker },
    },
    { kind: 'lookup_failed', ...nobody, detail: { contract: expect.stringMatching(HASH) } },
    { kind: 'lookup_failed', ...nobody, detail: { contract: expect.stringMatching(HASH) } },
    { kind: 'share_created', ...which, detail: { share: made.id, scope: 'current' } },
    { kind: 'share_opened', ...which, detail: { share: made.id } },
    { kind: 'share_revoked', ...which, detail: { share: made.id } },
    { kind: 'lookup_failed', ...nobody },
  ])
})

test('neither an auth key nor a token stands in any file or report, right or wrong', async () => {
  const world = await newWorld()
  await world.issue()
  const wrong = 'Qq7Ww8Ee9Rr2'
  const pair = { contractNumber: NUMBER, authKey: AUTH_KEY }
  await world.lookup()
  await codeOf(world.platform.lookup.byPair({ ...pair, authKey: wrong }, {}))
  const guarantee = await world.platform.authenticate(pair)
  const made = await world.platform.shares.create(guarantee, {})
  const token = readShareLink(made.url) ?? ''
  await world.platform.shares.open(token)
  const ticket = await world.platform.tickets.issue(guarantee)
  await world.platform.tickets.open(ticket)

  const files = readdirSync(world.dataDir).map((name) => readFileSync(join(world.dataDir, name)))
  const everything = Buffer.concat([...files, Buffer.from(JSON.stringify(world.reports))])
  for (const secret of [AUTH_KEY, wrong, token, ticket]) {
    expect(everything.includes(secret)).toBe(false)
    expect(everything.includes(Buffer.from(secret, 'base64url'))).toBe(false)
  }
  // The scan sees what is there.
  expect(everything.includes(NUMBER)).toBe(true)
})

test('when its row cannot be written the look-up answers all the same, and the operator is told', async () => {
  const world = await newWorld()
  await world.issue()
  const { store } = world.ports
  const platform = world.over({
    store: {
      ...store,
      commitAside: () => Promise.reject(new StoreFault('full', new Error('disk'))),
    },
  })
  const pair = { contractNumber: NUMBER, authKey: AUTH_KEY }
  expect((await platform.lookup.byPair(pair, {})).verdict).toBe('verified')
  expect(await codeOf(platform.lookup.byPair({ ...pair, authKey: 'x' }, {}))).toBe(
    'not_found_or_key_mismatch',
  )
  expect(world.reports.map(({ event }) => event)).toEqual([
    'access_not_written',
    'access_not_written',
  ])
})

test('rows that come together are committed together', async () => {
  const world = await newWorld()
  await world.issue()
  const { store } = world.ports
  let commits = 0
  const platform = world.over({
    store: {
      ...store,
      commitAside(queries) {
        commits++
        return store.commitAside(queries)
      },
    },
  })
  await Promise.all(
    Array.from({ length: 20 }, () => platform.access.note({ kind: 'lookup_failed' })),
  )
  expect(commits).toBe(1)
  expect(await notes(world)).toHaveLength(20)
})

test('rows that could not be written follow with the next or in a minute; past a thousand their number does', async () => {
  const world = await newWorld()
  const { store } = world.ports
  let broken = true
  const { access, housekeeping } = world.over({
    store: {
      ...store,
      commitAside: (queries) =>
        broken
          ? Promise.reject(new StoreFault('unavailable', new Error('busy')))
          : store.commitAside(queries),
    },
  })
  const note = (times: number) =>
    Promise.all(Array.from({ length: times }, () => access.note({ kind: 'lookup_failed' })))
  await note(1003)
  expect(await notes(world)).toEqual([])
  broken = false
  await note(1)
  const rows = await notes(world)
  expect(rows.filter(({ kind }) => kind === 'lookup_failed')).toHaveLength(1001)
  expect(rows.filter(({ kind }) => kind === 'gap').map(({ detail }) => detail)).toEqual([
    { count: '3' },
  ])

  broken = true
  await note(2)
  broken = false
  // Nobody else may come for hours.
  await housekeeping()
  expect(await notes(world)).toHaveLength(rows.length + 2)
  await housekeeping()
  expect(await notes(world)).toHaveLength(rows.length + 2)
})
