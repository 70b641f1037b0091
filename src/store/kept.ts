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
 * Compiles a query once; each call only fills in the arguments. Building one anew costs four to
 * six times the statement itself. `build` must pass its arguments on as values, never look at them.
 * Numbers that it writes itself become a part of the text: for the parameter of a LIMIT, SQLite with
 * STAT4 would prepare the statement anew at every run (see asked.ts).
 * @param arity how many arguments `build` takes after `db`; name it when they are a rest parameter
 */
export function kept<Of, Arguments extends unknown[], Row>(
  db: Kysely<Of>,
  build: (db: Kysely<Of>, ...args: Arguments) => Compilable<Row>,
  arity: number = build.length - 1,
): (...args: Arguments) => CompiledQuery<Row> {
  const placeholders = Array.from({ length: arity }, (_, i) => new Placeholder(i))
  const query = build(db.withPlugin(LITERALS), ...(placeholders as unknown as Arguments)).compile()
  return (...args) => ({
    ...query,
    parameters: query.parameters.map((value) =>
      value instanceof Placeholder ? args[value.position] : value,
    ),
  })
}
