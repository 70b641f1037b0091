import { chmodSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Desk, newDesk, register } from './akashi.ts'

const SLOW = 120_000

describe('what the operator asks of an installation', { timeout: SLOW }, () => {
  let desk: Desk

  beforeAll(() => {
    desk = newDesk()
    register(desk)
  }, SLOW)

  afterAll(() => desk.remove())

  const fsck = () => desk.akashi(['log', 'fsck'])
  const database = () => new Database(join(desk.dataDir, 'akashi.db'))

  function doctor(...options: string[]) {
    const { status, stdout } = desk.akashi(['doctor', '--json', ...options])
    const { checks } = JSON.parse(stdout) as { checks: { check: string; state: string }[] }
    return { status, ...Object.fromEntries(checks.map(({ check, state }) => [check, state])) }
  }

  test('fsck finds one changed byte and says where it is', () => {
    expect(fsck()).toMatchObject({ status: 0, stderr: '' })
    const db = database()
    db.exec('DROP TRIGGER logEntry_update')
    const { entry } = db.prepare('SELECT entry FROM logEntry WHERE position = 0').get() as {
      entry: Buffer
    }
    const changed = Buffer.from(entry)
    changed[60] = (changed[60] as number) ^ 1
    const write = db.prepare('UPDATE logEntry SET entry = ? WHERE position = 0')
    write.run(changed)
    const found = fsck()
    expect(found.status).toBe(1)
    expect(found.stdout).toMatch(
      /^logNode 0: level 0, index 0: another hash than its entries give$/m,
    )
    expect(found.stdout).toMatch(/^logCheckpoint 1: another root than its entries give$/m)
    write.run(entry)
    db.close()
    expect(fsck().status).toBe(0)
  })

  test('doctor finds all in order, but the guard beside the database', () => {
    const order = {
      config: 'ok',
      secrets: 'ok',
      disk: 'ok',
      database: 'ok',
      platform: 'ok',
      log: 'ok',
      clock: 'ok',
    }
    expect(doctor()).toEqual({ status: 0, ...order, guard: 'warn' })
    const env = { GUARD_PATH: join(desk.path, 'elsewhere', 'guard.note') }
    const apart = desk.akashi(['doctor'], { env })
    expect(apart.status).toBe(1)
    expect(apart.stdout).toContain('[fail] guard: ')
  })

  test.each([
    [{ PORT: '8788' }, '[warn] platform: '],
    [{ PUBLIC_ORIGIN: 'https://hosho.example.lg.jp' }, '[warn] platform: '],
    [{ PUBLIC_ORIGIN: 'http://localhost:8787' }, '[ ok ] platform: http://127.0.0.1:8787\n'],
  ])('doctor holds the platform’s name against where it serves: %o', (env, line) => {
    const { status, stdout } = desk.akashi(['doctor'], {
      env: { ...env } as Record<string, string>,
    })
    expect([status, stdout]).toEqual([0, expect.stringContaining(line)])
  })

  test('doctor names a column that a damaged schema has lost', () => {
    const db = database()
    db.exec('ALTER TABLE owner RENAME COLUMN aliases TO aliaser; CREATE TABLE other (more)')
    const found = desk.akashi(['doctor'])
    expect([found.status, found.stdout]).toEqual([1, expect.stringContaining('owner.aliases;')])
    db.exec('ALTER TABLE owner RENAME COLUMN aliaser TO aliases')
    db.close()
    expect(doctor()).toMatchObject({ status: 0, database: 'ok' })
  })

  test('doctor asks for secrets that nobody else reads', () => {
    const secrets = join(desk.dataDir, 'secrets.json')
    chmodSync(secrets, 0o640)
    expect(doctor()).toMatchObject({ status: 1, secrets: 'failed' })
    chmodSync(secrets, 0o600)
    expect(doctor()).toMatchObject({ status: 0, secrets: 'ok' })
  })

  test('a lost guard stops every append until somebody accepts the database', () => {
    rmSync(join(desk.dataDir, 'guard.note'))
    const { kid } = desk.json<{ kid: string }>(['key', 'new', '--out', 'second.jwk'])
    const add = () => desk.akashi(['issuer', 'key-add', 'sample', 'second.pub.jwk'])
    // Not refused for what it is: it may be tried again.
    expect(add()).toMatchObject({
      status: 3,
      stderr: expect.stringContaining('(log_rollback_detected)'),
    })
    expect(fsck().stdout).toMatch(/^guard: .*the guard file is absent/m)
    expect(doctor()).toMatchObject({ status: 1, guard: 'failed' })
    expect(doctor('--accept-guard')).toMatchObject({ status: 0, guard: 'warn' })
    expect(add()).toMatchObject({ status: 0, stdout: `${kid}\n` })
  })

  test('fsck says how a lost row of the lists is made again, and doctor makes it', () => {
    const db = database()
    db.exec('DROP TRIGGER logFact_delete; DELETE FROM logFact WHERE position = 0')
    db.close()
    expect(fsck()).toMatchObject({
      status: 1,
      stdout: expect.stringMatching(/^logFact 0: .+: akashi doctor --fill-facts makes it$/m),
    })
    expect(doctor('--fill-facts').status).toBe(0)
    expect(fsck().status).toBe(0)
  })

  test('the acceptance of the clock is kept for the server', () => {
    const read = () => {
      const db = database()
      const row = db.prepare("SELECT value FROM setting WHERE name = 'clockAccepted'").pluck().get()
      db.close()
      return row === undefined ? undefined : (JSON.parse(row as string).at as string)
    }
    expect(read()).toBeUndefined()
    expect(doctor('--accept-clock')).toMatchObject({ status: 0, clock: 'ok' })
    expect(Math.abs(Date.parse(read() ?? '') - Date.now())).toBeLessThan(SLOW)
  })

  test('secrets that are gone are asked for, never made again', () => {
    const secrets = desk.read('data/secrets.json')
    rmSync(join(desk.dataDir, 'secrets.json'))
    expect(doctor()).toMatchObject({ status: 1, database: 'failed' })
    expect(desk.akashi(['issuer', 'list']).status).toBe(2)
    desk.write('data/secrets.json', secrets)
    expect(desk.akashi(['issuer', 'list']).status).toBe(0)
  })

  test('a folder without a database is left without one', () => {
    const env = { DATA_DIR: join(desk.path, 'nothing') }
    expect(desk.akashi(['log', 'fsck'], { env }).status).toBe(3)
    expect(desk.akashi(['issuer', 'list', '--json'], { env })).toMatchObject({
      status: 0,
      stdout: '[]\n',
    })
    expect(desk.akashi(['doctor'], { env }).status).toBe(0)
    expect(statSync(env.DATA_DIR, { throwIfNoEntry: false })).toBeUndefined()
  })
})
