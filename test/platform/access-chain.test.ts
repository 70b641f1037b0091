import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, test } from 'vitest'
import { parseEntry } from '../../src/log/entry.ts'
import { migrateSqlite } from '../../src/store/sqlite.ts'
import { StoreFault } from '../../src/store/store.ts'
import { beside, CHECKER, chained, faults, type Note, newScene, sha256 } from './access-rows.ts'
import { newWorld, type World } from './world.ts'

const DAY = 86_400_000

describe('sealing', () => {
  test('chains the rows that came since, in their order, over commitments in place of names', async () => {
    const { world, notes, seals } = await newScene()
    await world.platform.housekeeping()
    expect(seals()).toEqual([{ start: 0, count: 3, lastNote: 3, hash: chained(notes()) }])
    const [named, plain] = notes()
    const names = JSON.stringify(Object.entries(CHECKER))
    const committed = sha256('akashi-access-names/v1\n', named?.salt as Buffer, names)
    expect(named?.commitment).toEqual(committed)
    expect([plain?.salt, plain?.commitment]).toEqual([null, null])

    await world.platform.housekeeping()
    expect(seals()).toHaveLength(1)
    await world.lookup({ checker: { name: '山田' } })
    await world.platform.housekeeping()
    expect(seals()[1]).toEqual({ start: 3, count: 4, lastNote: 4, hash: chained(notes()) })
    expect(await faults(world)).toEqual([])
  })

  test('equal names are committed to under salts of their own', async () => {
    const { world, notes } = await newScene()
    await world.lookup({ checker: CHECKER })
    await world.platform.housekeeping()
    const [first, , , last] = notes()
    expect(first?.salt).toHaveLength(16)
    expect(last?.salt).not.toEqual(first?.salt)
    expect(last?.commitment).not.toEqual(first?.commitment)
  })

  test('by several at once seals each row once, in one chain', async () => {
    const { world, notes, seals } = await newScene()
    const nodes = [world, await world.another(), await world.another()]
    for (let round = 0; round < 5; round++) {
      await Promise.all(
        nodes.map(({ platform }) => platform.access.note({ kind: 'lookup_failed' })),
      )
      await Promise.all(nodes.map(({ platform }) => platform.housekeeping()))
    }
    expect(seals().at(-1)).toMatchObject({ count: 18, lastNote: 18, hash: chained(notes()) })
    expect(await faults(world)).toEqual([])
    expect(nodes.flatMap(({ reports }) => reports)).toEqual([])
  })

  test('that another one overtook with a row more is given up, not forked', async () => {
    const { world, notes, seals } = await newScene()
    const { store } = world.ports
    let overtaken = false
    const slow = world.over({
      store: {
        ...store,
        async commit(queries) {
          if (!overtaken) {
            overtaken = true
            await world.platform.access.note({ kind: 'lookup_failed' })
            await world.platform.housekeeping()
          }
          return store.commit(queries)
        },
      },
    })
    await slow.housekeeping()
    expect(overtaken).toBe(true)
    expect(seals()).toEqual([{ start: 0, count: 4, lastNote: 4, hash: chained(notes()) }])
    expect(world.reports).toEqual([])
  })

  test('takes in more rows than fit one commit, and those written before there was a chain', async () => {
    const world = await newWorld()
    const DATA_DIR = `${world.dataDir}/older`
    const folder = join(import.meta.dirname, '..', '..', 'db')
    const older = ['0001_log.sql', '0002_platform.sql', '0003_key_change.sql']
    mkdirSync(DATA_DIR)
    migrateSqlite(
      join(DATA_DIR, 'akashi.db'),
      older.map((name) => ({ name, sql: readFileSync(join(folder, name), 'utf8') })),
    )
    const db = new Database(join(DATA_DIR, 'akashi.db'))
    const detail = JSON.stringify({ receipt: 'KX-1', ...CHECKER })
    const insert = db.prepare('INSERT INTO accessNote (at, kind, detail) VALUES (?, ?, ?)')
    for (let i = 0; i < 1100; i++) insert.run('2026-01-01T00:00:00.000Z', 'lookup', detail)
    db.close()
    const opened = await world.reopen({ env: { DATA_DIR } })
    await opened.platform.housekeeping()
    const { notes, seals } = beside({ ...opened, dataDir: DATA_DIR })
    expect(seals().map(({ start, count }) => [start, count])).toEqual([
      [0, 500],
      [500, 1000],
      [1000, 1100],
    ])
    expect(seals().at(-1)?.hash).toEqual(chained(notes()))
    expect(await faults(opened)).toEqual([])
  })
})

describe('a row', () => {
  const ERASE = `UPDATE accessNote SET salt = NULL,
    detail = json_remove(detail, '$.department', '$.name') WHERE id = 1`

  test('can lose names and salt once it is sealed, and the chain stands', async () => {
    const { world, db, notes, seals } = await newScene()
    expect(() => db.exec(ERASE)).toThrow('append-only: accessNote')
    await world.platform.housekeeping()
    db.exec(ERASE)
    const { detail, salt, commitment } = notes()[0] as Note
    expect(Object.keys(JSON.parse(detail))).toEqual(['receipt', 'verdict'])
    expect([salt, commitment?.length]).toEqual([null, 32])
    expect(seals()[0]?.hash).toEqual(chained(notes()))
    expect(await faults(world)).toEqual([])
  })

  test.each([
    ["kind = 'share_opened'"],
    ["issuer = 'west'"],
    ['issuer = NULL'],
    ["numberKey = '1'"],
    ["at = '2026-01-01T00:00:00.000Z'"],
    ["source = 's'"],
    ['id = 9'],
    ["detail = '{}'"],
    ["detail = '{}', salt = NULL"],
    ['salt = NULL'],
    ['salt = zeroblob(16), commitment = zeroblob(32)'],
    [`salt = NULL, commitment = NULL, detail = json_remove(detail, '$.department', '$.name')`],
  ])('once sealed takes no other change: %s', async (change) => {
    const { world, db, notes } = await newScene()
    await world.platform.housekeeping()
    const before = notes()
    for (const id of [1, 2]) {
      const run = () => db.exec(`UPDATE accessNote SET ${change} WHERE id = ${id}`)
      expect(run).toThrow('append-only: accessNote')
    }
    expect(() => db.exec('DELETE FROM accessNote WHERE id = 2')).toThrow('append-only: accessNote')
    expect(notes()).toEqual(before)
  })
})

describe('the head of the chain', () => {
  /** Heads in the log, as [position, rows]. */
  async function heads({ ports }: World) {
    const rows = await ports.store.db.selectFrom('logEntry').selectAll().execute()
    return rows.flatMap(({ position, entry }) => {
      const parsed = parseEntry(entry)
      return parsed?.kind === 'access-head' ? [[position, parsed.count, parsed.sha256]] : []
    })
  }

  test('goes into the log once a day, and not when nothing was added', async () => {
    const { world, notes } = await newScene()
    await world.platform.housekeeping()
    const first = [2, 3, Uint8Array.from(chained(notes()))]
    expect(await heads(world)).toEqual([first])
    await world.lookup()
    await world.platform.housekeeping()
    expect(await heads(world)).toEqual([first])
    world.clock.pass(DAY)
    await world.platform.housekeeping()
    const second = [3, 4, Uint8Array.from(chained(notes()))]
    expect(await heads(world)).toEqual([first, second])
    world.clock.pass(DAY)
    await world.platform.housekeeping()
    expect(await heads(world)).toEqual([first, second])
    expect(await faults(world)).toEqual([])
  })

  test('goes in once, however many processes keep house', async () => {
    const { world } = await newScene()
    const nodes = [world, await world.another(), await world.another()]
    await Promise.all(nodes.map(({ platform }) => platform.housekeeping()))
    for (const { platform } of nodes) await platform.housekeeping()
    expect(await heads(world)).toHaveLength(1)
  })

  test('waits for another day when the log takes nothing, and the operator is told', async () => {
    const { world } = await newScene()
    const { store } = world.ports
    const full = world.over({
      store: { ...store, commit: () => Promise.reject(new StoreFault('full', new Error('disk'))) },
    })
    await full.housekeeping()
    expect(world.reports.map(({ event, facts }) => [event, facts.step])).toEqual([
      ['housekeeping_failed', 'seal'],
    ])
    await world.platform.housekeeping()
    expect(await heads(world)).toHaveLength(1)
  })
})
