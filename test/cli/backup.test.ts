import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { putBack } from '../../src/cli/put-back.ts'
import { readConfig } from '../../src/config.ts'
import { copySqlite } from '../../src/store/sqlite-file.ts'
import { codeOf, faultOf } from '../platform/fault-of.ts'
import { AUTH_KEY, newWorld, payload, type World } from '../platform/world.ts'
import { type Desk, newDesk, register } from './akashi.ts'

const SLOW = 120_000
const PASSPHRASE = 'correct horse battery staple'
const BIN = join(import.meta.dirname, '..', '..', 'src', 'akashi.mjs')

/** Rows of the tables that records are made of, as far as position or size `end`. */
function rowsOf(path: string, end: number) {
  const db = new Database(path, { readonly: true })
  const rows = [
    `SELECT * FROM logEntry WHERE position < ${end} ORDER BY position`,
    `SELECT * FROM logCheckpoint WHERE size <= ${end} ORDER BY size`,
    `SELECT * FROM version WHERE position < ${end} ORDER BY position`,
    `SELECT * FROM recordBody WHERE position < ${end} ORDER BY position`,
  ].map((sql) => db.prepare(sql).all())
  db.close()
  return rows
}

async function take(world: World, number: number): Promise<void> {
  const sub = `12345-${String(number).padStart(6, '0')}`
  await world.platform.intake({ record: await world.sign(payload({ sub })), authKey: AUTH_KEY })
}

test('a backup made while a server takes records is one moment of its log', {
  timeout: SLOW,
}, async () => {
  const world = await newWorld()
  for (let i = 0; i < 20; i++) await take(world, i)
  const file = join(world.dataDir, 'backup.db')
  const { PATH = '', HOME = '' } = process.env
  const env = { PATH, HOME, DATA_DIR: world.dataDir, LANG: 'C' }
  const child = spawn(process.execPath, [BIN, 'backup', file, '--json'], { env })
  const printed: string[] = []
  child.stdout.setEncoding('utf8').on('data', (text: string) => printed.push(text))
  const ended = once(child, 'close')
  let taken = 20
  for (let running = true; running; taken++) {
    await take(world, taken)
    running = await Promise.race([
      ended.then(() => false),
      new Promise<true>((on) => setImmediate(on, true)),
    ])
  }
  expect(await ended).toEqual([0, null])
  const { entries } = JSON.parse(printed.join('')) as { entries: number }
  // One entry more is that of the key; records came before and after it.
  expect(entries).toBeGreaterThanOrEqual(21)
  expect(taken + 1).toBeGreaterThan(entries)
  expect(rowsOf(file, entries + 1000)).toEqual(rowsOf(join(world.dataDir, 'akashi.db'), entries))
  expect(statSync(file).mode & 0o777).toBe(0o600)
  expect(readdirSync(world.dataDir).filter((name) => /tmp|backup\.db-/.test(name))).toEqual([])
})

describe('a backup and its way back', { timeout: SLOW }, () => {
  let desk: Desk

  beforeAll(() => {
    desk = newDesk()
    register(desk)
    const made = desk.akashi(['backup', 'a.db', '--secrets-to', 'a.secrets'], {
      input: `${PASSPHRASE}\n`,
    })
    expect(made).toMatchObject({ status: 0, stderr: '' })
    expect(made.stdout).toMatch(/ 1 entry\)\n$/)
  }, SLOW)

  afterAll(() => desk.remove())

  test('takes no other file’s place, and seals under no weak passphrase', () => {
    const before = readFileSync(join(desk.path, 'a.db'))
    const taken = desk.akashi(['backup', 'b.db', '--secrets-to', 'a.secrets'])
    expect([taken.status, taken.stderr]).toEqual([2, expect.stringContaining('is there already')])
    expect(desk.akashi(['backup', 'a.db']).status).toBe(2)
    const weak = desk.akashi(['backup', 'b.db', '--secrets-to', 'b.secrets'], {
      input: 'password\n',
    })
    expect([weak.status, weak.stderr]).toEqual([2, expect.stringContaining('too weak')])
    expect(readFileSync(join(desk.path, 'a.db')).equals(before)).toBe(true)
    expect(readdirSync(desk.path).filter((name) => name.startsWith('b.'))).toEqual([])
    expect(desk.read('a.secrets')).not.toMatch(/LOG_KEY/)
  })

  test('is refused a folder that is not there, with what to do', () => {
    for (const args of [['none/b.db'], ['b.db', '--secrets-to', 'none/b.secrets']]) {
      const { status, stderr } = desk.akashi(['backup', ...args])
      expect([status, stderr]).toEqual([2, expect.stringContaining('mkdir -p none')])
    }
    expect(existsSync(join(desk.path, 'b.db'))).toBe(false)
  })

  test('is not put back, nor named as the one that was, by another file', () => {
    desk.write('odd.db', 'x'.repeat(5000))
    const env = { DATA_DIR: join(desk.path, 'nowhere') }
    for (const [file, why] of [
      ['none.db', 'none.db is not there'],
      ['odd.db', 'odd.db is no backup'],
    ] as const) {
      // The passphrase is wrong: it must not be asked for.
      const restore = ['restore', file, '--secrets-from', 'a.secrets']
      const { status, stderr } = desk.akashi(restore, { input: 'wrong', env })
      expect([status, stderr]).toEqual([2, expect.stringContaining(why)])
      const reopen = desk.akashi(['log', 'reopen', '--from', file])
      const unread = `${file} cannot be read as a backup`
      expect([reopen.status, reopen.stderr]).toEqual([2, expect.stringContaining(unread)])
    }
  })

  test('gives the same rows and secrets, for their owner alone', () => {
    const env = { DATA_DIR: join(desk.path, 'there') }
    const { status, stderr } = desk.akashi(['restore', 'a.db', '--secrets-from', 'a.secrets'], {
      input: PASSPHRASE,
      env,
    })
    expect(status).toBe(0)
    expect(stderr).toContain('doctor --accept-guard')
    expect(stderr).toContain('log reopen --from a.db')
    expect(stderr).toContain('erase, token revoke, issuer key-revoke, key-retire and owner change')
    const [here, there] = ['data', 'there'].map((name) => join(desk.path, name)) as [string, string]
    expect(rowsOf(join(there, 'akashi.db'), 100)).toEqual(rowsOf(join(here, 'akashi.db'), 100))
    expect(JSON.parse(readFileSync(join(there, 'secrets.json'), 'utf8'))).toEqual(
      JSON.parse(readFileSync(join(here, 'secrets.json'), 'utf8')),
    )
    expect(readdirSync(there).sort()).toEqual(['akashi.db', 'secrets.json'])
    for (const name of readdirSync(there)) expect(statSync(join(there, name)).mode & 0o077).toBe(0)
  })
})

describe('putting back', () => {
  const FILE = 'backup.db'

  /** A backup of a world, and the settings of an empty folder that has its secrets. */
  async function scene() {
    const world = await newWorld()
    await world.issue()
    const file = join(world.dataDir, FILE)
    copySqlite(join(world.dataDir, 'akashi.db'), file)
    const SECRETS_FILE = join(world.dataDir, 'secrets.json')
    const DATA_DIR = join(world.dataDir, 'empty')
    const at = (env: Record<string, string>) => readConfig({ DATA_DIR, SECRETS_FILE, ...env })
    const untouched = () => expect(existsSync(DATA_DIR) ? readdirSync(DATA_DIR) : []).toEqual([])
    return { world, file, at, untouched }
  }

  test('is refused where a database is, or a part of one, and changes nothing there', async () => {
    const { world, file, at } = await scene()
    const { dataDir } = world
    const before = readFileSync(join(dataDir, 'akashi.db'))
    const there = await faultOf(putBack(at({ DATA_DIR: dataDir }), file, undefined))
    expect([there.code, there.message]).toEqual([
      'state_conflict',
      expect.stringContaining('move it aside'),
    ])
    expect(readFileSync(join(dataDir, 'akashi.db')).equals(before)).toBe(true)
    writeFileSync(join(dataDir, 'rest.db-wal'), 'x')
    const journal = at({ DATABASE_URL: `sqlite:${join(dataDir, 'rest.db')}` })
    expect(await codeOf(putBack(journal, file, undefined))).toBe('state_conflict')
    expect(existsSync(join(dataDir, 'rest.db'))).toBe(false)
  })

  test('is refused without secrets, beside others, and under those of another platform', async () => {
    const { file, at, untouched } = await scene()
    const other = await newWorld()
    const none = at({ SECRETS_FILE: join(other.dataDir, 'none.json') })
    expect((await faultOf(putBack(none, file, undefined))).message).toContain('--secrets-from')
    const strange = at({ SECRETS_FILE: join(other.dataDir, 'secrets.json') })
    expect((await faultOf(putBack(strange, file, undefined))).message).toContain(
      'is another one than',
    )
    const sealed = readFileSync(join(other.dataDir, 'secrets.json'), 'utf8')
    expect((await faultOf(putBack(strange, file, sealed))).message).toContain('is there already')
    expect(await codeOf(putBack(none, file, sealed))).toBe('state_conflict')
    untouched()
    expect(existsSync(none.secretsFile)).toBe(false)
  })

  test('leaves nothing to accept where the guard is there and agrees', async () => {
    const { world, file, at } = await scene()
    const found = { entries: 2, origin: world.opened.settings.origin }
    const guarded = at({ GUARD_PATH: join(world.dataDir, 'guard.note') })
    expect(await putBack(guarded, file, undefined)).toEqual(found)
    rmSync(guarded.databasePath)
    const why = expect.stringContaining('the guard file is absent')
    expect(await putBack(at({}), file, undefined)).toEqual({ ...found, refused: why })
  })

  test.each([
    ['what is not there', 'is not there', (path: string) => rmSync(path)],
    ['an empty file', 'is no backup of Akashi', (path: string) => writeFileSync(path, '')],
    [
      'what is no database',
      'since it is no database',
      (path: string) => writeFileSync(path, 'x'.repeat(5000)),
    ],
    [
      'a damaged one',
      'is damaged',
      (path: string) => {
        const bytes = readFileSync(path)
        bytes.fill(0xff, 4096, 8192)
        writeFileSync(path, bytes)
      },
    ],
    [
      'another database',
      'is no backup of Akashi',
      (path: string) => {
        rmSync(path)
        new Database(path).exec('CREATE TABLE a (b)').close()
      },
    ],
    ['a database in use', 'not a backup', (path: string) => writeFileSync(`${path}-wal`, 'x')],
    [
      'a log that lies',
      'faults of its own',
      (path: string) => {
        const db = new Database(path)
        db.exec('DROP TRIGGER logNode_update; UPDATE logNode SET hash = zeroblob(32) WHERE id = 0')
        db.close()
      },
    ],
  ])('is refused for %s', async (_, why, spoil) => {
    const { file, at, untouched } = await scene()
    spoil(file)
    expect((await faultOf(putBack(at({}), file, undefined))).message).toContain(why)
    untouched()
  })
})
