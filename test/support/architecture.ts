import { dirname, join } from 'node:path/posix'
import { readSource, type Source } from './source-file.ts'

const ANYTHING = '*'
const PLATFORM = ['base', 'guarantee', 'log', 'verifier', 'store', 'ports', 'web', 'view']
const OFFICE = [...PLATFORM, 'accounts', 'platform']

/** The stations in the order a guarantee passes them, and what each may import of ours. */
const TABLE: Record<string, readonly string[] | typeof ANYTHING> = {
  base: [],
  guarantee: ['base'],
  log: ['base'],
  verifier: ['base', 'guarantee', 'log'],
  store: [],
  ports: ['store', 'log', 'guarantee'],
  web: ['base'],
  view: ['base', 'guarantee', 'web'],
  outside: ['base', 'ports'],
  accounts: ['base', 'store', 'ports', 'web'],
  platform: PLATFORM,
  office: OFFICE,
  audit: OFFICE,
  ops: OFFICE,
  desk: ['base', 'guarantee', 'log', 'store', 'ports', 'web', 'view', 'accounts'],
  config: ANYTHING,
  open: ANYTHING,
  demo: ANYTHING,
  'refuse-old-node': ANYTHING,
  app: ANYTHING,
  node: ANYTHING,
  worker: ANYTHING,
  cli: ANYTHING,
}

/** The folders of the platform, in the order in which each may import those before it. */
const PLATFORM_LINE = [
  'log',
  'door',
  'access',
  'directory',
  'intake',
  'issuer',
  'lookup',
  'share',
  'fsck',
  'keeping',
]

/** The folders of the desk, likewise. */
const DESK_LINE = [
  'premium',
  'company',
  'print',
  'application',
  'issue',
  'notify',
  'underwrite',
  'guarantees',
]

const LINES: Readonly<Record<string, readonly string[]>> = {
  platform: PLATFORM_LINE,
  desk: DESK_LINE,
}

/** What may be imported besides, as types only: an implementation names the types of its port. */
const TYPES: Record<string, readonly string[]> = { outside: ['store', 'log', 'guarantee'] }

const DOOR = /\.(page|api)\.ts$|^(app|node|worker)\.ts$|^web\/|^accounts\/require-member\.ts$/
const STATION =
  /^(ports\.ts|(accounts|platform|office|audit|ops|desk|app|node|worker|cli|open|demo)\b)/
/** Entries and their common wiring. */
const ENTRY = /^((node|worker|cli|open|refuse-old-node)\.ts|cli\/.*)$/
const ADAPTER =
  /^(outside\/.*|base\/(sha256|base64|utf8)\.node\.ts|store\/(sqlite|sqlite-accounts|sqlite-file|postgres|migrate)\.ts)$/

const NOWHERE = /^$/
/** What stands on Cloudflare's own bindings. */
const WORKERS = /^(store\/d1(-accounts)?|outside\/(guard-d1|d1-proxy|d1-room)|open\/worker)\.ts$/

/** Where a package may be imported; `types` where only its types may be. */
const PACKAGES: { name: RegExp; files: RegExp; types?: RegExp }[] = [
  { name: /^@noble\/hashes\//, files: /^base\// },
  { name: /^@noble\/curves\//, files: /^(guarantee\/issuer-key\.ts|verifier\/.*)$/ },
  { name: /^jose(\/.*)?$/, files: /^guarantee\/record\.ts$/ },
  {
    name: /^zod$/,
    files: /^(guarantee\/.*|config\.ts|desk\/(premium|company)\/.*|.*\.(page|api)\.ts)$/,
    types: /^web\//,
  },
  { name: /^better-sqlite3$/, files: /^store\/sqlite(-file|-accounts)?\.ts$/ },
  { name: /^@cloudflare\/workers-types$/, files: NOWHERE, types: WORKERS },
  { name: /^wrangler$/, files: /^outside\/d1-proxy\.ts$/ },
  { name: /^pg$/, files: /^store\/postgres\.ts$/ },
  { name: /^kysely$/, files: /^store\//, types: STATION },
  { name: /^hono\/html$/, files: /^(view\/.*|.*\.view\.ts)$|\.page\.ts$|^web\// },
  { name: /^hono\/utils\/cookie$/, files: /^accounts\/current-session\.ts$/ },
  { name: /^hono(\/.*)?$/, files: DOOR },
  { name: /^@hono\/zod-openapi$/, files: DOOR },
  { name: /^@hono\/node-server(\/.*)?$/, files: /^node\.ts$/ },
  { name: /^qrcode$/, files: /^web\// },
  { name: /^(@better-auth|better-auth)(\/.*)?$/, files: /^accounts\// },
  { name: /^pdfkit$/, files: /^desk\/print\/.*\.pdf\.ts$/ },
  { name: /^fontkit$/, files: /^desk\/print\/.*\.pdf\.ts$/ },
  { name: /^(nodemailer|mailparser)$/, files: /^outside\/mail-.*\.ts$/ },
  { name: /^file-type$/, files: /^desk\/application\// },
  { name: /^csv-stringify(\/.*)?$/, files: /^(web|desk)\// },
  { name: /^commander$/, files: /^cli(\.ts$|\/)/ },
  { name: /^csv-parse\/sync$/, files: /^cli\// },
  { name: /^node:/, files: new RegExp(`${ENTRY.source}|${ADAPTER.source}|^(config|demo)\\b`) },
]

const MAX_LINES = 300

/**
 * Holds a source tree against the house rules of the architecture.
 *
 * @param files path under `src/` (`base/bytes.ts`) → source text
 * @returns one sentence for each breach; empty when the tree keeps every rule
 */
export function breaches(files: ReadonlyMap<string, string>): string[] {
  const sources = new Map([...files].map(([path, text]) => [path, readSource(path, text)]))
  const found: string[] = []
  const fileGraph = new Map<string, Set<string>>()
  const folderGraph = new Map<string, Set<string>>()
  for (const [path, source] of sources) {
    found.push(...ownBreaches(path, source))
    for (const { from, typeOnly } of source.imports) {
      const target = ours(path, from)
      if (target === undefined) {
        found.push(...packageBreaches(path, from, typeOnly))
        continue
      }
      found.push(...tableBreaches(path, target, typeOnly))
      found.push(...lineBreaches(path, target, typeOnly))
      edge(fileGraph, path, target)
      if (station(path) !== station(target)) edge(folderGraph, station(path), station(target))
    }
  }
  return [...found, ...cycles(fileGraph, 'files'), ...cycles(folderGraph, 'folders')]
}

function ownBreaches(path: string, source: Source): string[] {
  const found: string[] = []
  if (!(station(path) in TABLE)) found.push(`${path}: ${station(path)} has no row in the table`)
  if (/(^|\/)index\.[cm]?ts$/.test(path)) found.push(`${path}: an index file`)
  if (!/^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+)*$/.test(path.split('/').at(-1) ?? ''))
    found.push(`${path}: a name that is not kebab-case`)
  if (source.lines > MAX_LINES) found.push(`${path}: ${source.lines} lines, at most ${MAX_LINES}`)
  if (source.defaultExport && path !== 'worker.ts') found.push(`${path}: a default export`)
  for (const name of source.ambient) {
    const home = name === 'process.env' ? 'config.ts' : 'outside/'
    if (!ENTRY.test(path) && !path.startsWith(home))
      found.push(`${path}: ${name} must come in through a port`)
  }
  return found
}

function tableBreaches(path: string, target: string, typeOnly: boolean): string[] {
  const row = TABLE[station(path)]
  if (target.startsWith('..')) return [`${path}: ${target} is outside src`]
  if (path === 'ports.ts' && !typeOnly) return [`${path}: imports more than types of ${target}`]
  if (row === undefined || row === ANYTHING || station(path) === station(target)) return []
  const types = (typeOnly && TYPES[station(path)]) || []
  return row.includes(station(target)) || types.includes(station(target))
    ? []
    : [`${path}: may not import ${target}`]
}

/** Within such a station a folder imports from those before it; doors know the station as a whole. */
function lineBreaches(path: string, target: string, typeOnly: boolean): string[] {
  const line = LINES[station(path)]
  if (line === undefined || station(target) !== station(path)) return []
  const [own, other] = [path, target].map((file) => /^[^/]+\/([^/]+)\//.exec(file)?.[1])
  if (own === undefined) return []
  const place = line.indexOf(own)
  if (place < 0) return [`${path}: ${own} has no place in the line of ${station(path)}`]
  const before =
    other === undefined
      ? typeOnly && /\.(page|api)\.ts$/.test(path)
      : line.slice(0, place + 1).includes(other)
  return before ? [] : [`${path}: may not import ${target}`]
}

function packageBreaches(path: string, name: string, typeOnly: boolean): string[] {
  const row = PACKAGES.find((entry) => entry.name.test(name))
  if (!row) return [`${path}: package ${name} has no row in the table`]
  if (row.files.test(path) || (typeOnly && row.types?.test(path))) return []
  return [`${path}: may not import package ${name}`]
}

/** The path under `src/` that an import leads to, or undefined for a package. */
function ours(path: string, from: string): string | undefined {
  if (from.startsWith('#')) return `base/${from.slice(1)}.ts`
  return from.startsWith('.') ? join(dirname(path), from) : undefined
}

/** The row of the table that a file belongs to: its top folder, or its own name at the top. */
function station(path: string): string {
  return (path.split('/')[0] as string).replace(/\.ts$/, '')
}

function edge(graph: Map<string, Set<string>>, from: string, to: string): void {
  graph.set(from, (graph.get(from) ?? new Set()).add(to))
}

/** Every cycle that a depth-first walk closes, each named by its path. */
function cycles(graph: Map<string, Set<string>>, what: string): string[] {
  const found: string[] = []
  const done = new Set<string>()
  const walk = (node: string, trail: string[]): void => {
    if (trail.includes(node)) {
      found.push(`a cycle of ${what}: ${[...trail.slice(trail.indexOf(node)), node].join(' → ')}`)
      return
    }
    if (done.has(node)) return
    for (const next of graph.get(node) ?? []) walk(next, [...trail, node])
    done.add(node)
  }
  for (const node of graph.keys()) walk(node, [])
  return found
}
