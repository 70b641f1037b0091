import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { untyped } from './behind.ts'
import { codeOf, faultOf } from './fault-of.ts'
import { AUTH_KEY, newWorld, PLATFORM, payload, type World } from './world.ts'

describe('the identity', () => {
  test('is fixed at the first start, from what was given or from the public origin', async () => {
    const world = await newWorld()
    expect(world.opened.settings).toMatchObject({
      platform: PLATFORM,
      origin: 'hosho.example.lg.jp/akashi',
      demo: false,
    })
    const given = await newWorld({ PLATFORM_ID: 'urn:p', LOG_ORIGIN: 'log.example.jp/one' })
    expect(given.opened.settings).toMatchObject({ platform: 'urn:p', origin: 'log.example.jp/one' })
  })

  test('stays when the public origin moves', async () => {
    const world = await newWorld()
    await world.issue()
    const moved = await world.reopen({ env: { PUBLIC_ORIGIN: 'https://new.example.lg.jp' } })
    expect(moved.opened.settings).toEqual(world.opened.settings)
    expect((await moved.lookup()).verdict).toBe('verified')
    const same = await moved.reopen({ env: { PLATFORM_ID: PLATFORM } })
    expect((await same.lookup()).verdict).toBe('verified')
  })

  test('is not read out of damaged rows', async () => {
    const world = await newWorld()
    const renamed = (name: string) =>
      world.reopen({
        meanwhile: () =>
          untyped(world, `UPDATE setting SET name = ${name} WHERE value = '${PLATFORM}'`),
      })
    expect((await faultOf(renamed("CAST('platform' AS BLOB)"))).code).toBe('store_unavailable')
    expect((await renamed("'platform'")).opened.settings).toEqual(world.opened.settings)
  })

  test.each(['PLATFORM_ID', 'LOG_ORIGIN'])(
    '%s given otherwise later is refused with the cure',
    async (name) => {
      const world = await newWorld()
      const fault = await faultOf(world.reopen({ env: { [name]: 'other.example.jp/log' } }))
      expect(fault.code).toBe('state_conflict')
      expect(fault.message).toContain(name)
      expect(fault.message).toMatch(/Leave it unset/)
      expect(await world.reopen()).toMatchObject({ opened: { settings: world.opened.settings } })
    },
  )

  test('a record for the platform under its public origin is refused where the platform has a name', async () => {
    const world = await newWorld({ PLATFORM_ID: 'urn:example:platform' })
    const submit = async (aud: string) =>
      world.platform.intake({ record: await world.sign(payload({ aud })), authKey: AUTH_KEY })
    expect(await codeOf(submit(PLATFORM))).toBe('audience_mismatch')
    expect(await submit('urn:example:platform')).toMatchObject({ fresh: true })
  })
})

const secretsOf = ({ dataDir }: World) => join(dataDir, 'secrets.json')

type Written = Record<string, { id: string; from: string; value: string }[]>

function rewrite(world: World, change: (secrets: Written) => void): void {
  const secrets = JSON.parse(readFileSync(secretsOf(world), 'utf8')) as Written
  change(secrets)
  writeFileSync(secretsOf(world), JSON.stringify(secrets))
}

const fresh = () => Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString('base64')

describe('the secrets', () => {
  test('are made at the first start, five of them, for the owner of the file alone', async () => {
    const world = await newWorld()
    expect(statSync(secretsOf(world)).mode & 0o777).toBe(0o600)
    const secrets = JSON.parse(readFileSync(secretsOf(world), 'utf8')) as Written
    expect(Object.keys(secrets).sort()).toEqual([
      'AUTH_KEY_PEPPER',
      'DESK_KEK',
      'LOG_KEY',
      'RECEIPT_KEY',
      'SESSION_SECRET',
    ])
    const values = Object.values(secrets).flatMap((list) => list.map(({ value }) => value))
    expect(new Set(values).size).toBe(5)
    for (const value of values) expect(Buffer.from(value, 'base64')).toHaveLength(32)
    const other = JSON.parse(readFileSync(secretsOf(await newWorld()), 'utf8')) as Written
    expect(other.LOG_KEY?.[0]?.value).not.toBe(secrets.LOG_KEY?.[0]?.value)
  })

  test('are not made again once the log has an entry: the start is refused', async () => {
    const world = await newWorld()
    await expect(world.reopen({ meanwhile: () => rmSync(secretsOf(world)) })).rejects.toThrow(
      /Secrets are missing: LOG_KEY, RECEIPT_KEY, AUTH_KEY_PEPPER, DESK_KEK, SESSION_SECRET/,
    )
    expect(() => statSync(secretsOf(world))).toThrow()
  })

  test('with one list gone, or another value under a known id, the start is refused', async () => {
    for (const name of [
      'LOG_KEY',
      'RECEIPT_KEY',
      'AUTH_KEY_PEPPER',
      'DESK_KEK',
      'SESSION_SECRET',
    ]) {
      const world = await newWorld()
      const whole = readFileSync(secretsOf(world), 'utf8')
      const gone = () => rewrite(world, (secrets) => Reflect.deleteProperty(secrets, name))
      await expect(world.reopen({ meanwhile: gone })).rejects.toThrow(
        `Secrets are missing: ${name}`,
      )
      writeFileSync(secretsOf(world), whole)
      const value = fresh()
      const other = () =>
        rewrite(world, (secrets) => {
          secrets[name] = [{ id: '1', from: '2026-01-01T00:00:00.000Z', value }]
        })
      const fault = await faultOf(world.reopen({ meanwhile: other }))
      expect([fault.code, fault.message.includes(name)]).toEqual(['state_conflict', true])
      expect(fault.message).not.toContain(value)
      writeFileSync(secretsOf(world), whole)
      await world.reopen()
    }
  })

  test('rotate by adding: what was kept under the old pepper and signed by the old key holds', async () => {
    const world = await newWorld()
    await world.issue()
    const add = (name: string) => (secrets: Written) =>
      secrets[name]?.push({ id: '2', from: '2026-02-03T06:00:00.000Z', value: fresh() })
    world.clock.pass(3_600_000)
    const rotated = await world.reopen({
      meanwhile: () =>
        rewrite(world, (secrets) => {
          add('AUTH_KEY_PEPPER')(secrets)
          add('RECEIPT_KEY')(secrets)
        }),
    })
    expect((await rotated.lookup()).verdict).toBe('verified')
    const record = await rotated.sign(payload({ sub: '12345-000001' }))
    await rotated.platform.intake({ record, authKey: AUTH_KEY })
    const rows = await rotated.ports.store.db
      .selectFrom('guarantee')
      .select('pid')
      .orderBy('position')
      .execute()
    expect(rows.map(({ pid }) => pid)).toEqual(['1', '2'])
    expect((await rotated.platform.trust()).receiptKeys).toHaveLength(2)
    // What was added is known from then on as well.
    const back = () => rewrite(rotated, (secrets) => secrets.AUTH_KEY_PEPPER?.pop())
    expect(await codeOf(rotated.reopen({ meanwhile: back }))).toBe('state_conflict')
  })

  test('may come from the environment, and then no file is written', async () => {
    const list = () =>
      JSON.stringify([{ id: 'a', from: '2026-01-01T00:00:00.000Z', value: fresh() }])
    const names = ['LOG_KEY', 'RECEIPT_KEY', 'AUTH_KEY_PEPPER', 'DESK_KEK', 'SESSION_SECRET']
    const world = await newWorld(Object.fromEntries(names.map((name) => [name, list()])))
    expect(() => statSync(secretsOf(world))).toThrow()
    await world.issue()
    expect((await (await world.reopen()).lookup()).verdict).toBe('verified')
  })
})
