import { type CompiledQuery, type Kysely, sql } from 'kysely'
import { kept } from './kept.ts'
import type { Tables } from './tables.ts'

/** One of a list of names of which something is stored. */
interface Known {
  /** Its place in the list. */
  at: number
  /** Whether a version of the issuer has the jti. */
  jti: 0 | 1
  /** Whether there is a guarantee of issuer and number, or a version of one. */
  guarantee: 0 | 1
}

/**
 * Of a list of `[issuer, jti, numberKey]`, as JSON text, those of which anything is stored. The list
 * is one value, so that it may be as long as a group, and the statement is one.
 */
export function knownNames(db: Kysely<Tables>): (names: string) => CompiledQuery<Known> {
  return kept(db, (db, names: string) => {
    const issuer = sql`issuer = named.value ->> 0`
    const number = sql`${issuer} and "numberKey" = named.value ->> 2`
    const stands = (table: string, where: typeof issuer) =>
      sql<0 | 1>`exists (select 1 from ${sql.table(table)} where ${where})`
    return db
      .selectFrom(
        db
          .selectFrom(sql<{ key: number; value: string }>`json_each(${names})`.as('named'))
          .select([
            'key as at',
            stands('version', sql`${issuer} and jti = named.value ->> 1`).as('jti'),
            sql<0 | 1>`${stands('guarantee', number)} or ${stands('version', number)}`.as(
              'guarantee',
            ),
          ])
          .as('asked'),
      )
      .select(['at', 'jti', 'guarantee'])
      .where(({ or, eb }) => or([eb('jti', '=', 1), eb('guarantee', '=', 1)]))
  })
}
