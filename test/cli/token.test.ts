import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Token } from '../../src/audit/tokens.ts'
import { type Desk, newDesk, register } from './akashi.ts'

const SLOW = 120_000

describe('tokens of auditors', { timeout: SLOW }, () => {
  let desk: Desk

  beforeAll(() => {
    desk = newDesk()
    register(desk)
  }, SLOW)
  afterAll(() => desk.remove())

  const create = (...args: string[]) =>
    desk.akashi(['token', 'create', '--role', 'auditor', ...args])

  test('are written to stdout once, listed without themselves, and withdrawn by their id', () => {
    const scope = ['--owner', '富士市', '--issuer', 'sample', '--name', '監査委員']
    const made = create(...scope, '--expires', '30')
    expect([made.status, made.stdout]).toEqual([
      0,
      expect.stringMatching(/^akashi_audit_[A-Za-z0-9_-]{43}\n$/),
    ])
    const [{ id = '', ...token } = {}] = desk.json<Partial<Token>[]>(['token', 'list'])
    expect(token).toMatchObject({ name: '監査委員', owners: ['富士市長'], issuers: ['sample'] })
    expect(JSON.stringify(token)).not.toContain(made.stdout.trim())
    expect(made.stderr).toContain(id)
    expect(desk.akashi(['token', 'revoke', id])).toMatchObject({ status: 0, stderr: '' })
    const again = desk.akashi(['token', 'revoke', id])
    expect([again.status, again.stderr]).toEqual([
      0,
      expect.stringMatching(/revoked already, at 20/),
    ])
    expect(desk.akashi(['token', 'list']).stdout).toMatch(/富士市長, sample.*revoked 20/)
    expect(desk.akashi(['token', 'revoke', 'nobody'])).toMatchObject({ status: 1, stdout: '' })
  })

  test('cover what is said or everything, never both and never nothing', () => {
    expect(create('--all', '--expires', '7').status).toBe(0)
    for (const [status, ...args] of [
      [2, '--expires', '7'],
      [2, '--all', '--issuer', 'sample', '--expires', '7'],
      [2, '--all'],
      [2, '--all', '--expires', 'tomorrow'],
      [2, '--all', '--expires', '401'],
      [1, '--owner', '沼津市', '--expires', '7'],
      [1, '--issuer', 'north', '--expires', '7'],
    ] as [number, ...string[]][]) {
      expect([args, create(...args)]).toMatchObject([args, { status, stdout: '' }])
    }
  })
})
