import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { sql } from 'kysely'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { migrateSqlite, openSqlite } from '../../src/store/sqlite.ts'
import { type Store, StoreFault } from '../../src/store/store.ts'

function newPath(): string {
  const folder = mkdtempSync(join(tmpdir(), 'akashi-store-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return join(folder, 'test.db')
}

const SETTING = [
  {
    name: '0001_setting.sql',
    sql: 'CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;',
  },
]

function open(path = newPath()): Store {
  migrateSqlite(path, SETTING)
  const store = openSqlite(path)
  onTestFinished(() => store.close())
  return store
}

const put = (store: Store, name: string, value = 'x') =>
  store.db.insertInto('setting').values({ name, value }).compile()

const names = async (store: Store) =>
  (await store.all(store.db.selectFrom('setting').select('name').orderBy('name').compile())).map(
    ({ name }) => name,
  )

async function reasonOf(deed: Promise<unknown>): Promise<string> {
  const error = await deed.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (error instanceof StoreFault) return error.reason
  throw error ?? new Error('nothing was refused')
}

describe('a commit', () => {
  test('that breaks another rule is no conflict, so that nobody tries it again', async () => {
    const store = open()
    expect(await reasonOf(store.commit([put(store, 'a', null as never)]))).toBe('unavailable')
    const nowhere = sql`INSERT INTO nowhere VALUES (1)`.compile(store.db)
    expect(await reasonOf(store.commit([put(store, 'a'), nowhere]))).toBe('unavailable')
    expect(await names(store)).toEqual([])
  })

  test('of many rows runs few statements, each of them prepared once', async () => {
    const prepare = vi.spyOn(Database.prototype, 'prepare')
    onTestFinished(() => prepare.mockRestore())
    const store = open()
    const rows = (from: string) => Array.from({ length: 120 }, (_, i) => put(store, `${from}${i}`))
    prepare.mockClear()
    await store.commit(rows('a'))
    // 50 rows of two values each, twice, and the 20 that are left.
    expect(prepare.mock.calls.map(([text]) => text.split('?').length - 1)).toEqual([100, 40])
    prepare.mockClear()
    await store.commit(rows('b'))
    expect(prepare).not.toHaveBeenCalled()
    expect(await reasonOf(store.commit([...rows('c'), put(store, 'b7')]))).toBe('conflict')
    prepare.mockRestore()
    expect(await names(store)).toHaveLength(240)
  })

  test('is seen by every other connection when it resolves', async () => {
    const path = newPath()
    const [one, other] = [open(path), open(path)]
    await one.commit([put(one, 'a')])
    expect(await names(other)).toEqual(['a'])
    await other.commit([put(other, 'b')])
    expect(await names(one)).toEqual(['a', 'b'])
  })

  test('goes into a write-ahead log, so that readers need not wait for it', () => {
    const path = newPath()
    open(path)
    const db = new Database(path)
    onTestFinished(() => void db.close())
    expect(db.pragma('journal_mode', { simple: true })).toBe('wal')
  })
})

describe('the reader', () => {
  test('cannot write, by whichever way', async () => {
    const store = open()
    const row = { name: 'a', value: 'x' }
    const insert = store.db.insertInto('setting').values(row).returning('name').compile()
    expect(await reasonOf(store.all(insert))).toBe('unavailable')
    await expect(
      store.db.insertInto('setting').values({ name: 'a', value: 'x' }).execute(),
    ).rejects.toThrow(/outside a commit/)
    expect(await names(store)).toEqual([])
  })

  test('cannot write after a row aside either', async () => {
    const store = open()
    await store.commitAside([put(store, 'a')])
    expect(await reasonOf(store.all(put(store, 'b')))).toBe('unavailable')
    expect(await reasonOf(store.snapshot([put(store, 'b')]))).toBe('unavailable')
    expect(await names(store)).toEqual(['a'])
  })

  test.each(['BEGIN', "ATTACH ':memory:' AS other", 'PRAGMA user_version = 3'])(
    'takes no statement that gives no rows: %s',
    async (text) => {
      const store = open()
      expect(await reasonOf(store.all(sql.raw(text).compile(store.db)))).toBe('unavailable')
      await store.commitAside([put(store, 'a')])
      expect(await names(store)).toEqual(['a'])
    },
  )

  test('prepares nothing again for a row aside', async () => {
    const prepare = vi.spyOn(Database.prototype, 'prepare')
    onTestFinished(() => prepare.mockRestore())
    const pragma = vi.spyOn(Database.prototype, 'pragma')
    onTestFinished(() => pragma.mockRestore())
    const store = open()
    for (const name of ['a', 'b']) {
      prepare.mockClear()
      pragma.mockClear()
      await store.commitAside([put(store, name)])
      await store.all(store.db.selectFrom('setting').select('name').compile())
    }
    expect(prepare).not.toHaveBeenCalled()
    expect(pragma).not.toHaveBeenCalled()
  })

  test('gives no value under another name, as where a letter of the schema has changed', async () => {
    const path = newPath()
    const store = open(path)
    await store.commit([put(store, 'a', 'b')])
    const values = (from: string, to: string) => {
      const db = new Database(path)
      db.exec(`ALTER TABLE setting RENAME COLUMN ${from} TO ${to}`)
      db.close()
      const started = open(path)
      return started.all(started.db.selectFrom('setting').select(['name', 'value']).compile())
    }
    expect(await reasonOf(values('value', 'vaLue'))).toBe('unavailable')
    expect(await values('vaLue', 'value')).toEqual([{ name: 'a', value: 'b' }])
  })

  test('sees no half of a commit', async () => {
    const path = newPath()
    const store = open(path)
    const writer = new Database(path)
    onTestFinished(() => void writer.close())
    writer.exec("BEGIN IMMEDIATE; INSERT INTO setting VALUES ('a', 'x')")
    expect(await names(store)).toEqual([])
    writer.exec('COMMIT')
    expect(await names(store)).toEqual(['a'])
  })
})

describe('migrations', () => {
  const broken = {
    name: '0002_broken.sql',
    sql: 'CREATE TABLE one (a TEXT); CREATE TABLE one (a TEXT);',
  }
  const next = {
    name: '0002_next.sql',
    sql: 'CREATE TABLE two (a TEXT); CREATE INDEX two_a ON two (a);',
  }
  const tables = (path: string) => {
    const db = new Database(path)
    onTestFinished(() => void db.close())
    return db
      .prepare(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name IN ('setting', 'one', 'two') ORDER BY name",
      )
      .pluck()
      .all()
  }

  test('are applied once each, in order', () => {
    const path = newPath()
    migrateSqlite(path, SETTING)
    migrateSqlite(path, [...SETTING, next])
    migrateSqlite(path, [...SETTING, next])
    expect(tables(path)).toEqual(['setting', 'two'])
  })

  test('that fail half way leave nothing behind', () => {
    const path = newPath()
    migrateSqlite(path, SETTING)
    expect(() => migrateSqlite(path, [...SETTING, broken])).toThrow(/already exists/)
    expect(tables(path)).toEqual(['setting'])
    migrateSqlite(path, [...SETTING, next])
    expect(tables(path)).toEqual(['setting', 'two'])
  })
})
