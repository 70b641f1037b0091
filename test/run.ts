// `npm test`: every check of the repository, cheapest first; the first that fails ends the run.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { provideTools } from './support/tools.ts'

const root = join(import.meta.dirname, '..')
const bin = (name: string): string => join(root, 'node_modules', '.bin', name)

/** One line for a check that passes, its whole output for one that fails. */
function step(name: string, command: string, args: string[]): void {
  const started = performance.now()
  const { status, error, stdout, stderr } = spawnSync(command, args, {
    cwd: root,
    encoding: 'utf8',
  })
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  if (status === 0) console.log(`${name}: ok (${seconds} s)`)
  else fail(`${name}: failed (${seconds} s)\n${error?.message ?? ''}${stdout}${stderr}`)
}

function fail(message: string): never {
  console.error(message)
  process.exit(1)
}

const vectors = process.env.VECTORS_DIR
if (process.env.CI && !vectors)
  fail('vectors: CI runs the conformance vectors; set VECTORS_DIR to their folder')

step('types', bin('tsc'), ['-p', '.'])
step('lint and format', bin('biome'), ['ci', '--error-on-warnings', '.'])
step('dead code', bin('knip'), [])

const toInstall = provideTools()
if (toInstall) fail(`tools: ${toInstall}`)
console.log('tools: ok')

const tests = spawnSync(bin('vitest'), ['run'], { cwd: root, stdio: 'inherit' })
process.exit(tests.status ?? 1)
