import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely'

type Run = <Row>(query: CompiledQuery) => Promise<{ rows: Row[]; numAffectedRows?: bigint }>

/** Kysely's side of a D1 database, which has no transaction that waits for its caller. */
export function d1Dialect(run: Run): Dialect {
  return {
    createAdapter: () => new SqliteAdapter(),
    createIntrospector: (kysely) => new SqliteIntrospector(kysely),
    createQueryCompiler: () => new SqliteQueryCompiler(),
    createDriver: () => driverOver(run),
  }
}

function driverOver(run: Run): Driver {
  const connection: DatabaseConnection = {
    executeQuery: run,
    streamQuery() {
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
  return new Error('D1 has neither open transactions nor streams. Use commit.')
}
