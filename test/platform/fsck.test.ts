import { describe, expect, test } from 'vitest'
import { fromBase64, fromBase64url } from '../../src/base/bytes.ts'
import type { Instant } from '../../src/base/time.ts'
import { parseCheckpoint } from '../../src/log/checkpoint.ts'
import { createFsck } from '../../src/platform/fsck/fsck.ts'
import type { FsckFault } from '../../src/platform/fsck/fsck-fault.ts'
import { createAppend } from '../../src/platform/log/append.ts'
import { changed } from './behind.ts'
import { newScene } from './damage.ts'
import { newWorld, type World } from './world.ts'

/** What fsck tells, `table at` each, and its report. */
async function check({ ports, opened }: World) {
  const found: FsckFault[] = []
  const report = await createFsck(ports, opened.settings)((fault) => found.push(fault))
  const told = found.map(({ table, at }) => (at === undefined ? table : `${table} ${at}`))
  expect(report.faults).toBe(found.length)
  return { ...report, told, details: found.map(({ detail }) => detail) }
}

/** `count` events of the issuer's key more, with their own arrival unless `at` is given. */
async function grow({ ports, opened, clock, issuer }: World, count: number, at?: Instant) {
  const append = createAppend(ports, opened.settings)
  const { kid } = issuer
  await Promise.all(
    Array.from({ length: count }, () =>
      append(async ({ arrived }) => ({
        kind: 'append',
        entry: {
          kind: 'key-retire',
          issuer: 'east',
          arrived: at ?? arrived,
          sha256: fromBase64url(kid) as Uint8Array,
          kid,
          at: arrived,
          reason: '-',
        },
        rows: (position) => [
          ports.store.db.insertInto('keyEvent').values({ position, kid }).compile(),
        ],
        done: ({ index }) => index,
      })),
    ),
  )
  clock.pass(1000)
}

describe('a sound log', () => {
  test('has no faults and the root of its own head', async () => {
    const { world } = await newScene()
    const head = parseCheckpoint((await world.lookup()).evidence?.checkpoint ?? '')
    const { told, size, root } = await check(world)
    expect(told).toEqual([])
    expect(size).toBe(6)
    expect(fromBase64(root)).toEqual(head?.root)
  })

  test('may be empty', async () => {
    const world = await newWorld()
    const empty = await world.reopen({ env: { DATA_DIR: `${world.dataDir}/empty` } })
    expect(await check(empty)).toMatchObject({ size: 0, told: [] })
  })

  test('is followed over pages and groups of every size', async () => {
    const world = await newWorld()
    for (const count of [1, 998, 2, 1500]) await grow(world, count)
    expect(await check(world)).toMatchObject({ size: 2502, told: [] })
  })
})

describe('one byte changed behind the program', () => {
  const PLACES: [table: string, column: string, where: string, told: RegExp][] = [
    ['logEntry', 'entry', 'position = 0', /^logNode 0$/],
    ['logEntry', 'entry', 'position = 3', /^logNode 5$/],
    ['logEntry', 'entry', 'position = 5', /^logNode 8$/],
    ['logNode', 'hash', 'id = 5', /^logNode 5$/],
    ['logNode', 'hash', 'id = 6', /^logNode 6$/],
    ['logCheckpoint', 'note', 'size = 6', /^logCheckpoint 6$/],
    ['logCheckpoint', 'note', 'size = 3', /^logCheckpoint 3$/],
    ['recordBody', 'jws', 'position = 2', /^recordBody 2$/],
    ['version', 'jti', 'position = 3', /^version 3$/],
    ['version', 'contentId', 'position = 3', /^version 3$/],
    ['version', 'numberKey', 'position = 5', /^version 5$/],
    ['guarantee', 'contractNumber', 'position = 4', /^version 4$/],
    ['issuer', 'iss', "id = 'west'", /^version 4$/],
    ['issuerKey', 'jwk', "issuer = 'west'", /^(issuerKey|keyEvent) 1$/],
    ['issuerKey', 'issuer', "issuer = 'west'", /^keyEvent 1$/],
    ['issuerKey', 'kid', "issuer = 'west'", /^keyEvent 1$/],
    ['keyEvent', 'kid', 'position = 1', /^keyEvent 1$/],
    ['logFact', 'contractNumber', 'position = 3', /^logFact 3$/],
    ['logFact', 'contractorName', 'position = 5', /^logFact 5$/],
    ['logFact', 'sha256', 'position = 1', /^logFact 1$/],
  ]

  test.each(PLACES)('%s.%s where %s', async (table, column, where, told) => {
    const { world, db } = await newScene()
    const value = db.prepare(`SELECT ${column} FROM ${table} WHERE ${where}`).pluck().get() as
      | string
      | Uint8Array
    // By what stays as it is: some of the columns are their row's key.
    const beside = db.prepare(`SELECT * FROM ${table} WHERE ${where}`).get() as object
    const others = Object.entries(beside).filter(([name]) => name !== column)
    const same = others.map(([name]) => `${name} IS ?`).join(' AND ')
    const change = db.prepare(`UPDATE ${table} SET ${column} = ? WHERE ${same}`)
    const write = (to: typeof value) => change.run(to, ...others.map(([, kept]) => kept))
    for (let at = 0; at < value.length; at += value.length > 400 ? 11 : 1) {
      write(changed(value, at))
      expect((await check(world)).told, `byte ${at}`).toContainEqual(expect.stringMatching(told))
    }
    write(value)
    expect((await check(world)).told).toEqual([])
  })
})

describe('rows taken away, added or moved', () => {
  const CHANGES: [change: string, sql: string, told: string][] = [
    ['an entry from the middle', 'DELETE FROM logEntry WHERE position = 3', 'logEntry 3'],
    ['the last entry', 'DELETE FROM logEntry WHERE position = 5', 'logCheckpoint 6'],
    ['a node', 'DELETE FROM logNode WHERE id = 2', 'logNode 2'],
    ['the newest checkpoint', 'DELETE FROM logCheckpoint WHERE size = 6', 'logCheckpoint 6'],
    ['a version', 'DELETE FROM version WHERE position = 3', 'version 3'],
    ['a body, without an erasure', 'DELETE FROM recordBody WHERE position = 3', 'recordBody 3'],
    ['a key event', 'DELETE FROM keyEvent WHERE position = 1', 'keyEvent 1'],
    ['a fact', 'DELETE FROM logFact WHERE position = 3', 'logFact 3'],
    ['an owner of a fact', 'UPDATE logFact SET owner = 7 WHERE position = 3', 'logFact 3'],
    ['a time of a fact', "UPDATE logFact SET at = 'x' WHERE position = 1", 'logFact 1'],
    [
      'a fact of no entry',
      "INSERT INTO logFact (position, arrivedAt, entry, issuer, sha256) VALUES (6, '', '', '', '')",
      'logFact 6',
    ],
    ['an erasure of a record entry', 'INSERT INTO erasure VALUES (2, 3)', 'erasure 3'],
    ['an erasure past the end', 'INSERT INTO erasure VALUES (2, 77)', 'erasure 77'],
    ['an entry', "INSERT INTO logEntry VALUES (6, x'78')", 'logEntry 6'],
    ['a node', 'INSERT INTO logNode VALUES (99, zeroblob(32))', 'logNode 99'],
    ['a checkpoint', "INSERT INTO logCheckpoint VALUES (7, 1, 'x')", 'logCheckpoint 7'],
    [
      'a version of a key entry',
      "INSERT INTO version VALUES (1, 'east', '12345678901', 9, 'j', 'c')",
      'version 1',
    ],
    ['a body without a version', "INSERT INTO recordBody VALUES (77, 'x')", 'recordBody 77'],
    [
      'a guarantee',
      "INSERT INTO guarantee VALUES ('east', '1', '1', 99, '1', x'00', x'00', 0)",
      'guarantee',
    ],
    ['a key', "INSERT INTO issuerKey VALUES ('k', 'east', 'ES256', '{}')", 'issuerKey'],
    ['a seq', 'UPDATE version SET seq = 7 WHERE position = 3', 'version 3'],
    [
      'a version counted more',
      'UPDATE guarantee SET newestSeq = 3 WHERE position = 2',
      'guarantee',
    ],
    [
      'a version counted less',
      'UPDATE guarantee SET newestSeq = 1 WHERE position = 2',
      'guarantee',
    ],
    ['a first place', 'UPDATE guarantee SET position = 4 WHERE position = 2', 'version 2'],
  ]

  test.each(CHANGES)('%s: %s', async (_change, sql, told) => {
    const { world, db } = await newScene()
    db.exec(sql)
    expect((await check(world)).told).toContain(told)
  })

  test('an arrival before the one before it', async () => {
    const world = await newWorld()
    await grow(world, 1)
    await grow(world, 1, '2026-01-01T00:00:00.000Z')
    expect((await check(world)).told).toEqual(['logEntry 2'])
  })
})

test('a guard that knows another log is told', async () => {
  const { world } = await newScene()
  await world.ports.guard.write('nothing that could be read')
  expect((await check(world)).told).toEqual(['guard'])
})
