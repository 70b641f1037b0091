import type { D1Database } from '@cloudflare/workers-types'
import {
  type CompiledQuery,
  type DatabaseConnection,
  type Driver,
  Kysely,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely'
import type { AccountStore, AccountTables } from './account-tables.ts'

/** The accounts' tables of a D1 database; every statement goes to the primary, as in `d1.ts`. */
export function openD1Accounts(d1: D1Database): AccountStore {
  const db = new Kysely<AccountTables>({
    dialect: {
      createAdapter: () => new SqliteAdapter(),
      createIntrospector: (kysely) => new SqliteIntrospector(kysely),
      createQueryCompiler: () => new SqliteQueryCompiler(),
      createDriver: () => driverOver(d1),
    },
  })
  return { db, canIntrospect: false, close: async () => {} }
}

function driverOver(d1: D1Database): Driver {
  const connection: DatabaseConnection = {
    async executeQuery<Row>({ sql, parameters }: CompiledQuery) {
      const { results, meta } = await d1
        .prepare(sql)
        .bind(...parameters)
        .all<Row>()
      return { rows: results, numAffectedRows: BigInt(meta.changes) }
    },
    // biome-ignore lint/correctness/useYield: the interface asks for a generator.
    async *streamQuery() {
      throw noTransaction()
    },
  }
  const refuse = () => Promise.reject(noTransaction())
  return {
    init: async () => {},
    acquireConnection: async () => connection,
    beginTransaction: refuse,
    commitTransaction: refuse,
    rollbackTransaction: refuse,
    releaseConnection: async () => {},
    destroy: async () => {},
  }
}

function noTransaction(): Error {
  return new Error('D1 has neither open transactions nor streams.')
}
