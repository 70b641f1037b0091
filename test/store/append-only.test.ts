import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, onTestFinished, test } from 'vitest'
import { openSqlite } from '../../src/store/sqlite.ts'

const FOLDER = join(import.meta.dirname, '..', '..', 'db')

function newDatabase(path = ':memory:'): Database.Database {
  const db = new Database(path)
  const files = readdirSync(FOLDER).filter((name) => name.endsWith('.sql'))
  for (const name of files.sort()) db.exec(readFileSync(join(FOLDER, name), 'utf8'))
  db.pragma('foreign_keys = OFF')
  return db
}

const FACT = '(position, arrivedAt, entry, issuer, sha256, worksName) VALUES'

const ROWS: [table: string, insert: string, change: string][] = [
  ['logEntry', "(position, entry) VALUES (0, x'00')", "entry = x'01'"],
  ['logNode', '(id, hash) VALUES (0, zeroblob(32))', 'id = 1'],
  ['logCheckpoint', "(size, note) VALUES (1, 'n')", "note = 'm'"],
  ['issuerKey', "(kid, issuer, alg, jwk) VALUES ('k', 'i', 'a', 'j')", "jwk = 'l'"],
  ['keyEvent', "(position, kid) VALUES (0, 'k')", "kid = 'l'"],
  [
    'version',
    "(position, issuer, numberKey, seq, jti, contentId) VALUES (0, 'i', 'n', 1, 'j', 'c')",
    'seq = 2',
  ],
  ['recordBody', "(position, jws) VALUES (0, 'j')", "jws = 'k'"],
  ['accessNote', "(at, kind, detail) VALUES ('t', 'k', '{}')", "kind = 'l'"],
  ['accessSeal', '(start, count, lastNote, hash) VALUES (0, 1, 1, zeroblob(32))', 'count = 2'],
  ['accessHead', '(position, count) VALUES (0, 1)', 'count = 2'],
  ['logFact', `${FACT} (0, 't', 'record', 'i', 'h', 'w')`, "worksName = 'x'"],
  ['logFact', `${FACT} (0, 't', 'record', 'i', 'h', 'w')`, "worksName = NULL, issuer = 'j'"],
  [
    'logReopening',
    "(generation, origin, sealedOrigin, sealedVkey, sealedSize, sealedRoot, at) VALUES (2, 'o/2', 'o', 'v', 1, 'r', 't')",
    'sealedSize = 2',
  ],
]

test.each(ROWS)('%s takes rows and gives none up', (table, insert, change) => {
  const db = newDatabase()
  const run = (statement: string) => () => db.exec(statement)
  db.exec(`INSERT INTO ${table} ${insert}`)
  expect(run(`UPDATE ${table} SET ${change}`)).toThrow(`append-only: ${table}`)
  expect(run(`DELETE FROM ${table}`)).toThrow(`append-only: ${table}`)
  expect(db.prepare(`SELECT count(*) FROM ${table}`).pluck().get()).toBe(1)
  db.close()
})

const VERSION = '(position, issuer, numberKey, seq, jti, contentId) VALUES'
const SEAL = '(start, count, lastNote, hash) VALUES'

const RIVALS: [table: string, row: string, rival: string][] = [
  ['logEntry', "(position, entry) VALUES (0, x'00')", "(position, entry) VALUES ('0', x'01')"],
  ['logNode', '(id, hash) VALUES (0, zeroblob(32))', '(id, hash) VALUES (0, randomblob(32))'],
  ['logCheckpoint', "(size, note) VALUES (1, 'n')", "(size, note) VALUES (1, 'm')"],
  // Only ever the newest: no smaller one, and none of a log that was sealed.
  ['logCheckpoint', "(size, note) VALUES (3, 'n')", "(size, note) VALUES (2, 'm')"],
  [
    'logCheckpoint',
    "(size, generation, note) VALUES (3, 2, 'n')",
    "(size, generation, note) VALUES (4, 1, 'm')",
  ],
  [
    'issuerKey',
    "(kid, issuer, alg, jwk) VALUES ('k', 'i', 'a', 'j')",
    "(kid, issuer, alg, jwk) VALUES ('k', 'i', 'a', 'l')",
  ],
  ['keyEvent', "(position, kid) VALUES (0, 'k')", "(position, kid) VALUES (0, 'l')"],
  // By its place, its seq, its jti and its content.
  ['version', `${VERSION} (0, 'i', 'n', 1, 'j', 'c')`, `${VERSION} (0, 'x', 'y', 2, 'k', 'd')`],
  ['version', `${VERSION} (0, 'i', 'n', 1, 'j', 'c')`, `${VERSION} (1, 'i', 'n', 1, 'k', 'd')`],
  ['version', `${VERSION} (0, 'i', 'n', 1, 'j', 'c')`, `${VERSION} (1, 'i', 'y', 2, 'j', 'd')`],
  ['version', `${VERSION} (0, 'i', 'n', 1, 'j', 'c')`, `${VERSION} (1, 'x', 'y', 2, 'k', 'c')`],
  ['recordBody', "(position, jws) VALUES (0, 'j')", "(position, jws) VALUES (0, 'k')"],
  [
    'accessNote',
    "(id, at, kind, detail) VALUES (1, 't', 'k', '{}')",
    "(id, at, kind, detail) VALUES (1, 't', 'l', '{}')",
  ],
  // Of two that start at the same row, at its place or anywhere but where the last one ends.
  ['accessSeal', `${SEAL} (0, 1, 1, zeroblob(32))`, `${SEAL} (0, 2, 2, zeroblob(32))`],
  ['accessSeal', `${SEAL} (0, 2, 2, zeroblob(32))`, `${SEAL} (1, 2, 2, zeroblob(32))`],
  ['accessSeal', `${SEAL} (0, 1, 1, zeroblob(32))`, `${SEAL} (2, 3, 3, zeroblob(32))`],
  ['accessHead', '(position, count) VALUES (0, 1)', '(position, count) VALUES (0, 2)'],
  ['logFact', `${FACT} (0, 't', 'record', 'i', 'h', 'w')`, `${FACT} (0, 't', 'r', 'i', 'h', 'x')`],
]

test.each(RIVALS)('a row of %s %s gives way to none: %s', (table, row, rival) => {
  const db = newDatabase()
  db.exec(`INSERT INTO ${table} ${row}`)
  const before = db.prepare(`SELECT * FROM ${table}`).all()
  for (const how of ['REPLACE INTO', 'INSERT OR REPLACE INTO', 'INSERT INTO']) {
    expect(() => db.exec(`${how} ${table} ${rival}`)).toThrow(`append-only-taken: ${table}`)
  }
  expect(db.prepare(`SELECT * FROM ${table}`).all()).toEqual(before)
  db.close()
})

test('of a fact, what it says of people and works can be taken out, whole', () => {
  const db = newDatabase()
  db.exec(`INSERT INTO logFact ${FACT} (0, 't', 'record', 'i', 'h', 'w')`)
  db.exec('UPDATE logFact SET worksName = NULL, contractorName = NULL, reason = NULL')
  expect(db.prepare('SELECT worksName, sha256 FROM logFact').get()).toEqual({
    worksName: null,
    sha256: 'h',
  })
  db.close()
})

test('a version beside those that stand is taken', () => {
  const db = newDatabase()
  for (const row of [
    "(0, 'i', 'n', 1, 'j', 'c')",
    "(1, 'i', 'n', 2, 'k', 'd')",
    "(2, 'x', 'n', 1, 'j', 'e')",
  ]) {
    db.exec(`INSERT OR REPLACE INTO version ${VERSION} ${row}`)
  }
  expect(db.prepare('SELECT count(*) FROM version').pluck().get()).toBe(3)
  db.close()
})

test('a position that is taken is a conflict for the store, so that the writer reads again', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'akashi-append-only-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const path = join(folder, 'test.db')
  newDatabase(path).close()
  const store = openSqlite(path)
  onTestFinished(() => store.close())
  const insert = (entry: string) =>
    store.db
      .insertInto('logEntry')
      .values({ position: 0, entry: Buffer.from(entry) })
      .compile()
  await store.commit([insert('a')])
  await expect(store.commit([insert('b')])).rejects.toMatchObject({ reason: 'conflict' })
  const change = store.db.updateTable('logEntry').set({ position: 1 }).compile()
  await expect(store.commit([change])).rejects.toMatchObject({ reason: 'unavailable' })
})
