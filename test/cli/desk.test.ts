import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Desk, newDesk, register } from './akashi.ts'

const SLOW = 120_000

describe('a company key for the desk', { timeout: SLOW }, () => {
  let desk: Desk
  let kid: string

  beforeAll(() => {
    desk = newDesk()
    kid = register(desk)
  }, SLOW)
  afterAll(() => desk.remove())

  const keyImport = (...args: string[]) => desk.akashi(['desk', 'key-import', ...args])

  test('is imported, and no byte of its private half stands in the database', () => {
    const { status, stdout, stderr } = keyImport('sample', 'issuer.jwk')
    expect([status, stdout]).toEqual([0, `${kid}\n`])
    expect(stderr).toContain('The desk can issue')
    const { d } = JSON.parse(desk.read('issuer.jwk'))
    expect(desk.read('data/akashi.db')).toContain(kid)
    expect(desk.read('data/akashi.db')).not.toContain(d)
    expect(keyImport('sample', 'issuer.jwk').status).toBe(0)
  })

  test('that the platform does not have yet is taken, and that is said', () => {
    desk.json(['key', 'new', '--alg', 'ES256', '--out', 'next.jwk'])
    expect(keyImport('sample', 'next.jwk').stderr).toContain('not registered yet')
    expect(keyImport('nobody', 'next.jwk').stderr).toContain('does not know this company')
  })

  test('is refused without its private half, with another one, or of another company', () => {
    expect(keyImport('sample', 'issuer.pub.jwk').stderr).toContain('(claim_invalid)')
    const { d } = JSON.parse(desk.read('issuer.jwk'))
    desk.json(['key', 'new', '--out', 'other.jwk'])
    const mixed = desk.write('mixed.jwk', { ...JSON.parse(desk.read('other.pub.jwk')), d })
    expect(keyImport('sample', mixed).stderr).toContain('do not match')
    const other = keyImport('nobody', 'issuer.jwk')
    expect(other.status).toBe(1)
    expect(other.stderr).toContain('registered as that of sample')
  })

  test('of a platform elsewhere asks for the file that pins it', () => {
    const env = { PLATFORM_URL: 'http://127.0.0.1:9' }
    const bare = desk.akashi(['desk', 'key-import', 'sample', 'issuer.jwk'], { env })
    expect([bare.status, bare.stderr]).toEqual([2, expect.stringContaining('PLATFORM_TRUST')])
    const wrong = { ...env, PLATFORM_TRUST: 'issuer.jwk' }
    const refused = desk.akashi(['desk', 'key-import', 'sample', 'issuer.jwk'], { env: wrong })
    expect(refused.stderr).toContain('is no trust document')
  })
})
