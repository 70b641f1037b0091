import type { Expression, SqlBool } from 'kysely'
import type { Build } from './format.ts'

/** What a token covers: what is both of these owners and of these issuers; undefined is any. */
export interface Scope {
  /** Ids of registered owners. */
  owners: readonly number[] | undefined
  issuers: readonly string[] | undefined
}

/** Keeps rows of these owners and issuers; a row without one is of none of them. */
export function inScope(
  build: Build,
  { owners, issuers }: Scope,
  row: { owner: Expression<number | null>; issuer: Expression<string | null> },
): Expression<SqlBool>[] {
  return [
    ...(owners ? [build(row.owner, 'in', listed<number>(build, owners))] : []),
    ...(issuers ? [build(row.issuer, 'in', listed<string>(build, issuers))] : []),
  ]
}

/** The values of a list as rows: one parameter and one statement, however many there are. */
function listed<Value>(build: Build, values: readonly Value[]) {
  return build
    .selectFrom((inner) =>
      inner.fn<{ value: Value }>('json_each', [inner.val(JSON.stringify(values))]).as('each'),
    )
    .select('each.value')
}
