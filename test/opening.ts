import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, onTestFinished } from 'vitest'
import { readConfig } from '../src/config.ts'
import { mayBeDemo, type Opened, openNode } from '../src/open.ts'
import { systemClock } from '../src/outside/clock.ts'
import { createPlatform } from '../src/platform/platform.ts'
import { newKey } from './platform/world.ts'

export const ELSEWHERE = 'https://hosho.example.lg.jp'
export const REAL = { PUBLIC_ORIGIN: ELSEWHERE }

type Env = Record<string, string>

/** A DATA_DIR for each test of a file, not there yet, and what opens it as the server does. */
export function opening() {
  let dataDir = ''

  beforeEach(() => {
    const parent = mkdtempSync(join(tmpdir(), 'akashi-open-'))
    dataDir = join(parent, 'data')
    return () => rmSync(parent, { recursive: true, force: true })
  })

  /** Opens the folder; closes it when the test ends. */
  async function start(env: Env = {}): Promise<Opened> {
    const config = readConfig({ DATA_DIR: dataDir, ...env })
    const opened = await openNode(config, systemClock, config.demo !== false && mayBeDemo(config))
    onTestFinished(() => opened.close())
    return opened
  }

  return {
    /** A path in the folder. */
    at: (...names: string[]) => join(dataDir, ...names),

    start,

    /** Opens, closes, and tells what was fixed. */
    async visit(env: Env = {}) {
      const { settings, close } = await start(env)
      await close()
      return settings
    },

    /** One entry in the log, and what was used to sign it. */
    async use(env: Env = REAL) {
      const { ports, settings, close } = await start(env)
      const { issuers, trust } = createPlatform(ports, settings, ELSEWHERE)
      await issuers.add({ id: 'east', iss: 'https://east.example.jp', name: 'あかし東' })
      await issuers.keyAdd('east', (await newKey()).publicJwk)
      const pinned = await trust()
      await close()
      return pinned
    },
  }
}
