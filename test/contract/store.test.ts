import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { type Store, StoreFault } from '../../src/store/store.ts'
import { type Engine, engine } from './engine.ts'

let here: Engine
beforeAll(async () => {
  here = await engine()
})

/** Two ways into one empty database. */
async function two(): Promise<[Store, Store]> {
  const database = await here.newDatabase()
  return [database.open(), database.open()]
}

const put = ({ db }: Store, name: string, value: string | null = 'x') =>
  db
    .insertInto('setting')
    .values({ name, value: value as string })
    .compile()

const names = async (store: Store) =>
  (await store.all(store.db.selectFrom('setting').select('name').orderBy('name').compile())).map(
    ({ name }) => name,
  )

const entry = ({ db }: Store, position: number, bytes: Uint8Array) =>
  db.insertInto('logEntry').values({ position, entry: bytes }).compile()

const entryAt = async (store: Store, position: number) => {
  const query = store.db.selectFrom('logEntry').select('entry').where('position', '=', position)
  const bytes = (await store.all(query.compile()))[0]?.entry
  // A Buffer is one too, and no test should mind.
  return bytes instanceof Uint8Array ? Uint8Array.from(bytes) : bytes
}

async function reasonOf(deed: Promise<unknown>): Promise<string> {
  const error = await deed.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (error instanceof StoreFault) return error.reason
  throw error ?? new Error('nothing was refused')
}

describe('a commit', () => {
  test('keeps all of its queries, in order, for every reader', async () => {
    const [store, other] = await two()
    const change = store.db
      .updateTable('setting')
      .set({ value: 'y' })
      .where('name', '=', 'a')
      .compile()
    await store.commit([put(store, 'a'), change, put(store, 'b')])
    expect(await other.all(other.db.selectFrom('setting').selectAll().compile())).toEqual([
      { name: 'a', value: 'y' },
      { name: 'b', value: 'x' },
    ])
  })

  test('keeps none when one fails, and says that a key was taken', async () => {
    const [store, other] = await two()
    await store.commit([put(store, 'a')])
    for (const queries of [
      [put(other, 'b'), put(other, 'a')],
      [put(other, 'a'), put(other, 'b')],
    ]) {
      expect(await reasonOf(other.commit(queries))).toBe('conflict')
      expect(await reasonOf(other.commitAside(queries))).toBe('conflict')
    }
    expect(await names(store)).toEqual(['a'])
    await other.commit([put(other, 'b')])
    expect(await names(store)).toEqual(['a', 'b'])
  })

  test('that breaks another rule is no conflict, so that nobody tries it again', async () => {
    const [store] = await two()
    expect(await reasonOf(store.commit([put(store, 'a'), put(store, 'b', null)]))).toBe(
      'unavailable',
    )
    const nowhere = sql`INSERT INTO nowhere VALUES (1)`.compile(store.db)
    expect(await reasonOf(store.commit([put(store, 'a'), nowhere]))).toBe('unavailable')
    const orphan = store.db.insertInto('keyEvent').values({ position: 7, kid: 'k' }).compile()
    expect(await reasonOf(store.commit([put(store, 'a'), orphan]))).toBe('unavailable')
    expect(await names(store)).toEqual([])
  })

  test('of nothing is nothing', async () => {
    const [store] = await two()
    await store.commit([])
    await store.commitAside([])
    expect(await names(store)).toEqual([])
  })

  test('takes many rows of several tables as it takes one', async () => {
    const [store] = await two()
    const positions = Array.from({ length: 130 }, (_, i) => i)
    await store.commit([
      ...positions.map((position) => entry(store, position, Uint8Array.of(position, 0, 255))),
      ...positions.map((position) => put(store, String(position).padStart(3, '0'))),
      put(store, 'last'),
    ])
    expect((await names(store)).length).toBe(131)
    expect(await entryAt(store, 129)).toEqual(Uint8Array.of(129, 0, 255))
  })
})

describe('what the log keeps', () => {
  test('has one entry for each place: the second is a conflict, and the first stays', async () => {
    const [store, other] = await two()
    await store.commit([entry(store, 0, Uint8Array.of(1))])
    expect(await reasonOf(other.commit([entry(other, 0, Uint8Array.of(2))]))).toBe('conflict')
    const replace = sql`REPLACE INTO logEntry (position, entry) VALUES (0, x'02')`.compile(other.db)
    expect(await reasonOf(other.commit([replace]))).toBe('conflict')
    expect(await entryAt(store, 0)).toEqual(Uint8Array.of(1))
  })

  test.each([
    ['logEntry', "(position, entry) VALUES (0, x'01')", "entry = x'02'"],
    ['logNode', '(id, hash) VALUES (0, zeroblob(32))', 'id = 1'],
    ['logCheckpoint', "(size, note) VALUES (1, 'a')", "note = 'b'"],
  ] as const)('%s is neither changed nor taken away', async (table, insert, change) => {
    const [store] = await two()
    const raw = (text: string) => sql.raw(text).compile(store.db)
    await store.commit([raw(`INSERT INTO ${table} ${insert}`)])
    for (const text of [`UPDATE ${table} SET ${change}`, `DELETE FROM ${table}`]) {
      expect(await reasonOf(store.commit([put(store, 'beside'), raw(text)]))).toBe('unavailable')
    }
    expect(await names(store)).toEqual([])
    expect(await store.all(store.db.selectFrom(table).selectAll().compile())).toHaveLength(1)
  })

  test('grows without a gap, whoever appends: 24 at once by compare-and-swap', async () => {
    const database = await here.newDatabase()
    const append = async (mine: number) => {
      const store = database.open()
      const newest = store.db
        .selectFrom('logEntry')
        .select(({ fn }) => fn.max('position').as('position'))
        .compile()
      for (;;) {
        const position = ((await store.all(newest))[0]?.position ?? -1) + 1
        try {
          await store.commit([entry(store, position, Uint8Array.of(mine))])
          return position
        } catch (error) {
          if (!(error instanceof StoreFault && error.reason === 'conflict')) throw error
        }
      }
    }
    const places = await Promise.all(Array.from({ length: 24 }, (_, i) => append(i)))
    expect(places.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 24 }, (_, i) => i))
    const store = database.open()
    for (const [mine, position] of places.entries()) {
      expect(await entryAt(store, position)).toEqual(Uint8Array.of(mine))
    }
  })
})

describe('values', () => {
  test('come back as they went in: bytes, parts of bytes, none, large numbers, any letter', async () => {
    const [store] = await two()
    const whole = Uint8Array.from({ length: 256 }, (_, i) => i)
    await store.commit([
      entry(store, 0, whole),
      entry(store, 1, whole.subarray(3, 5)),
      entry(store, 2, new Uint8Array()),
      entry(store, Number.MAX_SAFE_INTEGER, Uint8Array.of(9)),
      put(store, '𠮷', '髙\u0000é\n'),
    ])
    expect(await entryAt(store, 0)).toEqual(whole)
    expect(await entryAt(store, 1)).toEqual(Uint8Array.of(3, 4))
    expect(await entryAt(store, 2)).toEqual(new Uint8Array())
    expect(await entryAt(store, Number.MAX_SAFE_INTEGER)).toEqual(Uint8Array.of(9))
    const setting = store.db.selectFrom('setting').selectAll().where('name', '=', '𠮷')
    expect(await store.all(setting.compile())).toEqual([{ name: '𠮷', value: '髙\u0000é\n' }])
    const missing = store.db.selectFrom('logEntry').select(sql<null>`NULL`.as('none')).limit(1)
    expect(await store.all(missing.compile())).toEqual([{ none: null }])
  })
})

describe('the reader', () => {
  test('cannot write, by whichever way', async () => {
    const [store] = await two()
    const row = { name: 'a', value: 'x' }
    const insert = store.db.insertInto('setting').values(row).returning('name')
    expect(await reasonOf(store.all(insert.compile()))).toBe('unavailable')
    await expect(insert.execute()).rejects.toThrow()
    expect(await names(store)).toEqual([])
  })

  test('reads also through the builder', async () => {
    const [store] = await two()
    await store.commit([entry(store, 0, Uint8Array.of(7))])
    expect(await store.db.selectFrom('logEntry').selectAll().execute()).toEqual([
      { position: 0, entry: expect.any(Uint8Array) },
    ])
  })
})
