import type { AliasedExpression, Kysely } from 'kysely'

/**
 * The arguments of a query as a row `asked`, from which it joins: `selectFrom(asked(db, {issuer}))`,
 * then `innerJoin('version', 'version.issuer', 'asked.issuer')`. SQLite with STAT4, as better-sqlite3
 * is built, looks at the parameters of many a WHERE (of joins, and beside an ORDER BY) to plan by
 * them, and so prepares the statement anew at every run: three to six times the cost of running it.
 */
export function asked<Of, Row extends Record<string, unknown>>(
  db: Kysely<Of>,
  row: Row,
): AliasedExpression<Row, 'asked'> {
  const named = db.selectNoFrom(({ val }) =>
    Object.entries(row).map(([name, value]) => val(value).as(name)),
  )
  return named.as('asked') as unknown as AliasedExpression<Row, 'asked'>
}

/**
 * One argument of a query, as a value to compare with: `where('issued.org', '=', askedFor(db, org))`. SQLite
 * looks at it as little as at a row of {@link asked}; and nothing is joined, so that an index is walked in
 * its order, where rows behind a join are sorted anew.
 */
export function askedFor<Of, Value>(db: Kysely<Of>, value: Value) {
  return db.selectNoFrom(({ val }) => val(value).as('value')).$asScalar()
}
