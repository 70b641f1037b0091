import { existsSync } from 'node:fs'
import { type Config, readConfig } from '../config.ts'
import type { Opened } from '../open.ts'
import { systemClock } from '../outside/clock.ts'
import type { Platform } from '../platform/platform.ts'
import { CouldNotCheck } from './command.ts'

/** The platform of DATA_DIR with what it stands on. */
export interface Here extends Opened {
  config: Config
  platform: Platform
}

/**
 * Opens DATA_DIR as a start does, without the demo, for the time of one deed.
 * @throws ConfigError, SecretsError, Fault state_conflict
 */
export async function withPlatform<Result>(deed: (here: Here) => Promise<Result>): Promise<Result> {
  const config = readConfig(process.env)
  // Loaded here: a command that needs no database is not to wait for what opens one.
  const { openNode } = await import('../open.ts')
  const { createPlatform } = await import('../platform/platform.ts')
  const opened = await openNode(config, systemClock, false)
  try {
    const platform = createPlatform(opened.ports, opened.settings, config.publicOrigin)
    return await deed({ ...opened, config, platform })
  } finally {
    await opened.close()
  }
}

/**
 * As {@link withPlatform} where there is a database; undefined where there is none. Who only asks
 * must not decide, by asking, that a folder is no demo's.
 */
export async function withExisting<Result>(
  deed: (here: Here) => Promise<Result>,
): Promise<Result | undefined> {
  return hasDatabase() ? withPlatform(deed) : undefined
}

/** As {@link withPlatform} for what makes sense only with a database. @throws CouldNotCheck */
export async function withDatabase<Result>(deed: (here: Here) => Promise<Result>): Promise<Result> {
  if (hasDatabase()) return withPlatform(deed)
  throw new CouldNotCheck('There is no database in DATA_DIR. Set DATA_DIR to it.')
}

function hasDatabase(): boolean {
  const { d1Config, databasePath } = readConfig(process.env)
  return existsSync(d1Config ?? databasePath)
}
