import { closeSync, existsSync, mkdirSync, openSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { base64url, sha256, utf8 } from './base/bytes.ts'
import { type Instant, instant } from './base/time.ts'
import { type Config, ConfigError, isLoopback, SECRET_NAMES, type SecretName } from './config.ts'
import { thumbprint } from './guarantee/issuer-key.ts'
import {
  peppersOf,
  secureRandom,
  signerOf,
  verifyEd25519Node,
  verifyJwsNode,
} from './outside/crypto-node.ts'
import { openGuard } from './outside/guard-file.ts'
import { makeSecrets, readSecrets, type Secret } from './outside/secrets-file.ts'
import {
  checkFingerprints,
  fixSettings,
  forgetFingerprints,
  type Settings,
} from './platform/settings.ts'
import type { Clock, Ports, ReceiptKey } from './ports.ts'
import { migrateSqlite, openSqlite } from './store/sqlite.ts'
import type { Store } from './store/store.ts'

const MIGRATIONS = fileURLToPath(new URL('../db/', import.meta.url))

/** Everything that an entry on Node works with. */
export interface Opened {
  ports: Ports
  settings: Settings
  close(): Promise<void>
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
    // Before the identity is fixed: a start that is refused decides nothing.
    const guard = guardAt(config.guardPath)
    const secrets = await openSecrets(store, config, clock)
    const settings = await fixSettings(store, {
      platform: config.platformId,
      origin: config.logOrigin,
      defaults: {
        platform: config.publicOrigin,
        origin: `${new URL(config.publicOrigin).host}/akashi${demo ? '/demo' : ''}`,
        demo,
      },
    })
    if (settings.demo && (config.demo === false || !mayBeDemo(config))) {
      throw new ConfigError(
        'This database holds the demo, which starts on loopback only and not with DEMO=0. Use another DATA_DIR for real use.',
      )
    }
    return {
      ports: portsOf(store, clock, guard, secrets, config),
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

type Secrets = Record<SecretName, Secret[]>

/**
 * Secrets are made only while the log is empty: a lost one must never be replaced in silence.
 * @returns each list in the order of use, the last one in use now
 */
async function openSecrets(store: Store, config: Config, clock: Clock): Promise<Secrets> {
  let secrets = readSecrets(SECRET_NAMES, config.secretsFile, config.secrets)
  const missing = SECRET_NAMES.filter((name) => !secrets[name])
  const entries = store.db.selectFrom('logEntry').select('position').limit(1).compile()
  const none = missing.length === SECRET_NAMES.length && !existsSync(config.secretsFile)
  const fresh = none && (await store.all(entries)).length === 0
  if (fresh) {
    secrets = makeSecrets(SECRET_NAMES, config.secretsFile, instant(clock.now()))
  } else if (missing.length > 0) {
    throw new ConfigError(
      `Secrets are missing: ${missing.join(', ')}. Give them in the environment or in ${config.secretsFile}.`,
    )
  }
  const complete = inOrderOfUse(secrets as Secrets, instant(clock.now()))
  if (fresh) await forgetFingerprints(store)
  await checkFingerprints(store, fingerprints(complete))
  return complete
}

/** What is planned for later first, then by `from`. */
function inOrderOfUse(secrets: Secrets, now: Instant): Secrets {
  if (secrets.LOG_KEY.length > 1) {
    throw new ConfigError(
      'LOG_KEY is one key. It signs the log for as long as the log has its origin. Take out all but the one in use.',
    )
  }
  const ordered = SECRET_NAMES.map((name) => {
    const begun = ({ from }: Secret) => from <= now
    if (!secrets[name].some(begun)) {
      throw new ConfigError(
        `${name}: none of them has begun. It is ${now} here: set the clock, or give one that is from before.`,
      )
    }
    const list = secrets[name].toSorted(
      (a, b) => Number(begun(a)) - Number(begun(b)) || a.from.localeCompare(b.from),
    )
    return [name, list]
  })
  return Object.fromEntries(ordered)
}

function fingerprints(secrets: Secrets): Map<string, string> {
  const prints = new Map<string, string>()
  for (const name of SECRET_NAMES) {
    for (const { id, value } of secrets[name]) {
      const labelled = utf8(`akashi-fingerprint/v1\n${name}\n${id}\n${base64url(value)}`)
      prints.set(`${name}:${id}`, base64url(sha256(labelled)).slice(0, 22))
    }
  }
  return prints
}

function portsOf(
  store: Store,
  clock: Clock,
  guard: Ports['guard'],
  secrets: Secrets,
  config: Config,
): Ports {
  const logSigner = signerOf(newest(secrets.LOG_KEY).value.subarray(0, 32))
  const receiptKeys = secrets.RECEIPT_KEY.map(receiptKeyOf)
  const receiptSigner = signerOf(newest(secrets.RECEIPT_KEY).value.subarray(0, 32))
  return {
    store,
    clock,
    guard,
    random: secureRandom,
    peppers: peppersOf(secrets.AUTH_KEY_PEPPER, config.authKeyHash),
    logSigner,
    receiptSigner: { ...receiptSigner, kid: newest(receiptKeys).kid },
    receiptKeys,
    sessionSecret: newest(secrets.SESSION_SECRET).value,
    verifyJws: verifyJwsNode,
    verifyEd25519: verifyEd25519Node,
    report(event, facts) {
      process.stderr.write(`${JSON.stringify({ at: instant(clock.now()), event, ...facts })}\n`)
    },
  }
}

function receiptKeyOf({ value, from }: Secret): ReceiptKey {
  const x = base64url(signerOf(value.subarray(0, 32)).publicKey)
  const jwk = { kty: 'OKP', crv: 'Ed25519', x } as const
  return { kid: thumbprint(jwk), jwk, notBefore: from }
}

function newest<T>(list: readonly T[]): T {
  return list.at(-1) as T
}
