import type { D1Database } from '@cloudflare/workers-types'
import { type Config, ConfigError, readConfig, SECRET_NAMES } from '../config.ts'
import { verifyWithJose } from '../guarantee/record.ts'
import { systemClock } from '../outside/clock.ts'
import { secureRandomWeb, signerOfWeb, verifyEd25519Web } from '../outside/crypto-web.ts'
import { openD1Guard } from '../outside/guard-d1.ts'
import { readSecretLists } from '../outside/secrets.ts'
import { createTurns } from '../outside/turns.ts'
import type { Clock } from '../ports.ts'
import { openD1 } from '../store/d1.ts'
import { openD1Accounts } from '../store/d1-accounts.ts'
import { type Runtime, type Started, start } from './start.ts'

/** What wrangler.toml binds, beside the variables and secrets as text. */
export interface Bindings {
  DB: D1Database
  GUARD: D1Database
  [variable: string]: unknown
}

const WORKERS: Runtime = {
  random: secureRandomWeb,
  signerOf: signerOfWeb,
  verifyJws: verifyWithJose,
  verifyEd25519: verifyEd25519Web,
  // A call may run 1,000 statements, of which a record takes about 13 and 9 more whenever another
  // writer was faster. Each call is a writer: those of one isolate take turns.
  writing: { largestGroup: 30, tries: 12, inTurn: createTurns(systemClock) },
  // An isolate has 128 MB, and each call that it has in hand a platform of its own.
  remembering: { signatures: 2 ** 9, inclusions: 2 ** 7 },
  write: (line) => console.log(line),
}

/**
 * What every start on Workers does: read the configuration, hold the secrets against the database,
 * fix the identity. The migrations were applied by wrangler.
 * @throws ConfigError, SecretsError, Fault state_conflict with the cure, StoreFault
 */
export async function openWorker(
  env: Bindings,
  clock: Clock,
): Promise<Started & { config: Config }> {
  const variables = Object.entries(env).filter(([, value]) => typeof value === 'string')
  const config = readConfig({ ...Object.fromEntries(variables), DATABASE_URL: 'd1:wrangler.toml' })
  const installation = {
    store: openD1(env.DB),
    accountStore: openD1Accounts(env.DB),
    guard: openD1Guard(env.GUARD),
    secrets: readSecretLists(SECRET_NAMES, {}, config.secrets),
    source: { make: undefined, cure: 'Give them with wrangler secret put, or in .dev.vars.' },
  }
  const started = await start(installation, config, WORKERS, clock, false)
  if (started.settings.demo) {
    throw new ConfigError('This database holds the demo, which runs on Node only.')
  }
  return { ...started, config }
}
