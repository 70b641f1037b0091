import { test } from 'vitest'
import { type Budget, fuzz } from './engine.ts'
import type { Target } from './target.ts'

const { FUZZ_SECONDS, FUZZ_SEED, FUZZ_ONLY } = process.env

/** Of the long form (`npm run fuzz`); without it every run reads the same few texts. */
const seconds = Number(FUZZ_SECONDS ?? 0)
const seed = Number(FUZZ_SEED ?? 20_251_114)

/** Tests one target as the budget of this run has it, unless another one is asked for. */
export function testTarget(
  name: string,
  rounds: number,
  targetOf: () => Target | Promise<Target>,
): void {
  const asked = FUZZ_ONLY === undefined || FUZZ_ONLY.split(',').includes(name)
  test.runIf(asked)(
    `${name}: no crash, no hang, nothing taken that should not be`,
    { timeout: 60_000 + 3000 * seconds },
    async () => {
      const budget: Budget = { seed, rounds, seconds, growthEvery: 50 }
      const { texts, outcomes, slowest } = await fuzz(name, await targetOf(), budget)
      if (outcomes.size < 2) throw new Error('every text has the same outcome: nothing is tested')
      if (seconds === 0) return
      const most = `slowest ${slowest.toFixed(1)} ms`
      console.log(`${name}: ${texts} texts, ${outcomes.size} outcomes, ${most}, seed ${seed}`)
    },
  )
}
