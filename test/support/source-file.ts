import { type Program, parseSync, Visitor } from 'oxc-parser'

/** One import of a module: what it names, and whether only types cross. */
interface Import {
  from: string
  typeOnly: boolean
}

/** What the rules need to know of one source file. */
export interface Source {
  imports: Import[]
  defaultExport: boolean
  /** Reads of clock, randomness, environment or network, as written: `Date.now`, `fetch`. */
  ambient: string[]
  lines: number
}

/** @throws Error when the text is no TypeScript */
export function readSource(path: string, text: string): Source {
  const parsed = parseSync(path, text)
  if (parsed.errors.length > 0) throw new Error(`${path}: ${parsed.errors[0]?.message}`)
  const { staticImports, staticExports, dynamicImports } = parsed.module
  const exported = staticExports.flatMap((statement) => statement.entries)
  const imports = [
    ...staticImports.map(({ moduleRequest, entries }) => ({
      from: moduleRequest.value,
      typeOnly: entries.length > 0 && entries.every((entry) => entry.isType),
    })),
    ...exported.flatMap(({ moduleRequest, isType }) =>
      moduleRequest ? [{ from: moduleRequest.value, typeOnly: isType }] : [],
    ),
    ...dynamicImports.map(({ moduleRequest: { start, end } }) => ({
      from: text.slice(start + 1, end - 1),
      typeOnly: false,
    })),
    ...importTypes(parsed.program),
  ]
  return {
    imports,
    defaultExport: exported.some(
      ({ exportName }) => exportName.kind === 'Default' || exportName.name === 'default',
    ),
    ambient: ambientReads(parsed.program),
    lines: text.split('\n').length - (text.endsWith('\n') ? 1 : 0),
  }
}

const AMBIENT_MEMBERS = new Set([
  'Date.now',
  'performance.now',
  'Math.random',
  'crypto.getRandomValues',
  'crypto.randomUUID',
])

/** `import('./a.ts').A` in the place of a type. */
function importTypes(program: Program): Import[] {
  const found: Import[] = []
  new Visitor({
    TSImportType({ source }) {
      found.push({ from: source.value, typeOnly: true })
    },
  }).visit(program)
  return found
}

function ambientReads(program: Program): string[] {
  const found: string[] = []
  new Visitor({
    MemberExpression({ object, property, computed }) {
      const owner = globalName(object)
      if (owner === 'process') found.push(`process.${'name' in property ? property.name : '*'}`)
      if (!owner || computed || !('name' in property)) return
      if (AMBIENT_MEMBERS.has(`${owner}.${property.name}`)) found.push(`${owner}.${property.name}`)
    },
    NewExpression({ callee, arguments: given }) {
      if (globalName(callee) === 'Date' && given.length === 0) found.push('new Date()')
    },
    CallExpression({ callee }) {
      const name = globalName(callee)
      if (name === 'fetch' || name === 'Date') found.push(`${name}()`)
    },
  }).visit(program)
  return found
}

/** `x` and `globalThis.x` alike; undefined for anything that is not a plain name. */
function globalName(node: { type: string }): string | undefined {
  if ('name' in node && node.type === 'Identifier') return String(node.name)
  if (node.type !== 'MemberExpression') return undefined
  const { object, property } = node as { object?: unknown; property?: unknown } & typeof node
  const named = (value: unknown): string | undefined =>
    typeof value === 'object' && value !== null && 'name' in value ? String(value.name) : undefined
  return named(object) === 'globalThis' ? named(property) : undefined
}
