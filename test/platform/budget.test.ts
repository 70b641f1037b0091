import { describe, expect, test } from 'vitest'
import type { Visitor } from '../../src/platform/access/budget.ts'
import { StoreFault } from '../../src/store/store.ts'
import { codeOf, faultOf } from './fault-of.ts'
import { holding, stateOf } from './holding.ts'
import { AUTH_KEY, NUMBER, newWorld, type World } from './world.ts'

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE

const RIGHT = { contractNumber: NUMBER, authKey: AUTH_KEY }
const WRONG = { contractNumber: NUMBER, authKey: 'Z28YUE4J3Buy' }
const NOWHERE = { contractNumber: '99999-999999', authKey: AUTH_KEY }

const from = (source: string): Visitor => ({ source })
/** Numbers that nobody else tries: only the source's budget counts. */
let number = 0
const another = () => ({ contractNumber: String(++number), authKey: AUTH_KEY })

async function newScene() {
  const world = await newWorld()
  await world.issue()
  return { world, ...sceneOver(world) }
}

function sceneOver(world: World) {
  const scene = holding(world)
  const { authenticate } = scene.platform
  /** `times` failures, one after the other; the seconds that each waits. */
  async function fail(times: number, pair: () => typeof RIGHT, visitor: Visitor) {
    const seconds: number[] = []
    for (let i = 0; i < times; i++) {
      const failed = codeOf(authenticate(pair(), visitor))
      seconds.push((await stateOf(failed)) === 'pending' ? (scene.waits().at(-1) ?? 0) : 0)
      scene.release()
      expect(await failed).toBe('not_found_or_key_mismatch')
    }
    return seconds
  }
  return { ...scene, authenticate, fail }
}

const zeros = (count: number) => Array<number>(count).fill(0)

describe('a source', () => {
  test('may fail thirty times at once; from then on it waits, a second more each time up to ten', async () => {
    const { fail } = await newScene()
    expect(await fail(30, another, from('a'))).toEqual(zeros(30))
    expect(await fail(12, another, from('a'))).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 10, 10])
  })

  test('gets ten failures a minute back, and no more than the thirty', async () => {
    const { world, fail } = await newScene()
    await fail(30, another, from('a'))
    world.clock.pass(MINUTE)
    expect(await fail(11, another, from('a'))).toEqual([...zeros(10), 1])
    world.clock.pass(HOUR)
    expect(await fail(31, another, from('a'))).toEqual([...zeros(30), 1])
  })

  test('is soon within its budget again, however long it has gone on', async () => {
    const { world, fail } = await newScene()
    await fail(200, another, from('a'))
    world.clock.pass(MINUTE + 6 * SECOND)
    expect(await fail(1, another, from('a'))).toEqual([0])
  })

  test('does not pay for another one, nor for a clock that somebody turns', async () => {
    const { world, fail } = await newScene()
    await fail(40, another, from('a'))
    expect(await fail(1, another, from('b'))).toEqual([0])
    world.clock.turn(-HOUR)
    expect(await fail(2, another, from('b'))).toEqual([10, 10])
    world.clock.pass(5 * MINUTE)
    expect(await fail(1, another, from('b'))).toEqual([0])
  })

  test('with failures that come together is counted one by one', async () => {
    const { platform, waits, release } = await newScene()
    const all = Array.from({ length: 33 }, () =>
      codeOf(platform.authenticate(another(), from('a'))),
    )
    await stateOf(Promise.all(all))
    expect(waits()).toEqual([1, 2, 3])
    release()
    await Promise.all(all)
  })

  test('has its budget through a restart, and over all processes', async () => {
    const { world, fail } = await newScene()
    await fail(20, another, from('a'))
    const beside = sceneOver(await world.another())
    expect(await beside.fail(10, another, from('a'))).toEqual(zeros(10))
    const later = sceneOver(await world.reopen())
    expect(await later.fail(1, another, from('a'))).toEqual([1])
  })

  test('pays for wrong share links out of the same budget', async () => {
    const { platform, fail, waits, release } = await newScene()
    await fail(30, another, from('a'))
    const opened = faultOf(platform.shares.open('A'.repeat(22), from('a')))
    expect(await stateOf(opened)).toBe('pending')
    expect(waits()).toEqual([1])
    release()
    expect(await opened).toMatchObject({ code: 'not_found_or_key_mismatch', slowed: true })
  })
})

describe('a browser with a mark', () => {
  test('has a budget of its own, of the same size, whatever others at its address do', async () => {
    const { fail } = await newScene()
    await fail(60, another, from('a'))
    const device = { source: 'a', device: 'mark' }
    expect(await fail(31, another, device)).toEqual([...zeros(30), 1])
    expect(await fail(1, another, { source: 'b', device: 'mark' })).toEqual([2])
    expect(await fail(1, another, from('b'))).toEqual([0])
  })
})

describe('a contract number', () => {
  const spread = (i: number) => from(`10.0.0.${i}`)

  test.each([
    ['known', WRONG],
    ['unknown', NOWHERE],
  ])(
    '%s may be missed twenty times an hour from anywhere; then a miss waits two to ten seconds',
    async (_which, pair) => {
      const { world, fail } = await newScene()
      const seconds: number[] = []
      for (let i = 0; i < 31; i++) seconds.push(...(await fail(1, () => pair, spread(i))))
      expect(seconds).toEqual([...zeros(20), 2, 3, 4, 5, 6, 7, 8, 9, 10, 10, 10])
      expect(await fail(1, another, spread(1))).toEqual([0])
      world.clock.pass(HOUR)
      expect(await fail(1, () => pair, spread(1))).toEqual([0])
    },
  )

  test('past its budget is told to the operator once an hour, and not in clear', async () => {
    const { world, fail } = await newScene()
    for (let i = 0; i < 25; i++) await fail(1, () => WRONG, spread(i))
    const told = () => world.reports.filter(({ event }) => event === 'contract_past_budget')
    expect(told()).toHaveLength(1)
    expect(JSON.stringify(told())).not.toMatch(/12345|678901/)
    for (let i = 0; i < 25; i++) await fail(1, () => NOWHERE, spread(i))
    expect(new Set(told().map(({ facts }) => facts.contract)).size).toBe(2)
    world.clock.pass(HOUR)
    for (let i = 0; i < 21; i++) await fail(1, () => WRONG, spread(i))
    expect(told()).toHaveLength(3)
    // What was tried can be found in the access log by the same name.
    const rows = await world.ports.store.db.selectFrom('accessNote').selectAll().execute()
    expect(rows.some(({ detail }) => detail.includes(String(told()[0]?.facts.contract)))).toBe(true)
  })
})

describe('a right pair', () => {
  test('asks for no budget, and is answered at once by whoever is past all of them', async () => {
    const { world, fail } = await newScene()
    await fail(60, () => WRONG, from('a'))
    const asked: string[] = []
    const { platform, waits } = holding(world, {
      store: {
        ...world.ports.store,
        all(query) {
          asked.push(query.sql)
          return world.ports.store.all(query)
        },
        commit: () => Promise.reject(new Error('nothing is to be written')),
        commitAside: () => Promise.reject(new Error('nothing is to be written')),
      },
    })
    const { issuer } = await platform.authenticate(RIGHT, from('a'))
    expect([issuer, waits()]).toEqual(['east', []])
    expect(asked.every((sql) => sql.includes('from "guarantee"'))).toBe(true)
    expect(asked.length).toBeGreaterThan(0)
  })
})

describe('the queue', () => {
  test('holds 64 of a source; the next is refused with the time to come back, the right one is not', async () => {
    const { platform, authenticate, fail, waits, release } = await newScene()
    await fail(30, another, from('a'))
    const waiting = Array.from({ length: 64 }, () => codeOf(authenticate(another(), from('a'))))
    expect(await stateOf(Promise.race(waiting))).toBe('pending')
    expect(waits()).toHaveLength(64)
    const refused = await faultOf(authenticate(WRONG, from('a')))
    expect([refused.code, refused.retryAfter]).toEqual(['rate_limited', 10])
    expect(await faultOf(platform.shares.open('A'.repeat(22), from('a')))).toEqual(refused)
    expect(await codeOf(authenticate(NOWHERE, from('a')))).toBe('rate_limited')

    expect(await authenticate(RIGHT, from('a'))).toMatchObject({ contractNumber: NUMBER })
    expect(await fail(1, another, from('b'))).toEqual([0])
    release()
    expect(new Set(await Promise.all(waiting))).toEqual(new Set(['not_found_or_key_mismatch']))
    expect(await fail(1, another, from('a'))).toEqual([10])
  })

  test('full of others keeps out only who is past a budget', async () => {
    const { world, authenticate, fail, waits, release } = await newScene()
    const crowd = Array.from({ length: 8 }, (_, i) => from(`crowd ${i}`))
    for (const visitor of [...crowd, from('a')]) await fail(30, another, visitor)
    const waiting = crowd.flatMap((visitor) =>
      Array.from({ length: 64 }, () => codeOf(authenticate(another(), visitor))),
    )
    expect(await stateOf(Promise.race(waiting))).toBe('pending')
    expect(waits()).toHaveLength(512)
    const spent = () => world.ports.store.db.selectFrom('budget').selectAll().execute()
    const before = await spent()
    expect(await codeOf(authenticate(another(), from('a')))).toBe('rate_limited')
    expect(await spent()).toEqual(before)
    expect(await codeOf(authenticate(another(), from('b')))).toBe('not_found_or_key_mismatch')
    release()
    await Promise.all(waiting)
  })

  test('gives a place back at once when its client goes away', async () => {
    const { authenticate, fail, waits } = await newScene()
    await fail(30, another, from('a'))
    const gone = new AbortController()
    const visitor = { source: 'a', gone: () => gone.signal }
    const waiting = Array.from({ length: 64 }, () => codeOf(authenticate(another(), visitor)))
    expect(await stateOf(Promise.race(waiting))).toBe('pending')
    gone.abort()
    await Promise.all(waiting)
    const next = codeOf(authenticate(another(), from('a')))
    expect(await stateOf(next)).toBe('pending')
    expect(waits()).toHaveLength(65)
  })

  test('lets all go, and holds nobody any more, when the process is to end', async () => {
    const { platform, authenticate, fail } = await newScene()
    await fail(30, another, from('a'))
    const waiting = codeOf(authenticate(another(), from('a')))
    expect(await stateOf(waiting)).toBe('pending')
    platform.releaseWaiting()
    expect(await waiting).toBe('not_found_or_key_mismatch')
    expect(await codeOf(authenticate(another(), from('a')))).toBe('not_found_or_key_mismatch')
  })
})

test('what cannot be counted keeps nobody from an answer, and the operator is told', async () => {
  const { world } = await newScene()
  const { platform } = holding(world, {
    store: {
      ...world.ports.store,
      commit: () => Promise.reject(new StoreFault('full', new Error('disk'))),
      commitAside: () => Promise.reject(new StoreFault('full', new Error('disk'))),
    },
  })
  for (let i = 0; i < 40; i++) await codeOf(platform.authenticate(WRONG, from('a')))
  expect(new Set(world.reports.map(({ event }) => event))).toEqual(
    new Set(['budget_not_kept', 'access_not_written']),
  )
})

test('budgets that are whole again are forgotten', async () => {
  const { world, platform, fail } = await newScene()
  await fail(40, another, from('a'))
  const rows = () => world.ports.store.db.selectFrom('budget').select('id').execute()
  expect(await rows()).toHaveLength(41)
  world.clock.pass(3 * MINUTE)
  await platform.housekeeping()
  expect(await rows()).toHaveLength(1)
  world.clock.pass(MINUTE)
  await platform.housekeeping()
  expect(await rows()).toEqual([])
})
