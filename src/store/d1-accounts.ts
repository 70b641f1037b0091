import type { D1Database } from '@cloudflare/workers-types'
import { type CompiledQuery, Kysely } from 'kysely'
import type { AccountStore, AccountTables } from './account-tables.ts'
import { d1Dialect } from './d1-driver.ts'

/** The accounts' tables of a D1 database; every statement goes to the primary, as in `d1.ts`. */
export function openD1Accounts(d1: D1Database): AccountStore {
  const dialect = d1Dialect(async <Row>({ sql, parameters }: CompiledQuery) => {
    const statement = d1.prepare(sql).bind(...parameters)
    const { results, meta } = await statement.all<Row>()
    return { rows: results, numAffectedRows: BigInt(meta.changes) }
  })
  const db = new Kysely<AccountTables>({ dialect })
  return {
    db,
    all: async (query) => (await db.executeQuery(query)).rows,
    canIntrospect: false,
    close: async () => {},
  }
}
