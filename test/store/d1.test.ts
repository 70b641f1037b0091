import type { D1Database } from '@cloudflare/workers-types'
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { openD1 } from '../../src/store/d1.ts'
import { StoreFault } from '../../src/store/store.ts'

interface Statement {
  sql: string
  parameters: unknown[]
}

/** A D1 that keeps the batches it is given, or says no. */
function newStore(no?: string) {
  const batches: Statement[][] = []
  const d1 = {
    prepare: (text: string) => ({
      bind: (...parameters: unknown[]) => ({
        sql: text,
        parameters,
        all: async () => {
          if (no !== undefined) throw new Error(no)
          return { results: [] }
        },
      }),
    }),
    async batch(statements: Statement[]) {
      if (no !== undefined) throw new Error(no)
      batches.push(statements.map(({ sql, parameters }) => ({ sql, parameters })))
    },
  }
  return { store: openD1(d1 as unknown as D1Database), batches }
}

type Store = ReturnType<typeof newStore>['store']

const setting = ({ db }: Store, name: string) =>
  db.insertInto('setting').values({ name, value: 'x' }).compile()
const node = ({ db }: Store, id: number) =>
  db
    .insertInto('logNode')
    .values({ id, hash: Uint8Array.of(id) })
    .compile()

describe('a commit', () => {
  test('puts neighbouring inserts into one table together, and nothing else', async () => {
    const { store, batches } = newStore()
    const change = store.db.updateTable('setting').set({ value: 'y' }).compile()
    const upsert = store.db
      .insertInto('setting')
      .values({ name: 'c', value: 'x' })
      .onConflict((on) => on.doNothing())
      .compile()
    await store.commit([
      setting(store, 'a'),
      setting(store, 'b'),
      node(store, 1),
      setting(store, 'd'),
      change,
      change,
      upsert,
      upsert,
    ])
    const into = 'insert into "setting" ("name", "value") values'
    expect(batches).toEqual([
      [
        { sql: `${into} (?, ?), (?, ?)`, parameters: ['a', 'x', 'b', 'x'] },
        { sql: 'insert into "logNode" ("id", "hash") values (?, ?)', parameters: [1, [1]] },
        { sql: `${into} (?, ?)`, parameters: ['d', 'x'] },
        { sql: 'update "setting" set "value" = ?', parameters: ['y'] },
        { sql: 'update "setting" set "value" = ?', parameters: ['y'] },
        { sql: `${into} (?, ?) on conflict do nothing`, parameters: ['c', 'x'] },
        { sql: `${into} (?, ?) on conflict do nothing`, parameters: ['c', 'x'] },
      ],
    ])
  })

  test('never gives a statement more than the 100 parameters that it may have', async () => {
    const { store, batches } = newStore()
    await store.commit(Array.from({ length: 101 }, (_, i) => node(store, i)))
    expect(batches[0]?.map(({ parameters }) => parameters.length)).toEqual([100, 100, 2])
  })
})

describe('what D1 says', () => {
  test.each([
    ['D1_ERROR: UNIQUE constraint failed: logEntry.position: SQLITE_CONSTRAINT', 'conflict'],
    ['D1_ERROR: append-only-taken: logEntry: SQLITE_CONSTRAINT', 'conflict'],
    ['D1_ERROR: append-only: logEntry: SQLITE_CONSTRAINT', 'unavailable'],
    ['D1_ERROR: NOT NULL constraint failed: setting.value: SQLITE_CONSTRAINT', 'unavailable'],
    ['D1_ERROR: Exceeded maximum DB size', 'full'],
    ['D1_ERROR: Network connection lost.', 'unavailable'],
    ['Too many API requests by single Worker invocation.', 'unavailable'],
  ])('%s is %s', async (message, reason) => {
    const { store } = newStore(message)
    for (const deed of [store.commit, store.commitAside]) {
      await expect(deed([setting(store, 'a')])).rejects.toMatchObject({ reason })
    }
    const read = store.db.selectFrom('setting').selectAll().compile()
    await expect(store.all(read)).rejects.toMatchObject({ reason })
  })

  test('of a table that is missing comes with the cure; a value of ours that is none is our fault', async () => {
    const missing = newStore('D1_ERROR: no such table: setting: SQLITE_ERROR').store
    await expect(missing.commit([setting(missing, 'a')])).rejects.toThrow(
      'Run wrangler d1 migrations apply.',
    )
    const { store } = newStore("D1_TYPE_ERROR: Type 'undefined' not supported")
    await expect(store.commit([setting(store, 'a')])).rejects.not.toBeInstanceOf(StoreFault)
  })
})

test('the builder neither writes nor opens a transaction that would wait for its caller', async () => {
  const { store, batches } = newStore()
  const { db } = store
  await expect(db.deleteFrom('setting').execute()).rejects.toThrow('a write outside a commit')
  await expect(sql`DELETE FROM setting`.execute(db)).rejects.toThrow('a write outside a commit')
  const queries = [db.deleteFrom('setting').compile()]
  await expect(store.snapshot(queries)).rejects.toThrow('a write outside a commit')
  await expect(db.transaction().execute(async () => {})).rejects.toThrow('Use commit')
  expect(batches).toEqual([])
  expect(await db.selectFrom('setting').selectAll().execute()).toEqual([])
})
