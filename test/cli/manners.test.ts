import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Desk, newDesk } from './akashi.ts'

const SLOW = 120_000

describe('the manners of the command', { timeout: SLOW }, () => {
  let desk: Desk

  beforeAll(() => {
    desk = newDesk()
  })
  afterAll(() => desk.remove())

  test('help has examples, in Japanese where the locale is Japanese', () => {
    const japanese = desk.akashi(['issuer', 'add', '--help'], { env: { LANG: 'ja_JP.UTF-8' } })
    expect(japanese).toMatchObject({ status: 0, stderr: '' })
    expect(japanese.stdout).toMatch(/^使い方: akashi issuer add/)
    expect(japanese.stdout).toContain('例:\n  akashi issuer add --id sample')
    const english = desk.akashi(['help', 'verify'], { env: { LANG: 'ja_JP.UTF-8', LC_ALL: 'C' } })
    expect(english.stdout).toMatch(/^Usage: akashi verify/)
    expect(english.stdout).toContain('Examples:\n  akashi verify receipt.json')
  })

  test.each([
    ['no command', []],
    ['an unknown command', ['isuer']],
    ['an unknown option', ['issuer', 'list', '--jsonn']],
    ['a missing option', ['key', 'new']],
    ['a missing argument', ['verify']],
    ['an argument too many', ['doctor', 'now']],
    ['a choice that is none', ['key', 'new', '--alg', 'RS256', '--out', 'k.jwk']],
    ['a file that is not there', ['verify', 'nothing.json']],
  ])('%s is usage: exit 2, nothing on stdout', (_what, args) => {
    const { status, stdout, stderr } = desk.akashi(args)
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
    expect(stderr).not.toBe('')
    expect(stderr).not.toMatch(/^\s+at /m)
  })

  test('all faults of the environment are told at once, as usage', () => {
    const { status, stderr } = desk.akashi(['doctor'], { env: { PORT: 'x', DEMO: 'yes' } })
    expect(status).toBe(2)
    expect(stderr).toMatch(/^error: .*PORT/)
    expect(stderr).toContain('DEMO')
  })

  test.each([
    ['another format of ours', '{"format": "akashi-evidence/v9"}'],
    ['evidence that was cut off', '{"format":"akashi-evidence/v1","platform":'],
    ['a receipt without a proof', '{"receipt":null}'],
  ])('what claims to be ours and is not is not valid: %s', (_, text) => {
    desk.write('odd.json', text)
    const { status, stdout } = desk.akashi(['verify', 'odd.json', '--json'])
    expect(status).toBe(1)
    expect(JSON.parse(stdout)).toMatchObject({
      kind: 'unknown',
      findings: [{ code: 'BUNDLE_FORMAT' }],
    })
  })

  test.each([
    ['another file', 'it is neither evidence', '{"hello":"world"}'],
    ['an empty one', 'it is neither evidence', ''],
    ['the answer to a batch', 'one a line', '{"line":1,"receipt":{}}\n{"line":2,"receipt":{}}\n'],
    ['a pull', 'one a line', '{"index":0}\n{"end":{"rows":1}}\n'],
    ['a trust document', '--trust', '{"format":"akashi-trust/v1"}'],
  ])('what was never to be verified is a mistake, and not called invalid: %s', (_, why, text) => {
    desk.write('odd.json', text)
    const { status, stdout, stderr } = desk.akashi(['verify', 'odd.json', '--json'])
    expect([status, stdout]).toEqual([2, ''])
    expect(stderr).toContain(`This is no file that can be verified: `)
    expect(stderr).toContain(why)
  })

  test.each([['issuer list'], ['log fsck'], ['verify odd.json']])(
    'a database that is none is a sentence, not a stack, and says nothing of what is valid: %s',
    (command) => {
      desk.write('odd.json', { hello: 'world' })
      const path = desk.write('noise.db', 'x'.repeat(5000))
      const { status, stdout, stderr } = desk.akashi(command.split(' '), {
        env: { DATABASE_URL: `sqlite:${path}` },
      })
      expect([status, stdout]).toEqual([3, ''])
      expect(stderr).toMatch(/^error: .*not a database/)
      expect(stderr).not.toMatch(/^\s+at /m)
    },
  )

  test.each([
    ['setting', 'issuer list'],
    ['logEntry', 'log fsck'],
  ])('so is a database without its table %s', (table, command) => {
    const env = { DATA_DIR: join(desk.path, `without-${table}`) }
    expect(
      desk.akashi(['owner', 'import', desk.write('none.csv', 'name,start,basis,kinds\n')], { env }),
    ).toMatchObject({ status: 0 })
    const db = new Database(join(env.DATA_DIR, 'akashi.db'))
    db.exec(`ALTER TABLE ${table} RENAME TO elsewhere`)
    db.close()
    const { status, stdout, stderr } = desk.akashi(command.split(' '), { env })
    expect([status, stdout]).toEqual([3, ''])
    expect(stderr).toMatch(/^error: the database: .*no such table/)
    expect(stderr).not.toMatch(/^\s+at /m)
  })

  test('a folder that cannot be is a sentence, too', () => {
    const env = { DATA_DIR: desk.write('file', '') }
    const { status, stderr } = desk.akashi(['owner', 'import', '-'], {
      input: 'name,start,basis,kinds\n',
      env,
    })
    expect(status).toBe(3)
    expect(stderr).toMatch(/^error: E[A-Z]+: /)
    expect(stderr).not.toMatch(/^\s+at /m)
  })

  test('the platform is looked for at PLATFORM_URL, else at PUBLIC_ORIGIN, else on loopback', () => {
    const body = desk.write('body.json', '{}')
    const asked = (env: Record<string, string>) => desk.akashi(['submit', body], { env }).stderr
    const nobody = { PUBLIC_ORIGIN: 'http://127.0.0.1:9' }
    expect(asked(nobody)).toContain('http://127.0.0.1:9 does not answer')
    const two = { ...nobody, PLATFORM_URL: 'http://127.0.0.1:7' }
    expect(asked(two)).toContain('http://127.0.0.1:7 does not answer')
    expect(asked({ PORT: '9' })).toContain('http://127.0.0.1:9 does not answer')
  })

  test('a reader that has seen enough may close the pipe', () => {
    const run = spawnSync('sh', ['-c', '"$NODE" src/akashi.mjs help | head -n 1'], {
      env: { PATH: process.env.PATH ?? '', NODE: process.execPath, LANG: 'C' },
      encoding: 'utf8',
    })
    expect(run.stdout).toMatch(/^Usage: akashi/)
    expect(run.stderr).toBe('')
  })
})
