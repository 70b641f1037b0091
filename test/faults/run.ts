// `npm run faults [-- FILE…]`: the long form of the tests in this folder, an hour or more, and the
// table of docs/faults.md from it. FAULTS_SEED repeats a run from another seed than 1.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..', '..')
const vitest = join(root, 'node_modules', '.bin', 'vitest')
const files = process.argv.slice(2)
const { status } = spawnSync(
  vitest,
  [
    'run',
    ...(files.length > 0 ? files : ['test/faults']),
    '--config',
    'test/faults/vitest.config.ts',
  ],
  { cwd: root, stdio: 'inherit', env: { ...process.env, FAULTS_FORM: 'long' } },
)
process.exit(status ?? 1)
