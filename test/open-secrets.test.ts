import { mkdirSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { createPlatform } from '../src/platform/platform.ts'
import { ELSEWHERE, opening, REAL } from './opening.ts'

const { at, start, visit, use } = opening()

const secretsFile = () => at('secrets.json')
const readSecretsFile = () => JSON.parse(readFileSync(secretsFile(), 'utf8'))
const LONG_AGO = '2026-01-01T00:00:00.000Z'
const FAR_AHEAD = '2999-01-01T00:00:00.000Z'
const secret = (id: string, fill: number, bytes = 32, from = LONG_AGO) => ({
  id,
  from,
  value: Buffer.alloc(bytes, fill).toString('base64'),
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

    const now = new Date().toISOString()
    write({ RECEIPT_KEY: [...RECEIPT_KEY, secret('2', 7, 32, now)] })
    const { ports, settings } = await start(REAL)
    const { receiptKeys, log } = await createPlatform(ports, settings, ELSEWHERE).trust()
    expect(receiptKeys[0]).toEqual(before.receiptKeys[0])
    expect(receiptKeys[1]).toMatchObject({ kid: ports.receiptSigner.kid })
    expect(log).toEqual(before.log)

    write({})
    await expect(visit(REAL)).rejects.toThrow('The secret RECEIPT_KEY:2 is missing')
  })

  test('of the log are one: another beside it refuses the start, and is not remembered', async () => {
    await use()
    const made = readSecretsFile()
    const two = [...made.LOG_KEY, secret('2', 7, 32, FAR_AHEAD)]
    writeFileSync(secretsFile(), JSON.stringify({ ...made, LOG_KEY: two }))
    await expect(visit(REAL)).rejects.toThrow(/^LOG_KEY is one key\. .*Take out all but/)
    writeFileSync(secretsFile(), JSON.stringify(made))
    expect(await visit(REAL)).toMatchObject({ platform: ELSEWHERE })
  })

  test('of the log that are two at the first start decide nothing', async () => {
    const LOG_KEY = JSON.stringify([secret('1', 7), secret('2', 8)])
    const others = ['RECEIPT_KEY', 'AUTH_KEY_PEPPER', 'DESK_KEK', 'SESSION_SECRET']
    const env = Object.fromEntries(
      others.map((name, i) => [name, JSON.stringify([secret('1', i)])]),
    )
    await expect(visit({ ...REAL, ...env, LOG_KEY })).rejects.toThrow('LOG_KEY is one key.')
    const one = JSON.stringify([secret('9', 9)])
    expect(await visit({ PUBLIC_ORIGIN: 'https://new.example', ...env, LOG_KEY: one })).toEqual({
      platform: 'https://new.example',
      origin: 'new.example/akashi',
      demo: false,
    })
  })

  test('are used from their time on: the newest that has begun, wherever it stands', async () => {
    await visit(REAL)
    const made = readSecretsFile()
    const used = async (list: object[]) => {
      const change = { RECEIPT_KEY: list, AUTH_KEY_PEPPER: list }
      writeFileSync(secretsFile(), JSON.stringify({ ...made, ...change }))
      const { ports, close } = await start(REAL)
      await close()
      const signer = ports.receiptKeys.find(({ kid }) => kid === ports.receiptSigner.kid)
      return [ports.peppers.current, signer?.notBefore]
    }
    const { RECEIPT_KEY } = made
    const since = '2026-01-02T00:00:00.000Z'
    const old = [secret('older', 7), secret('old', 8, 32, since)]
    unlinkSync(at('akashi.db'))
    expect(await used(old)).toEqual(['old', since])
    expect(await used([...old].reverse())).toEqual(['old', since])
    const planned = [...old, secret('planned', 9, 32, FAR_AHEAD)]
    expect(await used(planned)).toEqual(['old', since])
    expect(await used([...planned, ...RECEIPT_KEY])).toEqual(['1', RECEIPT_KEY[0].from])
  })

  test('that all begin later refuse the start, and are not remembered', async () => {
    await visit(REAL)
    const made = readSecretsFile()
    for (const name of ['LOG_KEY', 'RECEIPT_KEY', 'AUTH_KEY_PEPPER', 'SESSION_SECRET']) {
      const change = { [name]: [{ ...made[name][0], from: FAR_AHEAD }] }
      writeFileSync(secretsFile(), JSON.stringify({ ...made, ...change }))
      await expect(visit(REAL)).rejects.toThrow(`${name}: none of them has begun`)
    }
    writeFileSync(secretsFile(), JSON.stringify(made))
    expect(await visit(REAL)).toMatchObject({ platform: ELSEWHERE })
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
    mkdirSync(at())
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
