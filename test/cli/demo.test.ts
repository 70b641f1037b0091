import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startServer } from '../support/server.ts'
import { type Desk, newDesk } from './akashi.ts'

const SLOW = 120_000

describe('the demo, from the command line', { timeout: SLOW }, () => {
  let desk: Desk

  beforeAll(() => {
    desk = newDesk()
  })
  afterAll(() => desk.remove())

  test('is not loaded where others could see it, nor when it is turned off', () => {
    for (const env of [
      { DEMO: '0' },
      { HOST: '0.0.0.0' },
      { PUBLIC_ORIGIN: 'https://hosho.example.lg.jp' },
    ] as Record<string, string>[]) {
      expect(desk.akashi(['demo', 'load'], { env }).stderr).toContain('(state_conflict)')
    }
    expect(existsSync(join(desk.dataDir, 'akashi.db'))).toBe(false)
    expect(desk.akashi(['demo', 'reset']).status).toBe(1)
  })

  test('is loaded, takes no real issuer, and is put back to its first day', async () => {
    expect(desk.akashi(['demo', 'load']).stdout).toBe('12345-678901  Z28YUE4J3Bux\n')
    expect(desk.akashi(['demo', 'load']).status).toBe(1)
    const add = ['issuer', 'add', '--id', 'real', '--iss', 'https://real.example', '--name', 'real']
    const refused = desk.akashi(add)
    expect(refused.status).toBe(1)
    expect(refused.stderr).toContain('Set DATA_DIR to another folder, and DEMO=0')

    const server = await startServer({ DATA_DIR: desk.dataDir })
    const look = () =>
      desk.akashi(['lookup', '12345-678901'], {
        input: 'Z28YUE4J3Bux',
        env: { PLATFORM_URL: server.origin },
      })
    expect(look().status).toBe(0)
    const busy = desk.akashi(['demo', 'reset'])
    expect(busy.status).toBe(3)
    expect(busy.stderr).toContain('locked')
    expect(look().status).toBe(0)
    await server.stop()

    expect(
      desk.json([
        'owner',
        'add',
        '--name',
        '追加市長',
        '--start',
        '2026-04-01',
        '--basis',
        'contract_date',
        '--kinds',
        'contract',
      ]),
    ).toBeDefined()
    expect(desk.akashi(['demo', 'reset']).status).toBe(0)
    const again = desk.akashi([
      'owner',
      'rules',
      '追加市長',
      desk.write('r.json', { graceDays: 1 }),
      '--from',
      '2026-04-01',
    ])
    expect(again.stderr).toContain('(not_found)')
    expect(desk.akashi(['log', 'fsck']).status).toBe(0)
  })

  test('a real database is never reset', () => {
    const real = newDesk()
    real.json(['owner', 'import', real.write('none.csv', 'name,start,basis,kinds\n')])
    expect(real.akashi(['demo', 'reset']).stderr).toContain('holds no demo')
    expect(real.akashi(['demo', 'load']).status).toBe(1)
    expect(existsSync(join(real.dataDir, 'akashi.db'))).toBe(true)
    real.remove()
  })
})
