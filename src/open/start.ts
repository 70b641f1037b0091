import type { AccountsParts } from '../accounts/accounts.ts'
import { base64url } from '../base/bytes.ts'
import { instant } from '../base/time.ts'
import type { Config } from '../config.ts'
import { thumbprint } from '../guarantee/issuer-key.ts'
import { createSealer } from '../outside/kek.ts'
import { peppersOf } from '../outside/peppers.ts'
import type { Secret } from '../outside/secrets.ts'
import { fillFacts } from '../platform/intake/facts-fill.ts'
import { fixSettings, type Settings } from '../platform/settings.ts'
import type { Clock, Guard, Ports, ReceiptKey, Sealer, Signer } from '../ports.ts'
import type { AccountStore } from '../store/account-tables.ts'
import type { Store } from '../store/store.ts'
import { type Secrets, type SecretsSource, secretsInUse } from './secrets-in-use.ts'

/** Everything that an entry works with. */
export interface Started {
  ports: Ports
  settings: Settings
  /** Under the KEK; what the desk must be able to show again. */
  sealer: Sealer
  accounts: Pick<AccountsParts, 'store' | 'secrets'>
}

/** What each runtime does in its own way. */
export interface Runtime
  extends Pick<Ports, 'random' | 'verifyJws' | 'verifyEd25519' | 'writing' | 'remembering'> {
  /** The Ed25519 key of a 32-byte seed (RFC 8032 §5.1.5). */
  signerOf(seed: Uint8Array): Signer | Promise<Signer>
  /** One line for the operator. */
  write(line: string): void
}

/** What was opened before: the database with its guard, and the secrets that were found. */
export interface Installation {
  store: Store
  accountStore: AccountStore
  guard: Guard
  secrets: Partial<Secrets>
  source: SecretsSource
}

/**
 * What every start does once the database is open, on whichever runtime: check the secrets or make
 * them, fix the identity, complete what auditors read, make the ports.
 * @param demo whether a new database is to become the demo's
 * @throws ConfigError, Fault state_conflict with the cure
 */
export async function start(
  { store, accountStore, guard, ...given }: Installation,
  config: Config,
  runtime: Runtime,
  clock: Clock,
  demo: boolean,
): Promise<Started> {
  // Before the identity is fixed: a start that is refused decides nothing.
  const secrets = await secretsInUse(store, given.secrets, given.source, clock)
  const settings = await fixSettings(store, {
    platform: config.platformId,
    origin: config.logOrigin,
    defaults: {
      platform: config.publicOrigin,
      origin: `${new URL(config.publicOrigin).host}/akashi${demo ? '/demo' : ''}`,
      demo,
    },
  })
  await fillFacts(store)
  const { signerOf, write, ...tools } = runtime
  const receiptSigners = await Promise.all(
    secrets.RECEIPT_KEY.map(({ value }) => signerOf(value.subarray(0, 32))),
  )
  const receiptKeys = receiptSigners.map(({ publicKey }, i) =>
    receiptKeyOf(publicKey, secrets.RECEIPT_KEY[i] as Secret),
  )
  return {
    settings,
    sealer: createSealer(secrets.DESK_KEK, runtime.random),
    accounts: { store: accountStore, secrets: secrets.SESSION_SECRET },
    ports: {
      ...tools,
      store,
      clock,
      guard,
      peppers: peppersOf(secrets.AUTH_KEY_PEPPER, config.authKeyHash),
      logSigner: await signerOf(newest(secrets.LOG_KEY).value.subarray(0, 32)),
      receiptSigner: { ...newest(receiptSigners), kid: newest(receiptKeys).kid },
      receiptKeys,
      sessionSecret: newest(secrets.SESSION_SECRET).value,
      report: (event, facts) =>
        write(JSON.stringify({ at: instant(clock.now()), event, ...facts })),
    },
  }
}

function receiptKeyOf(publicKey: Uint8Array, { from }: Secret): ReceiptKey {
  const jwk = { kty: 'OKP', crv: 'Ed25519', x: base64url(publicKey) } as const
  return { kid: thumbprint(jwk), jwk, notBefore: from }
}

function newest<T>(list: readonly T[]): T {
  return list.at(-1) as T
}
