import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { readConfig } from '../../src/config.ts'
import { openNode } from '../../src/open.ts'
import { systemClock } from '../../src/outside/clock.ts'
import { createPlatform } from '../../src/platform/platform.ts'
import { PLATFORM, type Signer } from '../platform/world.ts'
import { type Acknowledged, type Reckoning, reckon } from './reckon.ts'

/** The folder of one database, as servers and a look behind them open it, until the test ends. */
export function newFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'akashi-faults-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const env = { DATA_DIR: join(folder, 'data'), PUBLIC_ORIGIN: PLATFORM }
  return {
    dataDir: env.DATA_DIR,
    env: { ...env, NODE_COMPILE_CACHE: join(tmpdir(), 'akashi-compiled') },

    /** What an operator registers before the first record. */
    async register(signer: Signer): Promise<void> {
      const opened = await openNode(readConfig(env), systemClock, false)
      const { issuers, owners } = createPlatform(opened.ports, opened.settings, PLATFORM)
      const east = { id: 'east', iss: 'https://east.example.jp', name: 'あかし東' }
      await issuers.add(east, signer.publicJwk)
      await owners.add({
        name: '富士市長',
        aliases: [],
        start: { date: '2025-11-14', basis: 'contract_date' },
        kinds: ['advance_payment'],
        issuerClasses: ['surety_company'],
        departments: [],
      })
      await opened.close()
    },

    /** Beside the running server, which has just started. */
    async reckon(acknowledged: readonly Acknowledged[]): Promise<Reckoning> {
      const opened = await openNode(readConfig(env), systemClock, false)
      const platform = createPlatform(opened.ports, opened.settings, PLATFORM)
      try {
        return await reckon(opened, platform, acknowledged)
      } finally {
        await opened.close()
      }
    },
  }
}

export type Folder = ReturnType<typeof newFolder>
