import type { Command } from 'commander'
import { Fault } from '../base/fault.ts'
import { readConfig } from '../config.ts'
import { benchPair, loadBenchData } from '../demo/bench-data.ts'
import { openNode } from '../open.ts'
import { systemClock } from '../outside/clock.ts'
import { secureRandom } from '../outside/crypto-node.ts'
import { type Answer, answering, leaf, type Shell } from './command.ts'

const TELL_EVERY = 50_000

/** `akashi bench-data`: guarantees to measure with, in a folder of their own. */
export function benchCommand(program: Command, shell: Shell): void {
  leaf(program, 'bench-data <count>', 'benchData', ['bench-data 10000'], shell).action(
    answering(benchData),
  )
}

async function benchData(count: string): Promise<Answer> {
  if (!/^[1-9]\d{0,7}$/.test(count)) {
    throw new Fault('body_invalid', 'Give the number of guarantees, 1 to 99999999.')
  }
  const opened = await openNode(readConfig(process.env), systemClock, false)
  try {
    await loadBenchData(opened, Number(count), secureRandom(32), (done) => {
      if (done % TELL_EVERY === 0) process.stderr.write(`${done}\n`)
    })
  } finally {
    await opened.close()
  }
  const first = benchPair(0)
  return {
    json: { guarantees: Number(count), first },
    lines: [`${first.contractNumber}  ${first.authKey}`],
  }
}
