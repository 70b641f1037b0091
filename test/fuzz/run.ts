// `npm run fuzz`: the long form of test/fuzz, each target for a minute under a seed of its own day.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { parseArgs } from 'node:util'

const root = join(import.meta.dirname, '..', '..')
const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '60' },
    seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
    only: { type: 'string' },
  },
})
console.log(`seed ${values.seed}, ${values.seconds} s for each target`)
const env = {
  ...process.env,
  FUZZ_SECONDS: values.seconds,
  FUZZ_SEED: values.seed,
  ...(values.only !== undefined && { FUZZ_ONLY: values.only }),
}
const vitest = join(root, 'node_modules', '.bin', 'vitest')
const { status } = spawnSync(vitest, ['run', 'test/fuzz'], { cwd: root, env, stdio: 'inherit' })
process.exit(status ?? 1)
