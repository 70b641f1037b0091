import { join, resolve } from 'node:path'

/** The environment, read once; every name is documented in the README. */
export interface Config {
  host: string
  port: number
  /** Where people reach the server; builds links only. */
  publicOrigin: string
  /** Whether `publicOrigin` was given, or follows from host and port. */
  publicOriginGiven: boolean
  platformId: string | undefined
  logOrigin: string | undefined
  dataDir: string
  databasePath: string
  guardPath: string
  secretsFile: string
  /** Secrets given one by one, as JSON lists of {id, from, value}. */
  secrets: Partial<Record<SecretName, string>>
  demo: boolean | undefined
  authKeyHash: 'hmac' | 'scrypt'
  /** How many proxies stand in front and add to X-Forwarded-For. */
  trustProxy: number
  /** Whether anybody may read the log's tiles. */
  logPublic: boolean
  /** 運営者 and how to reach them, as the pages name them. */
  operatorName: string | undefined
  operatorContact: string | undefined
  metricsToken: string | undefined
}

export const SECRET_NAMES = [
  'LOG_KEY',
  'RECEIPT_KEY',
  'AUTH_KEY_PEPPER',
  'DESK_KEK',
  'SESSION_SECRET',
] as const

export type SecretName = (typeof SECRET_NAMES)[number]

export class ConfigError extends Error {
  override name = 'ConfigError'
}

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '::1', '[::1]'])

/** Whether a host name or address reaches this machine only. */
export function isLoopback(host: string): boolean {
  return LOOPBACK.has(host)
}

/**
 * The configuration of an environment.
 * @throws ConfigError that names every fault at once
 */
export function readConfig(env: Record<string, string | undefined>): Config {
  const faults: string[] = []
  const text = (name: string) => env[name]?.trim() || undefined

  function one<T extends string>(name: string, values: readonly T[], fallback: T): T {
    const value = text(name)
    if (value === undefined) return fallback
    if (!values.includes(value as T)) faults.push(`${name} is one of ${values.join(', ')}`)
    return value as T
  }

  function whole(name: string, fallback: number, most: number): number {
    const value = text(name)
    if (value === undefined) return fallback
    if (!/^\d+$/.test(value) || Number(value) > most) {
      faults.push(`${name} is a whole number from 0 to ${most}`)
    }
    return Number(value)
  }

  const host = text('HOST') ?? '127.0.0.1'
  const port = whole('PORT', 8787, 65_535)
  const dataDir = resolve(text('DATA_DIR') ?? 'data')
  const given = text('PUBLIC_ORIGIN')
  if (given !== undefined && !isOrigin(given)) {
    faults.push(
      'PUBLIC_ORIGIN is an origin without a path, for example https://hosho.example.lg.jp',
    )
  }
  const database = text('DATABASE_URL')
  if (database !== undefined && !database.startsWith('sqlite:')) {
    faults.push('DATABASE_URL is sqlite:PATH')
  }
  const demo = one('DEMO', ['0', '1', ''], '')
  const config: Config = {
    host,
    port,
    publicOrigin: given ?? `http://${host.includes(':') ? `[${host}]` : host}:${port}`,
    publicOriginGiven: given !== undefined,
    platformId: text('PLATFORM_ID'),
    logOrigin: text('LOG_ORIGIN'),
    dataDir,
    databasePath: database ? resolve(database.slice('sqlite:'.length)) : join(dataDir, 'akashi.db'),
    guardPath: resolve(text('GUARD_PATH') ?? join(dataDir, 'guard.note')),
    secretsFile: resolve(text('SECRETS_FILE') ?? join(dataDir, 'secrets.json')),
    secrets: Object.fromEntries(
      SECRET_NAMES.flatMap((name) => (text(name) ? [[name, text(name)]] : [])),
    ),
    demo: demo === '' ? undefined : demo === '1',
    authKeyHash: one('AUTH_KEY_HASH', ['hmac', 'scrypt'], 'hmac'),
    trustProxy: whole('TRUST_PROXY', 0, 10),
    logPublic: one('LOG_PUBLIC', ['0', '1'], '1') === '1',
    operatorName: text('OPERATOR_NAME'),
    operatorContact: text('OPERATOR_CONTACT'),
    metricsToken: text('METRICS_TOKEN'),
  }
  if (faults.length > 0) throw new ConfigError(`${faults.join('.\n')}.`)
  return config
}

function isOrigin(text: string): boolean {
  return (
    URL.canParse(text) && /^https?:$/.test(new URL(text).protocol) && new URL(text).origin === text
  )
}
