import { existsSync, rmSync } from 'node:fs'
import type { Command } from 'commander'
import { Fault } from '../base/fault.ts'
import { type Config, readConfig } from '../config.ts'
import { loadDemo, SAMPLE } from '../demo.ts'
import { mayBeDemo, openNode } from '../open.ts'
import { systemClock } from '../outside/clock.ts'
import { removeSqlite } from '../store/sqlite.ts'
import { type Answer, answering, group, leaf, type Shell } from './command.ts'
import { withPlatform } from './opened.ts'

/** `akashi demo …`: the sample data that a first start on loopback loads by itself. */
export function demoCommands(program: Command, shell: Shell): void {
  const demo = group(program, 'demo', shell)
  leaf(demo, 'load', 'demoLoad', ['demo load'], shell).action(answering(load))
  leaf(demo, 'reset', 'demoReset', ['demo reset'], shell).action(answering(reset))
}

async function load(): Promise<Answer> {
  const config = readConfig(process.env)
  if (config.demo === false || !mayBeDemo(config)) {
    throw new Fault(
      'state_conflict',
      'The demo runs on loopback only. Unset HOST, PUBLIC_ORIGIN, TRUST_PROXY and DEMO.',
    )
  }
  if (existsSync(config.databasePath)) {
    throw new Fault(
      'state_conflict',
      'DATA_DIR holds a database. Use another one, or akashi demo reset on a demo.',
    )
  }
  return loadInto(config)
}

/** Back to the first day: the demo's database goes, the secrets stay, the demo is loaded anew. */
async function reset(): Promise<Answer> {
  const config = readConfig(process.env)
  const demo =
    existsSync(config.databasePath) && (await withPlatform(async ({ settings }) => settings.demo))
  if (!demo) {
    throw new Fault('state_conflict', 'DATA_DIR holds no demo. akashi demo load makes one.')
  }
  removeSqlite(config.databasePath)
  rmSync(config.guardPath, { force: true })
  return loadInto(config)
}

async function loadInto(config: Config): Promise<Answer> {
  const opened = await openNode(config, systemClock, true)
  try {
    await loadDemo(opened, config.publicOrigin)
    const { loadDemoAccounts } = await import('../demo/accounts.ts')
    const notes = await loadDemoAccounts(opened, config)
    return { json: SAMPLE, lines: [`${SAMPLE.contractNumber}  ${SAMPLE.authKey}`], notes }
  } finally {
    await opened.close()
  }
}
