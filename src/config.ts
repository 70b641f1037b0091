import { join, resolve } from 'node:path'

/** The environment, read once; every name is documented in the README. */
export interface Config {
  host: string
  port: number
  /** Where people reach the server; builds links only. */
  publicOrigin: string
  platformId: string | undefined
  logOrigin: string | undefined
  dataDir: string
  /** The SQLite file; none is opened where `d1Config` is set. */
  databasePath: string
  /** The wrangler configuration that binds the D1 database and its guard. */
  d1Config: string | undefined
  guardPath: string
  secretsFile: string
  /** Secrets given one by one, as JSON lists of {id, from, value}. */
  secrets: Partial<Record<SecretName, string>>
  demo: boolean | undefined
  authKeyHash: 'hmac' | 'scrypt'
  /** How many proxies stand in front; behind any of them there is no demo. */
  trustProxy: number
  /** Whether anybody may read the log's tiles. */
  logPublic: boolean
  /** 運営者 and how to reach them, as the pages name them. */
  operatorName: string | undefined
  operatorContact: string | undefined
  /** Where mail goes, smtp(s)://…; it lands in files under DATA_DIR where this is not given. */
  smtpUrl: string | undefined
  /** The sender of all mail: an address, or a name with an address in angle brackets. */
  mailFrom: string
  /** The single sign-on of an authority or company; undefined where there is none. */
  oidc:
    | { issuer: string; clientId: string; clientSecret: string; believesAddress: boolean }
    | undefined
  /** Where the command line finds the platform's API. */
  platformUrl: string
  /** Where the platform is, when this installation is a desk alone. */
  platformElsewhere: string | undefined
  /** The trust file by which a desk alone pins that platform. */
  platformTrust: string | undefined
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

/** Of mail that lands in files (RFC 2606: nobody's address). */
const UNSENT_FROM = 'Akashi <no-reply@akashi.invalid>'

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
  const { text, one, whole, wellFormed } = createReader(env, faults)
  const host = wellFormed('HOST', isHost, 'a host name or an address') ?? '127.0.0.1'
  const port = whole('PORT', 8787, { least: 1, most: 65_535 })
  const dataDir = resolve(text('DATA_DIR') ?? 'data')
  const originForm = 'an origin without a path: https://HOST'
  const origin = wellFormed('PUBLIC_ORIGIN', isOrigin, originForm)
  const platformUrl = wellFormed('PLATFORM_URL', isOrigin, originForm)
  const databaseForm = 'sqlite:PATH, or d1:PATH of wrangler.toml'
  const database = wellFormed('DATABASE_URL', (url) => /^(?:sqlite|d1):./.test(url), databaseForm)
  const [, kind, path] = /^(\w+):(.+)$/.exec(database ?? '') ?? []
  if (kind === 'd1' && origin === undefined) {
    faults.push('PUBLIC_ORIGIN is missing: on D1 the first start fixes the identity by it')
  }
  const logOrigin = wellFormed('LOG_ORIGIN', isLogName, 'a name without spaces and plus signs')
  const demo = one('DEMO', ['0', '1', ''], '')
  const smtpUrl = wellFormed('SMTP_URL', isSmtpUrl, 'smtp://HOST:PORT or smtps://HOST:PORT')
  const mailFrom = wellFormed('MAIL_FROM', isSender, 'an address, or: NAME <ADDRESS>')
  if (smtpUrl !== undefined && text('MAIL_FROM') === undefined) {
    faults.push('MAIL_FROM is missing: SMTP_URL needs the address that mail comes from')
  }
  const trust = text('PLATFORM_TRUST')
  if (trust !== undefined && platformUrl === undefined) {
    faults.push('PLATFORM_TRUST goes with PLATFORM_URL, the platform that it pins')
  }
  const config: Config = {
    host,
    port,
    publicOrigin: origin ?? ownOrigin(host, port),
    platformId: text('PLATFORM_ID'),
    logOrigin,
    dataDir,
    databasePath: kind === 'sqlite' && path ? resolve(path) : join(dataDir, 'akashi.db'),
    d1Config: kind === 'd1' && path ? resolve(path) : undefined,
    guardPath: resolve(text('GUARD_PATH') ?? join(dataDir, 'guard.note')),
    secretsFile: resolve(text('SECRETS_FILE') ?? join(dataDir, 'secrets.json')),
    secrets: Object.fromEntries(
      SECRET_NAMES.flatMap((name) => (text(name) ? [[name, text(name)]] : [])),
    ),
    demo: demo === '' ? undefined : demo === '1',
    authKeyHash: one('AUTH_KEY_HASH', ['hmac', 'scrypt'], 'hmac'),
    trustProxy: whole('TRUST_PROXY', 0, { least: 0, most: 10 }),
    logPublic: one('LOG_PUBLIC', ['0', '1'], '1') === '1',
    operatorName: text('OPERATOR_NAME'),
    operatorContact: text('OPERATOR_CONTACT'),
    smtpUrl,
    mailFrom: mailFrom ?? UNSENT_FROM,
    oidc: readOidc(text, one('OIDC_BELIEVE_ADDRESS', ['0', '1'], '0') === '1', faults),
    platformUrl: platformUrl ?? origin ?? ownOrigin(host, port),
    platformElsewhere: platformUrl,
    platformTrust: trust === undefined ? undefined : resolve(trust),
  }
  if (faults.length > 0) throw new ConfigError(`${faults.join('.\n')}.`)
  return config
}

/** All three or none; a provider is asked over TLS, but for one on this machine. */
function readOidc(
  text: (name: string) => string | undefined,
  believesAddress: boolean,
  faults: string[],
): Config['oidc'] {
  const [issuer, clientId, clientSecret] = OIDC_NAMES.map(text)
  if (issuer === undefined && clientId === undefined && clientSecret === undefined) return undefined
  if (issuer === undefined || clientId === undefined || clientSecret === undefined) {
    faults.push(`${OIDC_NAMES.join(', ')} go together`)
    return undefined
  }
  const url = URL.parse(issuer)
  const safe = url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback(url.hostname))
  if (!safe || url?.search !== '' || url.hash !== '') {
    faults.push('OIDC_ISSUER is an https URL without a query (http on loopback alone)')
  }
  return { issuer, clientId, clientSecret, believesAddress }
}

const OIDC_NAMES = ['OIDC_ISSUER', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET'] as const

/** Reads variables; what is wrong with one is added to `faults`, and reading goes on. */
function createReader(env: Record<string, string | undefined>, faults: string[]) {
  const text = (name: string) => env[name]?.trim() || undefined

  return {
    /** The value without the spaces around it; undefined when unset or empty. */
    text,

    wellFormed(name: string, fits: (value: string) => boolean, form: string): string | undefined {
      const value = text(name)
      if (value === undefined || fits(value)) return value
      faults.push(`${name} is ${form}`)
      return undefined
    },

    one<T extends string>(name: string, values: readonly T[], fallback: T): T {
      const value = text(name)
      if (value === undefined) return fallback
      if (!values.includes(value as T)) {
        faults.push(`${name} is one of ${values.filter(Boolean).join(', ')}`)
      }
      return value as T
    },

    whole(name: string, fallback: number, { least, most }: { least: number; most: number }) {
      const value = text(name)
      if (value === undefined) return fallback
      if (!/^\d+$/.test(value) || Number(value) < least || Number(value) > most) {
        faults.push(`${name} is a whole number from ${least} to ${most}`)
        return fallback
      }
      return Number(value)
    },
  }
}

function isSmtpUrl(text: string): boolean {
  const url = URL.parse(text)
  return url !== null && /^smtps?:$/.test(url.protocol) && url.hostname !== ''
}

function isSender(text: string): boolean {
  return /^(?:[^<>@\p{Cc}]* <[^\s<>@]+@[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+)$/u.test(text)
}

function isHost(text: string): boolean {
  return /^[\w.:-]+$/.test(text) && URL.parse(`http://${bracketed(text)}`) !== null
}

/** An IPv6 address as it stands in a URL (RFC 3986 §3.2.2). */
function bracketed(host: string): string {
  return host.includes(':') ? `[${host}]` : host
}

/** As browsers write it: without the port that goes without saying. */
function ownOrigin(host: string, port: number): string {
  return new URL(`http://${bracketed(host)}:${port}`).origin
}

/** By `URL.parse`, for `URL.canParse` says yes to some that `new URL` then refuses. */
function isOrigin(text: string): boolean {
  const url = URL.parse(text)
  return url !== null && /^https?:$/.test(url.protocol) && url.origin === text
}

/** What may name a log in a signed note (c2sp.org/signed-note, key names). */
function isLogName(text: string): boolean {
  return !/[\s+]/u.test(text)
}
