import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { readConfig } from '../src/config.ts'
import { mayBeDemo, type Opened, openNode } from '../src/open.ts'
import { systemClock } from '../src/outside/clock.ts'
import { createPlatform } from '../src/platform/platform.ts'
import { newKey } from './platform/world.ts'

const ELSEWHERE = 'https://hosho.example.lg.jp'
const REAL = { PUBLIC_ORIGIN: ELSEWHERE }

let dataDir: string

beforeEach(() => {
  const parent = mkdtempSync(join(tmpdir(), 'akashi-open-'))
  dataDir = join(parent, 'data')
  return () => rmSync(parent, { recursive: true, force: true })
})

/** Opens the folder as the server does; closes it when the test ends. */
async function start(env: Record<string, string> = {}): Promise<Opened> {
  const config = readConfig({ DATA_DIR: dataDir, ...env })
  const opened = await openNode(config, systemClock, config.demo !== false && mayBeDemo(config))
  onTestFinished(() => opened.close())
  return opened
}

/** Opens, closes, and tells what was fixed. */
async function visit(env: Record<string, string> = {}) {
  const { settings, close } = await start(env)
  await close()
  return settings
}

/** One entry in the log, and what was used to sign it. */
async function use(env: Record<string, string> = REAL) {
  const { ports, settings, close } = await start(env)
  const { issuers, trust } = createPlatform(ports, settings, ELSEWHERE)
  await issuers.add({ id: 'east', iss: 'https://east.example.jp', name: 'あかし東' })
  await issuers.keyAdd('east', (await newKey()).publicJwk)
  const pinned = await trust()
  await close()
  return pinned
}

const secretsFile = () => join(dataDir, 'secrets.json')
const readSecretsFile = () => JSON.parse(readFileSync(secretsFile(), 'utf8'))
const secret = (id: string, fill: number, bytes = 32) => ({
  id,
  from: '2026-01-01T00:00:00.000Z',
  value: Buffer.alloc(bytes, fill).toString('base64'),
})

describe('the demo', () => {
  test.each([
    [{}, true],
    [{ DEMO: '1' }, true],
    [{ HOST: 'localhost' }, true],
    [{ HOST: '::1' }, true],
    [{ PUBLIC_ORIGIN: 'http://localhost:8787' }, true],
    [{ DEMO: '0' }, false],
    [{ HOST: '0.0.0.0' }, false],
    [{ HOST: '0.0.0.0', DEMO: '1' }, false],
    [{ HOST: '0.0.0.0', PUBLIC_ORIGIN: 'http://localhost:8787' }, false],
    [REAL, false],
    [{ ...REAL, DEMO: '1' }, false],
    [{ TRUST_PROXY: '1' }, false],
    [{ TRUST_PROXY: '1', DEMO: '1' }, false],
  ])('of a new folder with %j: %s', async (env, demo) => {
    const { demo: became, origin } = await visit(env as Record<string, string>)
    expect(became).toBe(demo)
    expect(origin.endsWith('/akashi/demo')).toBe(demo)
  })

  test.each([{ HOST: '0.0.0.0' }, REAL, { TRUST_PROXY: '1' }, { DEMO: '0' }])(
    'is not opened with %j, and still opens as before',
    async (env) => {
      const before = await visit()
      const refused = visit(env as Record<string, string>)
      await expect(refused).rejects.toThrow(
        'This database holds the demo, which starts on loopback only and not with DEMO=0. Use another DATA_DIR for real use.',
      )
      expect(await visit({ DEMO: '1' })).toEqual(before)
    },
  )

  test('never comes into a folder that the command line used first, nor into one in real use', async () => {
    const { close, settings } = await openNode(
      readConfig({ DATA_DIR: dataDir }),
      systemClock,
      false,
    )
    await close()
    expect(settings.demo).toBe(false)
    expect(await visit({ DEMO: '1' })).toEqual(settings)
  })
})

describe('the identity', () => {
  test('is fixed at the first start and kept when the address of the site changes', async () => {
    const first = await visit(REAL)
    expect(first).toEqual({
      platform: ELSEWHERE,
      origin: 'hosho.example.lg.jp/akashi',
      demo: false,
    })
    expect(await visit({ PUBLIC_ORIGIN: 'https://new.example.lg.jp' })).toEqual(first)
    expect(await visit({ DEMO: '0' })).toEqual(first)
  })

  test('is what was given, where it was given', async () => {
    const given = { PLATFORM_ID: 'https://id.example', LOG_ORIGIN: 'log.example/a' }
    const first = await visit({ ...REAL, ...given })
    expect(first).toEqual({ platform: 'https://id.example', origin: 'log.example/a', demo: false })
    expect(await visit({ ...REAL, ...given })).toEqual(first)
    expect(await visit(REAL)).toEqual(first)
  })

  test.each([
    ['PLATFORM_ID', ELSEWHERE],
    ['LOG_ORIGIN', 'hosho.example.lg.jp/akashi'],
  ])(
    'is not changed by another %s, which is refused with the one that holds',
    async (name, fixed) => {
      await visit(REAL)
      expect(await visit({ ...REAL, [name]: fixed })).toBeDefined()
      await expect(visit({ ...REAL, [name]: 'https://other.example' })).rejects.toThrow(
        `${name} was fixed at the first start as ${fixed}.`,
      )
    },
  )
})

describe('secrets', () => {
  test('are made once, for this folder only', async () => {
    await visit(REAL)
    const made = readSecretsFile()
    expect(Object.keys(made).sort()).toEqual([
      'AUTH_KEY_PEPPER',
      'DESK_KEK',
      'LOG_KEY',
      'RECEIPT_KEY',
      'SESSION_SECRET',
    ])
    await visit(REAL)
    expect(readSecretsFile()).toEqual(made)
    const values = Object.values(made as Record<string, [{ value: string }]>).map(
      ([one]) => one.value,
    )
    expect(new Set(values).size).toBe(5)
  })

  test('are never replaced in silence: with an entry in the log their loss refuses the start', async () => {
    await use()
    const text = readFileSync(secretsFile(), 'utf8')
    unlinkSync(secretsFile())
    await expect(visit(REAL)).rejects.toThrow(
      'Secrets are missing: LOG_KEY, RECEIPT_KEY, AUTH_KEY_PEPPER, DESK_KEK, SESSION_SECRET.',
    )
    writeFileSync(secretsFile(), text)
    expect(await visit(REAL)).toMatchObject({ platform: ELSEWHERE })
  })

  test('are made anew while nothing was ever signed with the lost ones', async () => {
    await visit(REAL)
    const made = readSecretsFile()
    unlinkSync(secretsFile())
    await visit(REAL)
    expect(readSecretsFile()).not.toEqual(made)
    await visit(REAL)
  })

  test('that are others than before refuse the start, and new ones beside the old are taken', async () => {
    const before = await use()
    const made = readSecretsFile()
    const { LOG_KEY, RECEIPT_KEY } = made
    const write = (change: object) =>
      writeFileSync(secretsFile(), JSON.stringify({ ...made, ...change }))

    write({ LOG_KEY: [secret('1', 7)] })
    await expect(visit(REAL)).rejects.toThrow('The secret LOG_KEY:1 is another one than')
    write({ LOG_KEY: [{ ...LOG_KEY[0], id: '2' }] })
    await expect(visit(REAL)).rejects.toThrow('The secret LOG_KEY:1 is missing')

    write({ RECEIPT_KEY: [...RECEIPT_KEY, secret('2', 7)] })
    const { ports, settings } = await start(REAL)
    const { receiptKeys, log } = await createPlatform(ports, settings, ELSEWHERE).trust()
    expect(receiptKeys[0]).toEqual(before.receiptKeys[0])
    expect(receiptKeys[1]).toMatchObject({ kid: ports.receiptSigner.kid })
    expect(log).toEqual(before.log)

    write({})
    await expect(visit(REAL)).rejects.toThrow('The secret RECEIPT_KEY:2 is missing')
  })

  test('may come from the environment, one by one or all', async () => {
    await visit(REAL)
    const { LOG_KEY, ...rest } = readSecretsFile()
    writeFileSync(secretsFile(), JSON.stringify(rest))
    await expect(visit(REAL)).rejects.toThrow('Secrets are missing: LOG_KEY.')
    expect(await visit({ ...REAL, LOG_KEY: JSON.stringify(LOG_KEY) })).toBeDefined()
  })

  test.each([
    ['no JSON', 'plaintextsecretof32bytesormore'],
    ['null', 'null'],
    ['an empty object', '{}'],
    ['a value of 31 bytes', JSON.stringify({ LOG_KEY: [secret('1', 7, 31)] })],
    [
      'a value that is no base64',
      JSON.stringify({ LOG_KEY: [{ ...secret('1', 7), value: '*'.repeat(44) }] }),
    ],
    ['an empty list', JSON.stringify({ LOG_KEY: [] })],
    ['no list', JSON.stringify({ LOG_KEY: secret('1', 7) })],
    ['a value without id', JSON.stringify({ LOG_KEY: [{ ...secret('1', 7), id: undefined }] })],
  ])('with %s are refused without a word of them, and nothing is fixed', async (_what, text) => {
    mkdirSync(dataDir)
    writeFileSync(secretsFile(), text)
    const error: Error = await visit(REAL).catch((thrown) => thrown)
    expect(error.message).toMatch(/secrets\.json|LOG_KEY/)
    expect(error.name).toMatch(/^(ConfigError|SecretsError)$/)
    for (const word of text.match(/[A-Za-z0-9+/*]{20,}/g) ?? []) {
      expect(error.message).not.toContain(word)
    }
    unlinkSync(secretsFile())
    expect((await visit({ PUBLIC_ORIGIN: 'https://new.example' })).platform).toBe(
      'https://new.example',
    )
  })
})

describe('files', () => {
  const mode = (path: string) => (statSync(path).mode & 0o777).toString(8)

  test('are for their owner alone', async () => {
    const { ports, settings, close } = await start(REAL)
    const { issuers } = createPlatform(ports, settings, ELSEWHERE)
    await issuers.add({ id: 'east', iss: 'https://east.example.jp', name: 'あかし東' })
    await issuers.keyAdd('east', (await newKey()).publicJwk)
    expect(mode(dataDir)).toBe('700')
    for (const name of [
      'akashi.db',
      'akashi.db-wal',
      'akashi.db-shm',
      'secrets.json',
      'guard.note',
    ]) {
      expect([name, mode(join(dataDir, name))]).toEqual([name, '600'])
    }
    await close()
  })

  test('lie where the configuration puts them', async () => {
    const at = (name: string) => join(dataDir, 'elsewhere', name)
    const env = {
      ...REAL,
      DATABASE_URL: `sqlite:${at('log.db')}`,
      GUARD_PATH: at('guard'),
      SECRETS_FILE: at('secrets'),
    }
    await use(env)
    expect(['log.db', 'guard', 'secrets'].map((name) => mode(at(name)))).toEqual([
      '600',
      '600',
      '600',
    ])
    await expect(visit({ ...env, DATABASE_URL: `sqlite:${at('other.db')}` })).resolves.toBeDefined()
  })
})
