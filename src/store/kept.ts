import type { Compilable, CompiledQuery, Kysely } from 'kysely'
import type { Tables } from './tables.ts'

class Placeholder {
  readonly position: number
  constructor(position: number) {
    this.position = position
  }
}

/**
 * Compiles a query once; each call only fills in the arguments. Building one anew costs four to
 * six times the statement itself. `build` must pass its arguments on as values, never look at them.
 * @param arity how many arguments `build` takes after `db`; name it when they are a rest parameter
 */
export function kept<Arguments extends unknown[], Row>(
  db: Kysely<Tables>,
  build: (db: Kysely<Tables>, ...args: Arguments) => Compilable<Row>,
  arity: number = build.length - 1,
): (...args: Arguments) => CompiledQuery<Row> {
  const placeholders = Array.from({ length: arity }, (_, i) => new Placeholder(i))
  const query = build(db, ...(placeholders as unknown as Arguments)).compile()
  return (...args) => ({
    ...query,
    parameters: query.parameters.map((value) =>
      value instanceof Placeholder ? args[value.position] : value,
    ),
  })
}
