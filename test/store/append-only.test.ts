import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'

const FOLDER = join(import.meta.dirname, '..', '..', 'db')

function newDatabase(): Database.Database {
  const db = new Database(':memory:')
  const files = readdirSync(FOLDER).filter((name) => name.endsWith('.sql'))
  for (const name of files.sort()) db.exec(readFileSync(join(FOLDER, name), 'utf8'))
  db.pragma('foreign_keys = OFF')
  return db
}

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
