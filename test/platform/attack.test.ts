import { describe, expect, test } from 'vitest'
import type { Visitor } from '../../src/platform/access/budget.ts'
import { faults } from './access-rows.ts'
import { codeOf } from './fault-of.ts'
import { holding, stateOf } from './holding.ts'
import { AUTH_KEY, NUMBER, newWorld, type World } from './world.ts'

const MINUTE = 60_000

const RIGHT = { contractNumber: NUMBER, authKey: AUTH_KEY }
const WRONG = { contractNumber: NUMBER, authKey: 'Z28YUE4J3Buy' }

const OFFICE: Visitor = { source: '192.0.2.7' }

/** Failures as the access log has them: rows of one, and those that stand for many. */
async function failures({ ports }: World) {
  const rows = await ports.store.db
    .selectFrom('accessNote')
    .selectAll()
    .where('kind', '=', 'lookup_failed')
    .orderBy('id')
    .execute()
  return rows.map(({ source, detail }) => ({
    source,
    ...(JSON.parse(detail) as { contract?: string; count?: string; minute?: string }),
  }))
}

async function count(world: World, table: 'accessNote' | 'accessTally' | 'budget') {
  return (await world.ports.store.db.selectFrom(table).selectAll().execute()).length
}

test('ten thousand wrong pairs from one address, and the officer there is answered at once each time', async () => {
  const world = await newWorld()
  await world.issue()
  const { platform, waits, release } = holding(world)
  const codes = new Map<string, number>()
  const attack = async (i: number) => {
    // Of one number, of numbers that nobody has, and share links.
    const pair = { contractNumber: `1234-${i}`, authKey: AUTH_KEY }
    const tried = [
      () => platform.authenticate(WRONG, OFFICE),
      () => platform.authenticate(pair, OFFICE),
      () => platform.shares.open(String(i).padStart(22, 'A'), OFFICE),
    ][i % 3] as () => Promise<unknown>
    const code = await codeOf(tried())
    codes.set(code, (codes.get(code) ?? 0) + 1)
  }
  const attacks: Promise<void>[] = []
  let verified = 0
  for (let wave = 0; wave < 100; wave++) {
    for (let i = 0; i < 100; i++) attacks.push(attack(100 * wave + i))
    // Nobody who waits is let go meanwhile: what is answered did not wait.
    const { verdict } = await platform.lookup.byPair(RIGHT, {}, OFFICE)
    if (verdict === 'verified') verified++
  }
  expect(verified).toBe(100)
  // One typing error, while 64 wait: it is told to come again, and the right pair is not.
  expect(await codeOf(platform.authenticate(WRONG, OFFICE))).toBe('rate_limited')
  expect(waits()).toHaveLength(64)
  release()
  await Promise.all(attacks)
  expect(Object.fromEntries(codes)).toEqual({ not_found_or_key_mismatch: 94, rate_limited: 9906 })

  world.clock.pass(MINUTE)
  await platform.housekeeping()
  const rows = await failures(world)
  expect(rows).toHaveLength(31)
  expect(rows.at(-1)).toMatchObject({ count: '9971', minute: '2026-02-03T05:00:00.000Z' })
  expect(new Set(rows.map(({ source }) => source)).size).toBe(1)
  expect(await count(world, 'accessNote')).toBe(131)
  expect(await count(world, 'accessTally')).toBe(0)
  expect(await count(world, 'budget')).toBeLessThan(94)
  expect(await faults(world)).toEqual([])
})

describe('failures past the budget', () => {
  test('become one row for each source and minute once it is over, whoever keeps house', async () => {
    const world = await newWorld()
    const fail = async (times: number, source: string) => {
      for (let i = 0; i < times; i++) await codeOf(world.platform.shares.open('A', { source }))
    }
    await fail(33, 'a')
    await fail(32, 'b')
    expect(await count(world, 'accessTally')).toBe(2)
    await world.platform.housekeeping()
    expect(await count(world, 'accessTally')).toBe(2)
    world.clock.pass(MINUTE)
    await fail(11, 'a')
    const other = await world.another()
    await Promise.all([world.platform.housekeeping(), other.platform.housekeeping()])
    const told = (await failures(world)).filter(({ count: many }) => many !== undefined)
    expect(told.map(({ count: many, minute }) => [many, minute]).toSorted()).toEqual([
      ['2', '2026-02-03T05:00:00.000Z'],
      ['3', '2026-02-03T05:00:00.000Z'],
    ])
    expect(new Set(told.map(({ source }) => source)).size).toBe(2)
    expect(await count(world, 'accessTally')).toBe(1)
  })

  test('are kept while they cannot be written', async () => {
    const world = await newWorld()
    let broken = true
    const { platform } = holding(world, {
      store: {
        ...world.ports.store,
        commitAside: (queries) =>
          broken ? Promise.reject(new Error('busy')) : world.ports.store.commitAside(queries),
      },
    })
    await platform.access.count('a')
    await platform.access.count('a')
    broken = false
    await platform.access.count('a')
    const [tally] = await world.ports.store.db.selectFrom('accessTally').selectAll().execute()
    expect(tally?.count).toBe(3)
  })
})

test('an address stands nowhere in the database, and its rows can be grouped all the same', async () => {
  const world = await newWorld()
  await world.issue()
  await world.platform.lookup.byPair(RIGHT, {}, OFFICE)
  await codeOf(world.platform.authenticate(WRONG, OFFICE))
  await codeOf(world.platform.authenticate(WRONG, { source: '192.0.2.8' }))
  const rows = await world.ports.store.db.selectFrom('accessNote').selectAll().execute()
  const [good, bad, other] = rows.map(({ source }) => source)
  expect(good).toMatch(/^[\w-]{22}$/)
  expect([bad === good, other === good]).toEqual([true, false])
  expect(JSON.stringify(rows)).not.toContain('192.0.2')
  const later = await world.reopen()
  await codeOf(later.platform.authenticate(WRONG, OFFICE))
  const [again] = (await failures(later)).slice(-1)
  expect(again?.source).toBe(good)
})

describe('where keys are hashed slowly', () => {
  /** As with scrypt, at the price of HMAC; every hash is counted. */
  async function newScene() {
    const world = await newWorld()
    await world.issue()
    const { peppers } = world.ports
    let hashes = 0
    const slow = holding(world, {
      peppers: {
        ...peppers,
        isSlow: () => true,
        mac(pid, salt, message) {
          hashes++
          return peppers.mac(pid, salt, message)
        },
      },
    })
    return { world, ...slow, hashes: () => hashes }
  }

  test('the queue stands before the hash, and a right pair stands in it', async () => {
    const { platform, waits, release, hashes } = await newScene()
    for (let i = 0; i < 20; i++) await codeOf(platform.authenticate(WRONG, OFFICE))
    expect(hashes()).toBe(40)
    const [right, wrong] = [RIGHT, WRONG].map((pair) => platform.authenticate(pair, OFFICE))
    expect(await stateOf(right as Promise<unknown>)).toBe('pending')
    expect([hashes(), waits()]).toEqual([40, [2, 2]])
    release()
    expect(await right).toMatchObject({ contractNumber: NUMBER })
    // It has waited before: not a second time.
    expect(await codeOf(wrong as Promise<unknown>)).toBe('not_found_or_key_mismatch')
    expect([hashes(), waits()]).toEqual([44, []])
  })

  test('whoever has not failed is answered, however many others wait', async () => {
    const { platform, waits, release } = await newScene()
    const crowd = Array.from({ length: 8 }, (_, i) => ({ source: `crowd ${i}` }))
    for (let i = 0; i < 20; i++) await codeOf(platform.authenticate(WRONG, OFFICE))
    const waiting = crowd.flatMap((visitor) =>
      Array.from({ length: 64 }, () => codeOf(platform.authenticate(WRONG, visitor))),
    )
    expect(await stateOf(Promise.race(waiting))).toBe('pending')
    expect(waits()).toHaveLength(512)
    const other = { ...RIGHT, contractNumber: '12345-000009' }
    expect(await codeOf(platform.authenticate(other, { source: 'b' }))).toBe(
      'not_found_or_key_mismatch',
    )
    release()
    await Promise.all(waiting)
  })

  test('what finds no place in it is not hashed, right or wrong', async () => {
    const { platform, waits, release, hashes } = await newScene()
    for (let i = 0; i < 20; i++) await codeOf(platform.authenticate(WRONG, OFFICE))
    const waiting = Array.from({ length: 64 }, () => codeOf(platform.authenticate(WRONG, OFFICE)))
    expect(await stateOf(Promise.race(waiting))).toBe('pending')
    expect(waits()).toHaveLength(64)
    expect(await codeOf(platform.authenticate(WRONG, OFFICE))).toBe('rate_limited')
    expect(await codeOf(platform.authenticate(RIGHT, OFFICE))).toBe('rate_limited')
    expect(hashes()).toBe(40)
    release()
    await Promise.all(waiting)
  })
})
