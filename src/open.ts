import { closeSync, existsSync, mkdirSync, openSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { instant } from './base/time.ts'
import { type Config, ConfigError, isLoopback, SECRET_NAMES } from './config.ts'
import { readStrictJson } from './guarantee/strict-json.ts'
import { parseTrust, type TrustDocument } from './log/bundle.ts'
import { type Runtime, type Started, start } from './open/start.ts'
import { secureRandom, signerOf, verifyEd25519Node, verifyJwsNode } from './outside/crypto-node.ts'
import { openD1Proxy } from './outside/d1-proxy.ts'
import { openD1Guard } from './outside/guard-d1.ts'
import { openGuard } from './outside/guard-file.ts'
import { makeSecrets, readSecrets } from './outside/secrets-file.ts'
import type { Clock, Guard } from './ports.ts'
import type { AccountStore } from './store/account-tables.ts'
import { openD1 } from './store/d1.ts'
import { openD1Accounts } from './store/d1-accounts.ts'
import { migrateSqlite, openSqlite } from './store/sqlite.ts'
import { openSqliteAccounts } from './store/sqlite-accounts.ts'
import type { Store } from './store/store.ts'

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
  remembering: { signatures: 2 ** 17, inclusions: 2 ** 13 },
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
  const database =
    config.d1Config === undefined ? openFiles(config) : await openD1Here(config.d1Config)
  try {
    const guard = database.guard()
    const { store, accountStore } = database
    const installation = { store, accountStore, guard, ...secretsOf(config, clock) }
    const started = await start(installation, config, NODE, clock, demo)
    if (started.settings.demo && (config.demo === false || !mayBeDemo(config))) {
      throw new ConfigError(
        'This database holds the demo, which starts on loopback only and not with DEMO=0. Use another DATA_DIR for real use.',
      )
    }
    return { ...started, close: database.close }
  } catch (error) {
    await database.close()
    throw error
  }
}

interface OpenDatabase {
  store: Store
  accountStore: AccountStore
  guard(): Guard
  close(): Promise<void>
}

/** The SQLite file, migrated, and the guard's file beside it. */
function openFiles({ databasePath, guardPath }: Config): OpenDatabase {
  mkdirSync(dirname(databasePath), { recursive: true, mode: 0o700 })
  // Made here and not by SQLite, which would let everybody read it; its journals take on the mode.
  closeSync(openSync(databasePath, 'a', 0o600))
  migrateSqlite(databasePath, migrations())
  const store = openSqlite(databasePath)
  const accountStore = openSqliteAccounts(databasePath)
  let guard: ReturnType<typeof openGuard> | undefined
  return {
    store,
    accountStore,
    guard() {
      guard = guardAt(guardPath)
      return guard
    },
    async close() {
      await guard?.close()
      await accountStore.close()
      await store.close()
    },
  }
}

/** D1 and its guard, migrated by wrangler. */
async function openD1Here(configPath: string): Promise<OpenDatabase> {
  const { DB, GUARD, close } = await openD1Proxy(configPath).catch((error: Error) => {
    throw new ConfigError(
      `The databases of ${configPath} cannot be opened (${error.message}). Check DATABASE_URL, and that wrangler is installed.`,
    )
  })
  return {
    store: openD1(DB),
    accountStore: openD1Accounts(DB),
    guard: () => openD1Guard(GUARD),
    close,
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

/** Where sample data can do no harm: in a file, reached from this machine alone. */
export function mayBeDemo(config: Config): boolean {
  const publicHost = new URL(config.publicOrigin).hostname
  const here = isLoopback(config.host) && isLoopback(publicHost) && config.trustProxy === 0
  return here && config.d1Config === undefined
}

/** The SQL files of `db/`, in the order of their numbers. */
export function migrations(): { name: string; sql: string }[] {
  return readdirSync(MIGRATIONS)
    .filter((name) => /^\d{4}_.*\.sql$/.test(name))
    .sort()
    .map((name) => ({ name, sql: readFileSync(join(MIGRATIONS, name), 'utf8') }))
}

/**
 * By what a desk alone pins its platform.
 * @throws ConfigError without a trust file that can be read
 */
export function pinnedTrust({ platformTrust }: Config): TrustDocument {
  if (platformTrust === undefined) {
    throw new ConfigError(
      'PLATFORM_TRUST is missing: a desk with PLATFORM_URL pins that platform by a file of its GET /v1/trust, got by a way of its own.',
    )
  }
  const trust = parseTrust(readStrictJson(textOf(platformTrust))?.value)
  if (trust) return trust
  throw new ConfigError(
    `PLATFORM_TRUST ${platformTrust} is no trust document: give what the platform's GET /v1/trust answers.`,
  )
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    throw new ConfigError(`PLATFORM_TRUST cannot be read: ${(error as Error).message}.`)
  }
}
