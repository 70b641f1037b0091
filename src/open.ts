import { closeSync, existsSync, mkdirSync, openSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { instant } from './base/time.ts'
import { type Config, ConfigError, isLoopback, SECRET_NAMES } from './config.ts'
import { type Runtime, type Started, start } from './open/start.ts'
import { secureRandom, signerOf, verifyEd25519Node, verifyJwsNode } from './outside/crypto-node.ts'
import { openGuard } from './outside/guard-file.ts'
import { makeSecrets, readSecrets } from './outside/secrets-file.ts'
import type { Clock } from './ports.ts'
import { migrateSqlite, openSqlite } from './store/sqlite.ts'

const MIGRATIONS = fileURLToPath(new URL('../db/', import.meta.url))

/** Everything that an entry on Node works with. */
export interface Opened extends Started {
  close(): Promise<void>
}

const NODE: Runtime = {
  random: secureRandom,
  signerOf,
  verifyJws: verifyJwsNode,
  verifyEd25519: verifyEd25519Node,
  writing: { largestGroup: 1000, tries: 5 },
  write: (line) => void process.stderr.write(`${line}\n`),
}

/**
 * What every start on Node does: migrate, fix the identity, make or check the secrets, open the
 * guard. The server and each command of the CLI go through it.
 * @param demo whether a new database is to become the demo's
 * @throws ConfigError, SecretsError, Fault state_conflict with the cure
 */
export async function openNode(config: Config, clock: Clock, demo: boolean): Promise<Opened> {
  mkdirSync(config.dataDir, { recursive: true, mode: 0o700 })
  mkdirSync(dirname(config.databasePath), { recursive: true, mode: 0o700 })
  // Made here and not by SQLite, which would let everybody read it; its journals take on the mode.
  closeSync(openSync(config.databasePath, 'a', 0o600))
  migrateSqlite(config.databasePath, migrations())
  const store = openSqlite(config.databasePath)
  try {
    const guard = guardAt(config.guardPath)
    const installation = { store, guard, ...secretsOf(config, clock) }
    const { ports, settings } = await start(installation, config, NODE, clock, demo)
    if (settings.demo && (config.demo === false || !mayBeDemo(config))) {
      throw new ConfigError(
        'This database holds the demo, which starts on loopback only and not with DEMO=0. Use another DATA_DIR for real use.',
      )
    }
    return {
      ports,
      settings,
      async close() {
        await guard.close()
        await store.close()
      },
    }
  } catch (error) {
    await store.close()
    throw error
  }
}

function secretsOf({ secretsFile, secrets }: Config, clock: Clock) {
  const make = () => makeSecrets(SECRET_NAMES, secretsFile, instant(clock.now()))
  return {
    secrets: readSecrets(SECRET_NAMES, secretsFile, secrets),
    source: {
      make: existsSync(secretsFile) ? undefined : make,
      cure: `Give them in the environment or in ${secretsFile}.`,
    },
  }
}

/** A guard that cannot be written is told before the first entry, after which it would be missed. */
function guardAt(path: string): ReturnType<typeof openGuard> {
  try {
    return openGuard(path)
  } catch (error) {
    throw new ConfigError(
      `GUARD_PATH ${path} cannot be written (${(error as Error).message}). Give a file in a folder that Akashi may write to.`,
    )
  }
}

/** Where sample data can do no harm: reached from this machine alone. */
export function mayBeDemo(config: Config): boolean {
  const publicHost = new URL(config.publicOrigin).hostname
  return isLoopback(config.host) && isLoopback(publicHost) && config.trustProxy === 0
}

/** The SQL files of `db/`, in the order of their numbers. */
function migrations(): { name: string; sql: string }[] {
  return readdirSync(MIGRATIONS)
    .filter((name) => /^\d{4}_.*\.sql$/.test(name))
    .sort()
    .map((name) => ({ name, sql: readFileSync(join(MIGRATIONS, name), 'utf8') }))
}
