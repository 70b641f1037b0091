import {
  type Compilable,
  type CompiledQuery,
  type Kysely,
  type KyselyPlugin,
  OperationNodeTransformer,
  type ValueNode,
} from 'kysely'

class Placeholder {
  readonly position: number
  constructor(position: number) {
    this.position = position
  }
}

class NumbersAsText extends OperationNodeTransformer {
  protected override transformValue(node: ValueNode): ValueNode {
    return typeof node.value === 'number' ? { ...node, immediate: true } : node
  }
}

const numbersAsText = new NumbersAsText()

const LITERALS: KyselyPlugin = {
  transformQuery: ({ node, queryId }) => numbersAsText.transformNode(node, queryId),
  transformResult: async ({ result }) => result,
}

/**
 * Compiles a query once, at its first call; each call only fills in the arguments. Building one anew
 * costs four to six times the statement itself, and a command needs few of those that a platform has.
 * `build` must pass its arguments on as values, never look at them.
 * Numbers that it writes itself become a part of the text: for the parameter of a LIMIT, SQLite with
 * STAT4 would prepare the statement anew at every run (see asked.ts).
 * @param arity how many arguments `build` takes after `db`; name it when they are a rest parameter
 */
export function kept<Of, Arguments extends unknown[], Row>(
  db: Kysely<Of>,
  build: (db: Kysely<Of>, ...args: Arguments) => Compilable<Row>,
  arity: number = build.length - 1,
): (...args: Arguments) => CompiledQuery<Row> {
  let query: CompiledQuery<Row> | undefined
  const compiled = (): CompiledQuery<Row> => {
    const placeholders = Array.from({ length: arity }, (_, i) => new Placeholder(i))
    return build(db.withPlugin(LITERALS), ...(placeholders as unknown as Arguments)).compile()
  }
  return (...args) => {
    query ??= compiled()
    return {
      ...query,
      parameters: query.parameters.map((value) =>
        value instanceof Placeholder ? args[value.position] : value,
      ),
    }
  }
}
