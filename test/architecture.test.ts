import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { describe, expect, test } from 'vitest'
import { breaches } from './support/architecture.ts'

const root = join(import.meta.dirname, '..')

function sourceTree(folder: string): Map<string, string> {
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => join(entry.parentPath, entry.name))
  return new Map(
    paths.map((path) => [relative(folder, path).split(sep).join('/'), readFileSync(path, 'utf8')]),
  )
}

test('the sources keep the house rules', () => {
  const tree = sourceTree(join(root, 'src'))
  expect(tree.size).toBeGreaterThan(5)
  expect(breaches(tree)).toEqual([])
})

test('a test file has at most 300 lines', () => {
  const long = [...sourceTree(join(root, 'test'))]
    .filter(([, text]) => text.trimEnd().split('\n').length > 300)
    .map(([path]) => path)
  expect(long).toEqual([])
})

const A = 'export const a = 1\n'

/** Each rule: a tree that breaches it with what must be said, and a near twin that keeps it. */
const RULES: [rule: string, breach: Record<string, string>, said: string, twin: object][] = [
  [
    'a station imports only from the stations of its row',
    { 'log/tree.ts': "import { a } from '../guarantee/a.ts'\n", 'guarantee/a.ts': A },
    'log/tree.ts: may not import guarantee/a.ts',
    { 'log/tree.ts': "import { a } from '../base/a.ts'\n", 'base/a.ts': A },
  ],
  [
    'a type import counts as an import',
    { 'base/a.ts': "import type { B } from '../log/b.ts'\n", 'log/b.ts': 'export type B = 1\n' },
    'base/a.ts: may not import log/b.ts',
    { 'log/a.ts': "import type { B } from '../base/b.ts'\n", 'base/b.ts': 'export type B = 1\n' },
  ],
  [
    'a re-export counts as an import',
    { 'base/a.ts': "export { b } from '../log/b.ts'\n", 'log/b.ts': 'export const b = 1\n' },
    'base/a.ts: may not import log/b.ts',
    { 'base/a.ts': "export { b } from './b.ts'\n", 'base/b.ts': 'export const b = 1\n' },
  ],
  [
    'a type named by import() counts as an import',
    { 'base/a.ts': "export type B = import('../log/b.ts').B\n", 'log/b.ts': 'export type B = 1\n' },
    'base/a.ts: may not import log/b.ts',
    { 'base/a.ts': "export type B = import('./b.ts').B\n", 'base/b.ts': 'export type B = 1\n' },
  ],
  [
    'a dynamic import counts as an import',
    { 'base/a.ts': "await import('../log/b.ts')\n", 'log/b.ts': 'export const b = 1\n' },
    'base/a.ts: may not import log/b.ts',
    { 'cli.ts': "await import('./log/b.ts')\n", 'log/b.ts': 'export const b = 1\n' },
  ],
  [
    'the desk and the platform never import each other',
    { 'desk/a.ts': "import { a } from '../platform/a.ts'\n", 'platform/a.ts': A },
    'desk/a.ts: may not import platform/a.ts',
    { 'office/a.ts': "import { a } from '../platform/a.ts'\n", 'platform/a.ts': A },
  ],
  [
    'within the platform, a folder imports only from those before it',
    {
      'platform/log/a.ts': "import { a } from '../lookup/a.ts'\n",
      'platform/lookup/a.ts': A,
    },
    'platform/log/a.ts: may not import platform/lookup/a.ts',
    {
      'platform/lookup/a.ts': "import { a } from '../log/a.ts'\n",
      'platform/log/a.ts': A,
    },
  ],
  [
    'the platform as a whole is known to doors only',
    {
      'platform/log/a.ts': "import type { A } from '../platform.ts'\n",
      'platform/platform.ts': 'export type A = 1\n',
    },
    'platform/log/a.ts: may not import platform/platform.ts',
    {
      'platform/log/a.api.ts': "import type { A } from '../platform.ts'\n",
      'platform/platform.ts': 'export type A = 1\n',
    },
  ],
  [
    'ports are types only',
    { 'ports.ts': "import { a } from './log/a.ts'\n", 'log/a.ts': A },
    'ports.ts: imports more than types of log/a.ts',
    { 'ports.ts': "import type { a } from './log/a.ts'\n", 'log/a.ts': A },
  ],
  [
    'an implementation of a port knows the types of that port and no more',
    { 'outside/a.ts': "import { a } from '../log/a.ts'\n", 'log/a.ts': A },
    'outside/a.ts: may not import log/a.ts',
    { 'outside/a.ts': "import type { a } from '../log/a.ts'\n", 'log/a.ts': A },
  ],
  [
    'every station has a row',
    { 'helpers/a.ts': A },
    'helpers/a.ts: helpers has no row in the table',
    { 'base/a.ts': A },
  ],
  [
    'no import leaves src',
    { 'cli.ts': "import { a } from '../test/a.ts'\n" },
    'cli.ts: ../test/a.ts is outside src',
    { 'cli.ts': "import { a } from './base/a.ts'\n", 'base/a.ts': A },
  ],
  [
    'no two files import each other',
    { 'base/a.ts': "import './b.ts'\n", 'base/b.ts': "import './a.ts'\n" },
    'a cycle of files: base/a.ts → base/b.ts → base/a.ts',
    { 'base/a.ts': "import './b.ts'\n", 'base/b.ts': "import './c.ts'\n" },
  ],
  [
    'no two folders import each other',
    {
      'app.ts': "import './config.ts'\n",
      'config.ts': "import './cli/a.ts'\n",
      'cli/a.ts': "import './b.ts'\n",
      'cli/b.ts': "import '../app.ts'\n",
    },
    'a cycle of folders: app → config → cli → app',
    { 'app.ts': "import './config.ts'\n", 'config.ts': "import './base/a.ts'\n", 'base/a.ts': A },
  ],
  [
    'jose is imported in record.ts only',
    { 'guarantee/link.ts': "import { compactVerify } from 'jose/jws/compact/verify'\n" },
    'guarantee/link.ts: may not import package jose/jws/compact/verify',
    { 'guarantee/record.ts': "import { compactVerify } from 'jose/jws/compact/verify'\n" },
  ],
  [
    'elliptic curves stand where weak keys are refused',
    { 'guarantee/record.ts': "import { ed25519 } from '@noble/curves/ed25519.js'\n" },
    'guarantee/record.ts: may not import package @noble/curves/ed25519.js',
    { 'guarantee/issuer-key.ts': "import { ed25519 } from '@noble/curves/ed25519.js'\n" },
  ],
  [
    'a database driver is imported in its own file only',
    { 'platform/append.ts': "import Database from 'better-sqlite3'\n" },
    'platform/append.ts: may not import package better-sqlite3',
    { 'store/sqlite.ts': "import Database from 'better-sqlite3'\n" },
  ],
  [
    "what stands on Workers' bindings knows their types only",
    { 'store/d1.ts': "import { D1Database } from '@cloudflare/workers-types'\n" },
    'store/d1.ts: may not import package @cloudflare/workers-types',
    { 'store/d1.ts': "import type { D1Database } from '@cloudflare/workers-types'\n" },
  ],
  [
    "the platform does not know Workers' bindings at all",
    { 'platform/append.ts': "import type { D1Database } from '@cloudflare/workers-types'\n" },
    'platform/append.ts: may not import package @cloudflare/workers-types',
    { 'open/worker.ts': "import type { D1Database } from '@cloudflare/workers-types'\n" },
  ],
  [
    'outside the store kysely is types only',
    { 'platform/append.ts': "import { sql } from 'kysely'\n" },
    'platform/append.ts: may not import package kysely',
    { 'platform/append.ts': "import type { Kysely } from 'kysely'\n" },
  ],
  [
    'a pure station does not know kysely at all',
    { 'log/tree.ts': "import type { Kysely } from 'kysely'\n" },
    'log/tree.ts: may not import package kysely',
    { 'ports.ts': "import type { CompiledQuery } from 'kysely'\n" },
  ],
  [
    'hono stands in doors only',
    { 'platform/lookup.ts': "import { Hono } from 'hono'\n" },
    'platform/lookup.ts: may not import package hono',
    { 'platform/lookup.page.ts': "import { Hono } from 'hono'\n" },
  ],
  [
    'node: modules stand in outside/, entries, drivers and sha256.node.ts',
    { 'platform/lookup.ts': "import { readFile } from 'node:fs/promises'\n" },
    'platform/lookup.ts: may not import package node:fs/promises',
    { 'outside/guard-file.ts': "import { readFile } from 'node:fs/promises'\n" },
  ],
  [
    'an unknown package has no row',
    { 'base/a.ts': "import pad from 'left-pad'\n" },
    'base/a.ts: package left-pad has no row in the table',
    { 'base/sha256.ts': "export { sha256 } from '@noble/hashes/sha2.js'\n" },
  ],
  [
    'a file has at most 300 lines',
    { 'base/a.ts': `${'// line\n'.repeat(301)}` },
    'base/a.ts: 301 lines, at most 300',
    { 'base/a.ts': `${'// line\n'.repeat(300)}` },
  ],
  ['no index files', { 'base/index.ts': A }, 'base/index.ts: an index file', { 'base/a.ts': A }],
  [
    'no default exports',
    { 'app.ts': 'export default 1\n' },
    'app.ts: a default export',
    { 'worker.ts': 'export default 1\n' },
  ],
  [
    'no default export by renaming',
    { 'app.ts': 'const a = 1\nexport { a as default }\n' },
    'app.ts: a default export',
    { 'app.ts': 'const a = 1\nexport { a as b }\n' },
  ],
  [
    'file names are kebab-case',
    { 'base/sharedThing.ts': A },
    'base/sharedThing.ts: a name that is not kebab-case',
    { 'base/shared-thing.page.ts': A },
  ],
]

const AMBIENT: [source: string, said: string, twin: string][] = [
  ['Date.now()', 'Date.now', 'Date.parse(text)'],
  ['globalThis.Date.now()', 'Date.now', 'other.Date.now()'],
  ['new Date()', 'new Date()', 'new Date(0)'],
  ['performance.now()', 'performance.now', 'clock.now()'],
  ['Math.random()', 'Math.random', 'Math.round(1)'],
  ['crypto.getRandomValues(bytes)', 'crypto.getRandomValues', 'crypto.subtle'],
  ['globalThis.crypto.randomUUID()', 'crypto.randomUUID', 'ports.crypto.random()'],
  ['process.env.HOME', 'process.env', 'settings.env.HOME'],
  ['fetch(url)', 'fetch()', 'app.fetch(url)'],
]

describe('a breach of a rule is reported, its near twin is not', () => {
  test.each(RULES)('%s', (_rule, breach, said, twin) => {
    expect(breaches(new Map(Object.entries(breach)))).toContain(said)
    expect(breaches(new Map(Object.entries(twin)))).toEqual([])
  })

  test.each(AMBIENT)('%s comes in through a port', (source, said, twin) => {
    const report = [`log/a.ts: ${said} must come in through a port`]
    expect(breaches(new Map([['log/a.ts', `void ${source}\n`]]))).toEqual(report)
    expect(breaches(new Map([['log/a.ts', `void ${twin}\n`]]))).toEqual([])
    expect(breaches(new Map([['cli.ts', `void ${source}\n`]]))).toEqual([])
  })

  test('the environment is not read by the implementations of the ports either', () => {
    expect(breaches(new Map([['outside/mail.ts', 'void process.env.SMTP_URL\n']]))).toEqual([
      'outside/mail.ts: process.env must come in through a port',
    ])
    expect(breaches(new Map([['config.ts', 'void process.env.SMTP_URL\n']]))).toEqual([])
  })
})
