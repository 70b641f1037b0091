import { rmSync } from 'node:fs'
import { setTimeout } from 'node:timers/promises'
import Database from 'better-sqlite3'
import { type CompiledQuery, Kysely, SqliteDialect } from 'kysely'
import { inFewer } from './in-fewer.ts'
import { type Queries, type Store, StoreFault } from './store.ts'
import type { Tables } from './tables.ts'

type Row = Record<string, unknown>
type Statement = Database.Statement<unknown[], Row>
type Parameters = Record<string, unknown>[] | unknown[]

/** Milliseconds that a commit waits for another process to end its own, and between two tries. */
const PATIENCE = 5000
const NAP = 20

/** KiB of pages that a connection keeps: what look-ups and the indexes of appends touch again. */
const CACHE = 16 * 1024

/** Pages of the journal after which it is written back, 64 MB: less often, each index page once. */
const WRITE_BACK = 16_384

/**
 * The SQLite file at `path`, made when absent. Two connections: the log's writer, on which only the
 * synchronous body of `commit` runs; and one that reads and writes rows aside, since a connection
 * that is not the writing one would lose its whole cache to each row. A library that opened an
 * asynchronous transaction on the writer would take acknowledged records back with its own
 * rollback. Durable at `commit` (WAL, synchronous FULL); another process may write between two.
 * None of them ever waits inside SQLite, where the whole process would wait with it.
 */
export function openSqlite(path: string): Store {
  const writer = connectWriting(path, 'FULL')
  const reader = connectWriting(path, 'NORMAL')
  const commit = createCommit(writer)
  const commitAside = createCommit(reader)
  const prepareRead = (sql: string) => readOnly(reader.prepare<unknown[], Row>(sql))
  const reads = keptReads(reader)
  const snapshot = reader.transaction((queries: readonly CompiledQuery[]) => queries.map(reads))

  return {
    db: new Kysely<Tables>({
      dialect: new SqliteDialect({ database: { prepare: prepareRead, close() {} } }),
    }),
    async all<R>(query: CompiledQuery<R>) {
      try {
        return reads(query)
      } catch (error) {
        throw storeFault(error)
      }
    },
    async snapshot<Rows extends readonly unknown[]>(queries: Queries<Rows>) {
      try {
        return snapshot(queries) as { [Index in keyof Rows]: Rows[Index][] }
      } catch (error) {
        throw storeFault(error)
      }
    },
    async commit(queries) {
      for (let waited = 0; ; waited += NAP) {
        try {
          return commit(queries)
        } catch (error) {
          if (!isBusy(error) || waited >= PATIENCE) throw storeFault(error)
        }
        await setTimeout(NAP)
      }
    },
    async commitAside(queries) {
      try {
        commitAside(queries)
      } catch (error) {
        throw storeFault(error)
      }
    },
    async damage() {
      try {
        const found = reads<{ integrity_check: string }>({
          sql: 'PRAGMA integrity_check',
          parameters: [],
        })
        return found.map((row) => row.integrity_check).filter((text) => text !== 'ok')
      } catch (error) {
        throw storeFault(error)
      }
    },
    async close() {
      reader.close()
      writer.close()
    },
  }
}

function connectWriting(path: string, synchronous: 'FULL' | 'NORMAL'): Database.Database {
  const db = connect(path, 0)
  db.pragma('journal_mode = WAL')
  db.pragma(`synchronous = ${synchronous}`)
  db.pragma(`cache_size = -${CACHE}`)
  db.pragma(`wal_autocheckpoint = ${WRITE_BACK}`)
  db.pragma('foreign_keys = ON')
  // What is erased leaves no copy in the free pages of the file.
  db.pragma('secure_delete = ON')
  return db
}

/** All of the queries in one transaction, or none. */
function createCommit(db: Database.Database): (queries: readonly CompiledQuery[]) => void {
  const statements = keptStatements((sql) => db.prepare<unknown[], Row>(sql))
  const transaction = db.transaction((queries: readonly CompiledQuery[]) => {
    for (const { sql, parameters } of inFewer(queries)) {
      statements(sql).run(...(parameters as Parameters))
    }
  })
  return (queries) => {
    if (db.inTransaction) throw new Error('a transaction is open on a connection that writes')
    transaction.immediate(queries)
  }
}

function isBusy(error: unknown): boolean {
  return error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')
}

/**
 * Runs each migration file (several statements, triggers included) and notes its name, or neither.
 * @throws StoreFault also for a file that is no database
 */
export function migrateSqlite(path: string, files: readonly { name: string; sql: string }[]): void {
  const db = connect(path)
  try {
    db.pragma('journal_mode = WAL')
    // The table that `wrangler d1 migrations apply` keeps, so that either may go on from the other.
    db.exec(`CREATE TABLE IF NOT EXISTS d1_migrations (
      id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT UNIQUE,
      applied_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL)`)
    const apply = db.transaction(() => {
      const applied = new Set(db.prepare('SELECT name FROM d1_migrations').pluck().all())
      for (const file of files.filter(({ name }) => !applied.has(name))) {
        db.exec(file.sql)
        db.prepare('INSERT INTO d1_migrations (name) VALUES (?)').run(file.name)
      }
    })
    apply.immediate()
  } catch (error) {
    throw storeFault(error)
  } finally {
    db.close()
  }
}

/**
 * Removes a database with its journal.
 * @throws StoreFault unavailable while another connection, a server's, has it open
 */
export function removeSqlite(path: string): void {
  const db = connect(path)
  try {
    // Leaving WAL takes the whole file for oneself, which fails beside any other connection.
    db.pragma('journal_mode = DELETE')
  } catch (error) {
    throw storeFault(error)
  } finally {
    db.close()
  }
  for (const part of ['', '-wal', '-shm', '-journal']) rmSync(path + part, { force: true })
}

/** @param timeout milliseconds that SQLite itself may wait for a lock, and the process with it */
function connect(path: string, timeout = PATIENCE): Database.Database {
  try {
    return new Database(path, { timeout })
  } catch (error) {
    throw storeFault(error)
  }
}

/**
 * A statement that gives rows and changes nothing; BEGIN and ATTACH give none. Asked of each
 * statement, and not of the connection by `query_only`: switching that around each row aside has
 * SQLite prepare every statement again, and leaves two statements each time to the collector, whose
 * memory it does not see.
 */
function readOnly(statement: Statement): Statement {
  if (!statement.readonly || !statement.reader) {
    throw new StoreFault('unavailable', new Error('a write outside a commit'))
  }
  return named(statement)
}

/**
 * A statement whose rows have the names that it asks for. SQLite finds a column whatever its case, and
 * gives it the name in the schema: where a bit of that has changed, each value would be `undefined`.
 */
function named(statement: Statement): Statement {
  const { source } = statement
  const strange = statement.columns().find(({ name }) => !source.includes(name))
  if (!strange || source.includes('*')) return statement
  throw new StoreFault('unavailable', new Error(`the schema is damaged at ${strange.name}`))
}

/** Runs queries that change nothing, each text prepared once. */
export function keptReads(db: Database.Database) {
  const statements = keptStatements((sql) => readOnly(db.prepare<unknown[], Row>(sql)))
  return <R>({ sql, parameters }: Pick<CompiledQuery<R>, 'sql' | 'parameters'>): R[] =>
    statements(sql).all(...(parameters as Parameters)) as R[]
}

/** One prepared statement for each SQL text; stations have a fixed number of texts. */
function keptStatements(prepare: (sql: string) => Statement): (sql: string) => Statement {
  const statements = new Map<string, Statement>()
  return (sql) => {
    const known = statements.get(sql)
    if (known) return known
    const statement = prepare(sql)
    statements.set(sql, statement)
    return statement
  }
}

/** What SQLite said, as all engines say it; any other error is itself. */
export function storeFault(error: unknown): unknown {
  if (!(error instanceof Database.SqliteError)) return error
  if (isTaken(error)) return new StoreFault('conflict', error)
  return new StoreFault(error.code.startsWith('SQLITE_FULL') ? 'full' : 'unavailable', error)
}

/** A key that is taken: by the table's own constraint, or by its trigger of db/0001_log.sql. */
function isTaken({ code, message }: InstanceType<typeof Database.SqliteError>): boolean {
  return code === 'SQLITE_CONSTRAINT_TRIGGER'
    ? message.startsWith('append-only-taken')
    : /^SQLITE_CONSTRAINT_(PRIMARYKEY|UNIQUE|ROWID)/.test(code)
}
