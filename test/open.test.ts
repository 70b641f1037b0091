import { mkdirSync, statSync, writeFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { readConfig } from '../src/config.ts'
import { openNode } from '../src/open.ts'
import { systemClock } from '../src/outside/clock.ts'
import { createPlatform } from '../src/platform/platform.ts'
import { ELSEWHERE, opening, REAL } from './opening.ts'
import { newKey } from './platform/world.ts'

const { at, start, visit, use } = opening()

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
    const { close, settings } = await openNode(readConfig({ DATA_DIR: at() }), systemClock, false)
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

describe('files', () => {
  const mode = (path: string) => (statSync(path).mode & 0o777).toString(8)

  test('are for their owner alone', async () => {
    const { ports, settings, close } = await start(REAL)
    const { issuers } = createPlatform(ports, settings, ELSEWHERE)
    await issuers.add({ id: 'east', iss: 'https://east.example.jp', name: 'あかし東' })
    await issuers.keyAdd('east', (await newKey()).publicJwk)
    expect(mode(at())).toBe('700')
    for (const name of [
      'akashi.db',
      'akashi.db-wal',
      'akashi.db-shm',
      'secrets.json',
      'guard.note',
    ]) {
      expect([name, mode(at(name))]).toEqual([name, '600'])
    }
    await close()
  })

  test('lie where the configuration puts them', async () => {
    const there = (name: string) => at('elsewhere', name)
    const env = {
      ...REAL,
      DATABASE_URL: `sqlite:${there('log.db')}`,
      GUARD_PATH: there('guard'),
      SECRETS_FILE: there('secrets'),
    }
    await use(env)
    expect(['log.db', 'guard', 'secrets'].map((name) => mode(there(name)))).toEqual([
      '600',
      '600',
      '600',
    ])
    await expect(
      visit({ ...env, DATABASE_URL: `sqlite:${there('other.db')}` }),
    ).resolves.toBeDefined()
  })

  test('of the guard may go to a folder that is not there yet, from the first entry on', async () => {
    const env = { ...REAL, GUARD_PATH: at('not', 'yet', 'guard.note') }
    const { ports, settings, close } = await start(env)
    const { issuers } = createPlatform(ports, settings, ELSEWHERE)
    await issuers.add({ id: 'east', iss: 'https://east.example.jp', name: 'あかし東' })
    for (let i = 0; i < 2; i++) await issuers.keyAdd('east', (await newKey()).publicJwk)
    await close()
    expect(mode(env.GUARD_PATH)).toBe('600')
  })

  test('of a guard that could not be written refuse the start by its name, and nothing is fixed', async () => {
    mkdirSync(at())
    writeFileSync(at('file'), '')
    mkdirSync(at('folder'))
    for (const path of [at('file', 'guard.note'), at('folder')]) {
      const error: Error = await visit({ ...REAL, GUARD_PATH: path }).catch((thrown) => thrown)
      expect(error.name).toBe('ConfigError')
      expect(error.message).toMatch(/^GUARD_PATH /)
      expect(error.message).toContain(path)
    }
    expect((await visit({ PUBLIC_ORIGIN: 'https://new.example' })).platform).toBe(
      'https://new.example',
    )
  })
})
