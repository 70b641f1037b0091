import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { migrateSqlite } from '../../../src/store/sqlite.ts'

const MIGRATIONS = join(import.meta.dirname, '..', '..', '..', 'db')

/** A SQLite file with all tables and no row. */
export function fileWithTables(): { path: string; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'akashi-desk-'))
  const path = join(folder, 'akashi.db')
  const files = readdirSync(MIGRATIONS)
    .filter((name) => /^\d{4}_.*\.sql$/.test(name))
    .sort()
    .map((name) => ({ name, sql: readFileSync(join(MIGRATIONS, name), 'utf8') }))
  migrateSqlite(path, files)
  return { path, remove: () => rmSync(folder, { recursive: true, force: true }) }
}
