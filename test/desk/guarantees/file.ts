import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { migrateSqlite } from '../../../src/store/sqlite.ts'

const MIGRATIONS = join(import.meta.dirname, '..', '..', '..', 'db')

const FILES = readdirSync(MIGRATIONS)
  .filter((name) => /^\d{4}_.*\.sql$/.test(name))
  .sort()
  .map((name) => ({ name, sql: readFileSync(join(MIGRATIONS, name), 'utf8') }))

/** A SQLite file with all tables, or those of some migrations, and no row. */
export function fileWithTables(wanted = (_name: string) => true): {
  path: string
  remove(): void
} {
  const folder = mkdtempSync(join(tmpdir(), 'akashi-desk-'))
  const path = join(folder, 'akashi.db')
  migrateSqlite(
    path,
    FILES.filter(({ name }) => wanted(name)),
  )
  return { path, remove: () => rmSync(folder, { recursive: true, force: true }) }
}

/** Brings a file up to the last migration. */
export function migrateAll(path: string): void {
  migrateSqlite(path, FILES)
}
