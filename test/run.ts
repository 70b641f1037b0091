// `npm test`: every check of the repository, cheapest first; the first that fails ends the run.
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { provideTools } from './support/tools.ts'

const root = join(import.meta.dirname, '..')
const bin = (name: string): string => join(root, 'node_modules', '.bin', name)

/** One line for a check that passes, its whole output for one that fails. */
async function check(name: string, command: string, args: string[]): Promise<() => void> {
  const started = performance.now()
  const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
  const [said, complained, code] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close').then(([status]) => status as number | null),
  ])
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  return () => {
    if (code === 0) console.log(`${name}: ok (${seconds} s)`)
    else fail(`${name}: failed (${seconds} s)\n${said}${complained}`)
  }
}

function fail(message: string): never {
  console.error(message)
  process.exit(1)
}

const vectors = process.env.VECTORS_DIR
if (process.env.CI && !vectors)
  fail('vectors: CI runs the conformance vectors; set VECTORS_DIR to their folder')

const checks = await Promise.all([
  check('types', bin('tsc'), ['-p', '.']),
  check('lint and format', bin('biome'), ['ci', '--error-on-warnings', '.']),
  check('dead code', bin('knip'), []),
])
for (const tell of checks) tell()

const toInstall = provideTools()
if (toInstall) fail(`tools: ${toInstall}`)
console.log('tools: ok')

const tests = spawnSync(bin('vitest'), ['run'], { cwd: root, stdio: 'inherit' })
process.exit(tests.status ?? 1)
