import { join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { type Config, ConfigError, isLoopback, readConfig } from '../src/config.ts'

const DEFAULTS: Config = {
  host: '127.0.0.1',
  port: 8787,
  publicOrigin: 'http://127.0.0.1:8787',
  platformId: undefined,
  logOrigin: undefined,
  dataDir: resolve('data'),
  databasePath: resolve('data/akashi.db'),
  d1Config: undefined,
  guardPath: resolve('data/guard.note'),
  secretsFile: resolve('data/secrets.json'),
  secrets: {},
  demo: undefined,
  authKeyHash: 'hmac',
  trustProxy: 0,
  logPublic: true,
  operatorName: undefined,
  operatorContact: undefined,
  smtpUrl: undefined,
  mailFrom: 'Akashi <no-reply@akashi.invalid>',
  oidc: undefined,
  platformUrl: 'http://127.0.0.1:8787',
  platformElsewhere: undefined,
  platformTrust: undefined,
}

/** The sentences with which an environment is refused. */
function faultsOf(env: Record<string, string>): string[] {
  try {
    readConfig(env)
  } catch (error) {
    if (error instanceof ConfigError) return error.message.split('\n')
    throw error
  }
  throw new Error('nothing was refused')
}

test('an empty environment is a whole configuration', () => {
  expect(readConfig({})).toEqual(DEFAULTS)
})

const own = (origin: string) => ({ publicOrigin: origin, platformUrl: origin })

test.each<[Record<string, string>, Partial<Config>]>([
  [{ HOST: '0.0.0.0' }, { host: '0.0.0.0', ...own('http://0.0.0.0:8787') }],
  [{ HOST: '::1' }, { host: '::1', ...own('http://[::1]:8787') }],
  [{ HOST: 'localhost' }, { host: 'localhost', ...own('http://localhost:8787') }],
  [{ PORT: '1' }, { port: 1, ...own('http://127.0.0.1:1') }],
  [{ PORT: '80' }, { port: 80, ...own('http://127.0.0.1') }],
  [{ PORT: '65535' }, { port: 65_535, ...own('http://127.0.0.1:65535') }],
  ...['https://hosho.example.lg.jp', 'http://localhost:8080'].map(
    (origin): [Record<string, string>, Partial<Config>] => [{ PUBLIC_ORIGIN: origin }, own(origin)],
  ),
  [{ PLATFORM_ID: 'https://a.example' }, { platformId: 'https://a.example' }],
  [{ LOG_ORIGIN: 'a.example/log' }, { logOrigin: 'a.example/log' }],
  [
    { DATA_DIR: '/srv/akashi' },
    {
      dataDir: '/srv/akashi',
      databasePath: '/srv/akashi/akashi.db',
      guardPath: '/srv/akashi/guard.note',
      secretsFile: '/srv/akashi/secrets.json',
    },
  ],
  [{ DATABASE_URL: 'sqlite:/srv/a.db' }, { databasePath: '/srv/a.db' }],
  [{ DATABASE_URL: 'sqlite:a.db' }, { databasePath: resolve('a.db') }],
  [
    { DATABASE_URL: 'd1:wrangler.toml', PUBLIC_ORIGIN: 'https://a.example' },
    { d1Config: resolve('wrangler.toml'), ...own('https://a.example') },
  ],
  [{ GUARD_PATH: 'elsewhere/guard' }, { guardPath: resolve('elsewhere/guard') }],
  [{ SECRETS_FILE: '/run/secrets/akashi' }, { secretsFile: '/run/secrets/akashi' }],
  [
    { LOG_KEY: '[1]', SESSION_SECRET: '[2]' },
    { secrets: { LOG_KEY: '[1]', SESSION_SECRET: '[2]' } },
  ],
  [{ DEMO: '0' }, { demo: false }],
  [{ DEMO: '1' }, { demo: true }],
  [{ AUTH_KEY_HASH: 'scrypt' }, { authKeyHash: 'scrypt' }],
  [{ TRUST_PROXY: '10' }, { trustProxy: 10 }],
  [{ LOG_PUBLIC: '0' }, { logPublic: false }],
  [
    { OPERATOR_NAME: '静岡県 契約課', OPERATOR_CONTACT: '054-000-0000' },
    { operatorName: '静岡県 契約課', operatorContact: '054-000-0000' },
  ],
  [{ MAIL_FROM: 'net-desk@a.example' }, { mailFrom: 'net-desk@a.example' }],
  [
    { SMTP_URL: 'smtps://u:p@mx.a.example', MAIL_FROM: 'あかし東 <net-desk@a.example>' },
    { smtpUrl: 'smtps://u:p@mx.a.example', mailFrom: 'あかし東 <net-desk@a.example>' },
  ],
  [
    { PLATFORM_URL: 'https://a.example' },
    { platformUrl: 'https://a.example', platformElsewhere: 'https://a.example' },
  ],
  [
    { PLATFORM_URL: 'https://a.example', PLATFORM_TRUST: 'trust.json' },
    {
      platformUrl: 'https://a.example',
      platformElsewhere: 'https://a.example',
      platformTrust: resolve('trust.json'),
    },
  ],
  [
    { PLATFORM_URL: 'https://a.example', PUBLIC_ORIGIN: 'https://b.example' },
    {
      platformUrl: 'https://a.example',
      platformElsewhere: 'https://a.example',
      publicOrigin: 'https://b.example',
    },
  ],
])('%j sets its own member and nothing else', (env, change) => {
  expect(readConfig(env)).toEqual({ ...DEFAULTS, ...change })
})

test('what is empty or blank counts as unset, and spaces around a value are none of it', () => {
  const names = [
    'HOST',
    'PORT',
    'PUBLIC_ORIGIN',
    'DATABASE_URL',
    'DEMO',
    'AUTH_KEY_HASH',
    'LOG_KEY',
  ]
  for (const blank of ['', '  ', '\n']) {
    expect(readConfig(Object.fromEntries(names.map((name) => [name, blank])))).toEqual(DEFAULTS)
  }
  expect(readConfig({ PORT: ' 9000\n' }).port).toBe(9000)
})

describe('a single sign-on', () => {
  const client = { OIDC_CLIENT_ID: 'akashi', OIDC_CLIENT_SECRET: 's' }
  const sentence = 'OIDC_ISSUER is an https URL without a query (http on loopback alone).'

  test.each([
    'https://login.city.example',
    'https://login.city.example/realms/staff',
    'http://127.0.0.1:9000',
    'http://localhost:9000/realms/staff',
    'http://[::1]:9000',
  ])('is asked at %s', (issuer) => {
    const { oidc } = readConfig({ OIDC_ISSUER: issuer, ...client })
    expect(oidc).toEqual({ issuer, clientId: 'akashi', clientSecret: 's', believesAddress: false })
  })

  test.each([
    'http://login.city.example',
    'http://localhost.city.example',
    'http://127.0.0.1.city.example',
    'ftp://127.0.0.1',
    'https://login.city.example?realm=staff',
    'https://login.city.example#staff',
    'login.city.example',
  ])('is not asked at %s', (issuer) => {
    expect(faultsOf({ OIDC_ISSUER: issuer, ...client })).toEqual([sentence])
  })

  test('is believed an address that it has not verified only when told so', () => {
    const issuer = 'https://login.city.example'
    const believed = (value: string) =>
      readConfig({ OIDC_ISSUER: issuer, ...client, OIDC_BELIEVE_ADDRESS: value }).oidc
    expect(believed('1')?.believesAddress).toBe(true)
    expect(believed('0')?.believesAddress).toBe(false)
    expect(faultsOf({ OIDC_BELIEVE_ADDRESS: 'yes' })).toEqual([
      'OIDC_BELIEVE_ADDRESS is one of 0, 1.',
    ])
  })

  test('has all three names or none', () => {
    expect(faultsOf(client)).toEqual([
      'OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET go together.',
    ])
  })
})

describe('what is wrong', () => {
  test('a mail server without a sender is refused: nobody could answer, and most servers would not take it', () => {
    expect(faultsOf({ SMTP_URL: 'smtp://mx.a.example' })).toEqual([
      'MAIL_FROM is missing: SMTP_URL needs the address that mail comes from.',
    ])
  })

  test('is told all at once, one sentence a line', () => {
    const env = {
      HOST: 'a/b',
      PORT: '0',
      PUBLIC_ORIGIN: 'hosho.example.lg.jp',
      PLATFORM_URL: 'https://a.example/v1',
      DATABASE_URL: 'postgres://db/akashi',
      LOG_ORIGIN: 'a log',
      DEMO: 'yes',
      AUTH_KEY_HASH: 'md5',
      TRUST_PROXY: '-1',
      LOG_PUBLIC: 'no',
      SMTP_URL: 'mx.a.example:25',
      MAIL_FROM: 'Akashi <a@b.example>, c@d.example',
    }
    expect(faultsOf(env)).toEqual([
      'HOST is a host name or an address.',
      'PORT is a whole number from 1 to 65535.',
      'PUBLIC_ORIGIN is an origin without a path: https://HOST.',
      'PLATFORM_URL is an origin without a path: https://HOST.',
      'DATABASE_URL is sqlite:PATH, or d1:PATH of wrangler.toml.',
      'LOG_ORIGIN is a name without spaces and plus signs.',
      'DEMO is one of 0, 1.',
      'SMTP_URL is smtp://HOST:PORT or smtps://HOST:PORT.',
      'MAIL_FROM is an address, or: NAME <ADDRESS>.',
      'AUTH_KEY_HASH is one of hmac, scrypt.',
      'TRUST_PROXY is a whole number from 0 to 10.',
      'LOG_PUBLIC is one of 0, 1.',
    ])
  })

  test.each([
    ['HOST', ['a b', 'http://a', 'user@a', '[::1]', ':::', '256.1.1.1', 'ホスト']],
    ['PORT', ['x', '1.5', '65536', '1e3', '0x50', '８７８７', '-1']],
    [
      'PUBLIC_ORIGIN',
      ['https://a.example/', 'https://a.example/x', 'ftp://a.example', 'HTTPS://A.example'],
    ],
    ['DATABASE_URL', ['sqlite:', 'd1:', 'akashi.db', 'SQLITE:a']],
    ['LOG_ORIGIN', ['a+b', 'a\u3000b']],
    ['DEMO', ['true', '2', '００']],
    ['TRUST_PROXY', ['11', 'all']],
  ])('%s is never one of %j', (name, values) => {
    for (const value of values) {
      const faults = faultsOf({ [name]: value })
      expect([value, faults.length]).toEqual([value, 1])
      expect(faults[0]).toMatch(new RegExp(`^${name} is .+\\.$`))
    }
  })

  test('is a trust file of no platform', () => {
    expect(faultsOf({ PLATFORM_TRUST: 'trust.json' })).toEqual([
      'PLATFORM_TRUST goes with PLATFORM_URL, the platform that it pins.',
    ])
  })

  test('is D1 without PUBLIC_ORIGIN, by which the first start fixes the identity', () => {
    expect(faultsOf({ DATABASE_URL: 'd1:wrangler.toml' })).toEqual([
      'PUBLIC_ORIGIN is missing: on D1 the first start fixes the identity by it.',
    ])
  })

  test('is told without the value, which may be a secret', () => {
    expect(faultsOf({ PUBLIC_ORIGIN: 'https://user:s3cret@a.example' }).join()).not.toContain(
      's3cret',
    )
  })
})

test.each([
  ['127.0.0.1', true],
  ['localhost', true],
  ['::1', true],
  ['[::1]', true],
  ['0.0.0.0', false],
  ['::', false],
  ['127.0.0.1.example', false],
  ['localhost.example', false],
  ['10.0.0.1', false],
])('%s reaches this machine only: %s', (host, expected) => {
  expect(isLoopback(host)).toBe(expected)
})

test('paths are absolute, so that a later change of folder moves nothing', () => {
  const { dataDir, databasePath } = readConfig({ DATA_DIR: 'some/where' })
  expect([dataDir, databasePath]).toEqual([
    join(process.cwd(), 'some/where'),
    join(process.cwd(), 'some/where/akashi.db'),
  ])
})
