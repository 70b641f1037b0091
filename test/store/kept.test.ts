import { DummyDriver, Kysely, SqliteAdapter, SqliteQueryCompiler } from 'kysely'
import { expect, test } from 'vitest'
import { kept } from '../../src/store/kept.ts'
import type { Tables } from '../../src/store/tables.ts'

const db = new Kysely<Tables>({
  dialect: {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: () => {
      throw new Error('not asked for')
    },
    createQueryCompiler: () => new SqliteQueryCompiler(),
  },
})

test('a query is built once, and each call fills in its own arguments', () => {
  let built = 0
  const query = kept(db, (one, name: string, value: string) => {
    built++
    return one.updateTable('setting').set({ value }).where('name', '=', name)
  })
  expect(query('a', '1').parameters).toEqual(['1', 'a'])
  expect(query('b', '2').parameters).toEqual(['2', 'b'])
  expect(query('a', '1').sql).toBe('update "setting" set "value" = ? where "name" = ?')
  expect(built).toBe(1)
})

test('an argument may come twice, and numbers that are none become a part of the text', () => {
  const query = kept(db, (one, name: string) =>
    one
      .selectFrom('setting')
      .select('name')
      .where('name', '=', name)
      .where('value', '!=', name)
      .limit(2),
  )
  expect(query('a').parameters).toEqual(['a', 'a'])
  expect(query('a').sql).toMatch(/limit 2$/)
})

test('an argument is a value whatever it says', () => {
  const query = kept(db, (one, name: string) =>
    one.selectFrom('setting').select('name').where('name', '=', name),
  )
  const injection = `' OR 1=1 --`
  expect(query(injection)).toMatchObject({
    sql: 'select "name" from "setting" where "name" = ?',
    parameters: [injection],
  })
})

test('as many arguments as are named may be spread', () => {
  const query = kept(
    db,
    (one, ...ids: number[]) => one.selectFrom('logNode').select('hash').where('id', 'in', ids),
    3,
  )
  expect(query(7, 8, 9)).toMatchObject({
    sql: 'select "hash" from "logNode" where "id" in (?, ?, ?)',
    parameters: [7, 8, 9],
  })
})
