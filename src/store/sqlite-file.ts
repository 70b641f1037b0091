import { closeSync, openSync, readSync, statSync } from 'node:fs'
import Database from 'better-sqlite3'
import { storeFault } from './sqlite.ts'

/** What a database in use may consist of: endings of its path. */
export const DATABASE_PARTS = ['', '-wal', '-shm', '-journal']

/**
 * Writes what a database holds at one moment into an empty file, while others read and write it.
 * VACUUM INTO and not the backup interface of SQLite: that one starts again with each commit of
 * another process, and copies free pages with what was once in them.
 * @param to an empty file, or none
 */
export function copySqlite(path: string, to: string): void {
  onFile(path, {}, (db) => db.prepare('VACUUM INTO ?').run(to))
}

/** What SQLite finds wrong with a file, in its own words; nothing when the file is sound. */
export function sqliteFaults(path: string): string[] {
  return onFile(path, { readonly: true }, (db) => {
    const found = db.pragma('integrity_check') as { integrity_check: string }[]
    const strays = db.pragma('foreign_key_check') as { table: string; parent: string }[]
    return [
      ...found.map((row) => row.integrity_check).filter((text) => text !== 'ok'),
      ...strays.map(({ table, parent }) => `a row of ${table} that belongs to none of ${parent}`),
    ]
  })
}

/**
 * `table.column` of each that the migrations make and the file does not have, as where a byte of its
 * schema was changed: what is read of such a column is nothing. More tables and columns are no fault.
 */
export function columnsLost(path: string, migrations: readonly { sql: string }[]): string[] {
  const there = new Set(onFile(path, { readonly: true }, columnsOf))
  const fresh = new Database(':memory:')
  try {
    for (const { sql } of migrations) fresh.exec(sql)
    return columnsOf(fresh).filter((column) => !there.has(column))
  } finally {
    fresh.close()
  }
}

function columnsOf(db: Database.Database): string[] {
  const columns = db.prepare(
    `SELECT sqlite_schema.name || '.' || columns.name
    FROM sqlite_schema, pragma_table_xinfo(sqlite_schema.name) columns
    WHERE sqlite_schema.type = 'table'`,
  )
  return columns.pluck().all() as string[]
}

/** What every SQLite file begins with (sqlite.org/fileformat2.html, 1.3.1). */
const MAGIC = 'SQLite format 3\0'

/** Whether a path is a file that calls itself a SQLite database. */
export function isSqlite(path: string): boolean {
  if (!statSync(path).isFile()) return false
  const start = Buffer.alloc(MAGIC.length)
  const file = openSync(path, 'r')
  try {
    readSync(file, start)
  } finally {
    closeSync(file)
  }
  return start.toString('latin1') === MAGIC
}

/** Whether a file is a database in which Akashi has started once. */
export function isOurs(path: string): boolean {
  return onFile(path, { readonly: true }, (db) => {
    const tables = db.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").pluck().all()
    const ours = ['setting', 'logEntry', 'logCheckpoint'].every((name) => tables.includes(name))
    return ours && db.prepare("SELECT 1 FROM setting WHERE name = 'origin'").get() !== undefined
  })
}

/** Whether the log in a file ends with this head. */
export function endsWith(path: string, { size, note }: { size: number; note: string }): boolean {
  return onFile(path, { readonly: true }, (db) => {
    const newest = db.prepare('SELECT max(size) FROM logCheckpoint').pluck().get()
    const same = db.prepare('SELECT 1 FROM logCheckpoint WHERE size = ? AND note = ?')
    return newest === size && same.get(size, note) !== undefined
  })
}

/** Ends the use of a journal, so that the file alone is the whole database. */
export function settleSqlite(path: string): void {
  onFile(path, {}, (db) => db.pragma('journal_mode = DELETE'))
}

/**
 * Writes the journal of a database back into its file and empties it, so that nothing that was
 * erased stays in it.
 * @returns false while other connections keep it from being emptied; the last one to close does it
 */
export function emptyJournal(path: string): boolean {
  return onFile(path, { timeout: 1000 }, (db) => {
    const [state] = db.pragma('wal_checkpoint(TRUNCATE)') as { busy: number }[]
    return state?.busy === 0
  })
}

/** @throws StoreFault also for a file that is no database */
function onFile<Result>(
  path: string,
  options: Database.Options,
  deed: (db: Database.Database) => Result,
): Result {
  try {
    const db = new Database(path, { fileMustExist: true, ...options })
    try {
      return deed(db)
    } finally {
      db.close()
    }
  } catch (error) {
    throw storeFault(error)
  }
}
