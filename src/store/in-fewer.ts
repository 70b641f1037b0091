import type { CompiledQuery } from 'kysely'

/** A statement with its values. */
export type Bound = Pick<CompiledQuery, 'sql' | 'parameters'>

/** Parameters that one statement may have (developers.cloudflare.com/d1/platform/limits). */
const MOST_PARAMETERS = 100

const ONE_ROW = /^insert into .* values (\((?:\?(?:, )?)+\))$/

/** By the text for one row: the row in it, or nothing where it is no plain insert; and longer texts. */
const known = new Map<string, { row: string | undefined; texts: string[] }>()

/**
 * Neighbouring inserts into one table as one statement: a Worker may run only so many, and SQLite
 * begins and ends each, with the pages that a trigger may have to give back.
 */
export function inFewer(queries: readonly CompiledQuery[]): Bound[] {
  const fewer: { sql: string; rows: number; parameters: unknown[] }[] = []
  for (const { sql, parameters } of queries) {
    const last = fewer.at(-1)
    const fits = last?.sql === sql && last.parameters.length + parameters.length <= MOST_PARAMETERS
    if (last && fits && knownOf(sql).row !== undefined) {
      last.rows += 1
      last.parameters.push(...parameters)
    } else {
      fewer.push({ sql, rows: 1, parameters: [...parameters] })
    }
  }
  return fewer.map(({ sql, rows, parameters }) => ({ sql: textOf(sql, rows), parameters }))
}

function knownOf(sql: string) {
  const found = known.get(sql) ?? { row: ONE_ROW.exec(sql)?.[1], texts: [] }
  known.set(sql, found)
  return found
}

/** The same text each time, so that whoever keeps statements finds it at once. */
function textOf(sql: string, rows: number): string {
  if (rows === 1) return sql
  const { row, texts } = knownOf(sql)
  texts[rows] ??= sql + `, ${row}`.repeat(rows - 1)
  return texts[rows] as string
}
