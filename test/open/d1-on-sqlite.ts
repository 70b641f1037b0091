import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { D1Database } from '@cloudflare/workers-types'
import Database from 'better-sqlite3'

const MIGRATIONS = join(import.meta.dirname, '..', '..', 'db')

/**
 * As much of D1 as the product asks for, over a database in memory: it runs in Node, where a test can
 * see what a Worker asks. What workerd itself does is for the contract suite.
 * @param folder of migrations, in `db`
 */
export function d1OnSqlite(folder = '.'): D1Database {
  const db = new Database(':memory:')
  const path = join(MIGRATIONS, folder)
  const names = readdirSync(path).filter((name) => name.endsWith('.sql'))
  for (const name of names.sort()) db.exec(readFileSync(join(path, name), 'utf8'))

  function bound(sql: string, parameters: readonly unknown[]) {
    const values = parameters.map((value) => (Array.isArray(value) ? Buffer.from(value) : value))
    const statement = db.prepare(sql)
    function rows(): Record<string, unknown>[] {
      if (statement.reader) return (statement.all(...values) as never[]).map(withLists)
      statement.run(...values)
      return []
    }
    return {
      rows,
      all: async () => ({ results: rows() }),
      run: async () => ({ results: rows() }),
      first: async () => rows()[0] ?? null,
    }
  }
  return {
    prepare: (sql: string) => ({
      bind: (...parameters: unknown[]) => bound(sql, parameters),
      ...bound(sql, []),
    }),
    batch: async (statements: ReturnType<typeof bound>[]) =>
      db.transaction(() => statements.map(({ rows }) => ({ results: rows() })))(),
  } as unknown as D1Database
}

/** Bytes come back as a list of numbers. */
function withLists(row: Record<string, unknown>): Record<string, unknown> {
  const members = Object.entries(row).map(([name, value]) => [
    name,
    value instanceof Uint8Array ? Array.from(value) : value,
  ])
  return Object.fromEntries(members)
}
