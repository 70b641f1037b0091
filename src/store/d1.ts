import type { D1Database, D1PreparedStatement } from '@cloudflare/workers-types'
import { type CompiledQuery, Kysely } from 'kysely'
import { d1Dialect } from './d1-driver.ts'
import { type Bound, inFewer } from './in-fewer.ts'
import { type Queries, type Store, StoreFault } from './store.ts'
import type { Tables } from './tables.ts'

/**
 * A D1 database. Every query goes to the primary, since none goes through a session: what is read
 * here decides, and a read replica may not know yet that a key was revoked or a place taken.
 * A commit is one batch, which D1 runs as one transaction.
 */
export function openD1(d1: D1Database): Store {
  async function all<Row>(query: CompiledQuery<Row>): Promise<Row[]> {
    refuseWrites([query])
    try {
      const { results } = await statement(d1, query).all<Record<string, unknown>>()
      return results.map(withBytes) as Row[]
    } catch (error) {
      throw storeFault(error)
    }
  }

  /** A batch is a transaction, of reads too. */
  async function snapshot<Rows extends readonly unknown[]>(queries: Queries<Rows>) {
    refuseWrites(queries)
    try {
      const found = await d1.batch<Record<string, unknown>>(
        queries.map((query) => statement(d1, query)),
      )
      const rows = found.map(({ results }) => results.map(withBytes))
      return rows as unknown as { [Index in keyof Rows]: Rows[Index][] }
    } catch (error) {
      throw storeFault(error)
    }
  }

  async function commit(queries: readonly CompiledQuery[]): Promise<void> {
    if (queries.length === 0) return
    try {
      await d1.batch(inFewer(queries).map((query) => statement(d1, query)))
    } catch (error) {
      throw storeFault(error)
    }
  }

  /** The quick check is the one that D1 lets us ask for; it looks into no index. */
  async function damage(): Promise<string[]> {
    try {
      const { results } = await d1.prepare('PRAGMA quick_check').all<{ quick_check: string }>()
      return results.map((row) => row.quick_check).filter((text) => text !== 'ok')
    } catch (error) {
      throw storeFault(error)
    }
  }

  // What kysely runs by itself: rare reads.
  const dialect = d1Dialect(async <Row>(query: CompiledQuery) => ({
    rows: (await all(query)) as Row[],
  }))
  return {
    db: new Kysely<Tables>({ dialect }),
    all,
    snapshot,
    commit,
    commitAside: commit,
    damage,
    async close() {},
  }
}

function statement(d1: D1Database, { sql, parameters }: Bound): D1PreparedStatement {
  return d1.prepare(sql).bind(...parameters.map(bindable))
}

/** Bytes go in as a list of numbers: it is taken alike in a Worker and through wrangler's proxy. */
function bindable(value: unknown): unknown {
  return value instanceof Uint8Array ? Array.from(value) : value
}

/** Bytes come back as a list of numbers; nothing else that SQLite has comes back as a list. */
function withBytes(row: Record<string, unknown>): Record<string, unknown> {
  for (const [name, value] of Object.entries(row)) {
    if (Array.isArray(value)) row[name] = Uint8Array.from(value)
  }
  return row
}

/** What a connection for reads does on SQLite. */
function refuseWrites(queries: readonly CompiledQuery[]): void {
  if (queries.every(isRead)) return
  throw new StoreFault('unavailable', new Error('a write outside a commit'))
}

function isRead({ query, sql }: CompiledQuery): boolean {
  return query.kind === 'SelectQueryNode' || (query.kind === 'RawNode' && /^\s*select\b/i.test(sql))
}

/** D1 names what SQLite said; anything else is a binding that could not be reached. */
function storeFault(error: unknown): unknown {
  if (!(error instanceof Error) || error.message.startsWith('D1_TYPE_ERROR')) return error
  const { message } = error
  if (/UNIQUE constraint failed|append-only-taken:/.test(message)) {
    return new StoreFault('conflict', error)
  }
  if (/SQLITE_FULL|maximum DB size/i.test(message)) return new StoreFault('full', error)
  if (!message.includes('no such table')) return new StoreFault('unavailable', error)
  const cure = `${message}. Run wrangler d1 migrations apply.`
  return new StoreFault('unavailable', new Error(cure, { cause: error }))
}
