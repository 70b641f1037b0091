import type { CompiledQuery } from 'kysely'
import { describe, expect, test } from 'vitest'
import { StoreFault } from '../../src/store/store.ts'
import { behind } from './behind.ts'
import { codeOf, faultOf } from './fault-of.ts'
import { AUTH_KEY, newWorld, payload, type World } from './world.ts'

const isAppend = (queries: readonly CompiledQuery[]) =>
  queries.some(({ sql }) => sql.includes('"logCheckpoint"'))

/** A platform whose commits to the log go through `before`, which may throw. */
function withCommit(world: World, before: () => Promise<void>) {
  const { store } = world.ports
  return world.over({
    store: {
      ...store,
      async commit(queries) {
        if (isAppend(queries)) await before()
        return store.commit(queries)
      },
    },
  })
}

async function sizes(world: World) {
  const { db } = world.ports.store
  const heads = await db.selectFrom('logCheckpoint').select('size').execute()
  const entries = await db.selectFrom('logEntry').select('position').execute()
  return { heads: heads.length, entries: entries.length }
}

async function records(world: World, count: number): Promise<string[]> {
  const numbers = Array.from({ length: count }, (_, i) => `12345-${String(i).padStart(6, '0')}`)
  return Promise.all(numbers.map((sub) => world.sign(payload({ sub }))))
}

describe('a group', () => {
  test('64 that come at once share one head and one arrival, and each has its own place', async () => {
    const world = await newWorld()
    const done = await Promise.all(
      (await records(world, 64)).map((record) =>
        world.platform.intake({ record, authKey: AUTH_KEY }),
      ),
    )
    expect(await sizes(world)).toEqual({ heads: 2, entries: 65 })
    expect(new Set(done.map(({ receipt }) => receipt.arrivedAt)).size).toBe(1)
    expect(new Set(done.map(({ receipt }) => receipt.index)).size).toBe(64)
    // One after the other they would have had a head each.
    const [more = '', evenMore = ''] = (await records(world, 66)).slice(64)
    for (const record of [more, evenMore])
      await world.platform.intake({ record, authKey: AUTH_KEY })
    expect(await sizes(world)).toEqual({ heads: 4, entries: 67 })
  })

  test('with nothing to append commits nothing', async () => {
    const world = await newWorld()
    const [record = ''] = await world.issue()
    const before = await sizes(world)
    await world.platform.intake({ record })
    expect(await codeOf(world.platform.intake({ record: await world.sign(payload()) }))).toBe(
      'auth_key_missing',
    )
    expect(await sizes(world)).toEqual(before)
  })

  test('what cannot be told again for damage fails alone', async () => {
    const world = await newWorld()
    const [old = ''] = await world.issue()
    const [record = ''] = await records(world, 1)
    behind(world).exec('DELETE FROM logNode WHERE id = 0')
    const [again, fresh] = await Promise.allSettled([
      world.platform.intake({ record: old }),
      world.platform.intake({ record, authKey: AUTH_KEY }),
    ])
    expect(again).toMatchObject({ status: 'rejected', reason: { code: 'store_unavailable' } })
    expect(fresh).toMatchObject({ status: 'fulfilled', value: { fresh: true } })
  })
})

describe('another writer', () => {
  test('that was faster is noticed, and the record lands behind it', async () => {
    const world = await newWorld()
    const other = await world.another()
    const [mine = '', ...theirs] = await records(world, 4)
    const platform = withCommit(world, async () => {
      const record = theirs.pop()
      if (record) await other.platform.intake({ record, authKey: AUTH_KEY })
    })
    const { receipt } = await platform.intake({ record: mine, authKey: AUTH_KEY })
    expect(receipt).toMatchObject({ index: 4, treeSize: 5 })
    expect(await sizes(world)).toEqual({ heads: 5, entries: 5 })
  })

  test('that is faster five times makes the log busy; nothing is stored, and the next try works', async () => {
    const world = await newWorld()
    const other = await world.another()
    const [mine = '', ...theirs] = await records(world, 7)
    let tries = 0
    const platform = withCommit(world, async () => {
      tries++
      const record = theirs.pop()
      if (record) await other.platform.intake({ record, authKey: AUTH_KEY })
    })
    const fault = await faultOf(platform.intake({ record: mine, authKey: AUTH_KEY }))
    expect([fault.code, fault.retryAfter, tries]).toEqual(['log_busy', 1, 5])
    expect(await sizes(world)).toEqual({ heads: 6, entries: 6 })
    expect(await platform.intake({ record: mine, authKey: AUTH_KEY })).toMatchObject({
      fresh: true,
    })
  })

  test('that revokes the key in between is heard: a retry starts at the known issuer', async () => {
    const world = await newWorld()
    const other = await world.another()
    const [record = ''] = await records(world, 1)
    let first = true
    const platform = withCommit(world, async () => {
      if (!first) return
      first = false
      world.clock.pass(1000)
      await other.platform.issuers.keyRevoke('east', world.issuer.kid, 'superseded')
      world.clock.pass(1000)
    })
    expect(await codeOf(platform.intake({ record, authKey: AUTH_KEY }))).toBe('key_revoked')
  })

  test('that answers between our reading of the head and of the guard is no rollback', async () => {
    const world = await newWorld()
    const other = await world.another()
    const [mine = '', theirs = ''] = await records(world, 2)
    const { store } = world.ports
    let open = true
    const platform = world.over({
      store: {
        ...store,
        async all(query) {
          const rows = await store.all(query)
          if (open && query.sql.includes('"logCheckpoint" order by "size" desc')) {
            open = false
            await other.platform.intake({ record: theirs, authKey: AUTH_KEY })
          }
          return rows
        },
      },
    })
    expect(await platform.intake({ record: mine, authKey: AUTH_KEY })).toMatchObject({
      receipt: { index: 2 },
    })
  })
})

describe('a commit that fails', () => {
  test.each([
    ['full', 'disk_full'],
    ['unavailable', 'store_unavailable'],
  ] as const)(
    '%s: nothing is stored, look-ups go on, the next submission works',
    async (reason, code) => {
      const world = await newWorld()
      await world.issue()
      const [record = ''] = await records(world, 1)
      const before = await sizes(world)
      let broken = true
      const platform = withCommit(world, async () => {
        if (broken) throw new StoreFault(reason, new Error('SQLITE: inside information'))
      })
      const fault = await faultOf(platform.intake({ record, authKey: AUTH_KEY }))
      expect(fault.code).toBe(code)
      expect(fault.message).not.toContain('inside information')
      expect(await sizes(world)).toEqual(before)
      expect(
        (await platform.lookup.byPair({ contractNumber: '12345-678901', authKey: AUTH_KEY }, {}))
          .verdict,
      ).toBe('verified')
      broken = false
      expect(await platform.intake({ record, authKey: AUTH_KEY })).toMatchObject({ fresh: true })
    },
  )

  test('half way keeps none of its rows', async () => {
    const world = await newWorld()
    const before = await sizes(world)
    const [record = ''] = await records(world, 1)
    behind(world).exec('ALTER TABLE recordBody RENAME TO elsewhere')
    expect(await codeOf(world.platform.intake({ record, authKey: AUTH_KEY }))).toBe(
      'store_unavailable',
    )
    behind(world).exec('ALTER TABLE elsewhere RENAME TO recordBody')
    expect(await sizes(world)).toEqual(before)
    expect(await world.platform.intake({ record, authKey: AUTH_KEY })).toMatchObject({
      fresh: true,
    })
  })
})

test('a guard that cannot be written is reported, and the submission is answered all the same', async () => {
  const world = await newWorld()
  const { guard } = world.ports
  const platform = world.over({
    guard: { ...guard, write: () => Promise.reject(new Error('read-only')) },
  })
  const [record = ''] = await records(world, 1)
  expect(await platform.intake({ record, authKey: AUTH_KEY })).toMatchObject({ fresh: true })
  expect(world.reports.map(({ event }) => event)).toEqual(['guard_not_written'])
  expect(await platform.intake({ record })).toMatchObject({ fresh: false })
})
