import { setTimeout } from 'node:timers/promises'
import Database from 'better-sqlite3'
import { type CompiledQuery, type DatabaseConnection, Kysely, SqliteDialect } from 'kysely'
import type { AccountStore, AccountTables } from './account-tables.ts'
import { keptReads } from './sqlite.ts'

/** Milliseconds that a statement waits for another process to end its commit, and between two tries. */
const PATIENCE = 5000
const NAP = 20

/**
 * The accounts' own connection to the SQLite file at `path`, which must be migrated. Sign-in is done
 * by a library that works asynchronously; on a connection shared with the log's writer it could
 * take acknowledged records back with a rollback of its own. It opens no transaction: each
 * statement stands for itself, and waits for another process without holding this one up.
 */
export function openSqliteAccounts(path: string): AccountStore {
  const database = new Database(path, { timeout: 0, fileMustExist: true })
  database.pragma('synchronous = FULL')
  database.pragma('foreign_keys = ON')
  database.pragma('secure_delete = ON')
  const db = new Kysely<AccountTables>({ dialect: new PatientDialect({ database }) })
  const reads = keptReads(database)
  return {
    db,
    all: (query) => patiently(async () => reads(query)),
    canIntrospect: true,
    async close() {
      await db.destroy()
      // Which leaves one open that no query went through.
      database.close()
    },
  }
}

class PatientDialect extends SqliteDialect {
  override createDriver() {
    const driver = super.createDriver()
    const acquire = driver.acquireConnection.bind(driver)
    driver.acquireConnection = async () => patient(await acquire())
    driver.beginTransaction = async () => {
      throw new Error('accounts open no transaction')
    }
    return driver
  }
}

function patient(connection: DatabaseConnection): DatabaseConnection {
  return {
    streamQuery: connection.streamQuery.bind(connection),
    executeQuery: <Row>(query: CompiledQuery) =>
      patiently(() => connection.executeQuery<Row>(query)),
  }
}

async function patiently<Result>(deed: () => Promise<Result>): Promise<Result> {
  for (let waited = 0; ; waited += NAP) {
    try {
      return await deed()
    } catch (error) {
      if (!isBusy(error) || waited >= PATIENCE) throw error
    }
    await setTimeout(NAP)
  }
}

function isBusy(error: unknown): boolean {
  return error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')
}
