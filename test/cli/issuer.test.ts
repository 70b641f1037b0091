import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { IssuerWithKeys } from '../../src/platform/directory/issuers.ts'
import { type Desk, newDesk, register } from './akashi.ts'

const SLOW = 120_000

describe('issuers and their keys', { timeout: SLOW }, () => {
  let desk: Desk
  let kid: string

  beforeAll(() => {
    desk = newDesk()
    kid = register(desk)
  }, SLOW)
  afterAll(() => desk.remove())

  const issuer = (...args: string[]) => desk.akashi(['issuer', ...args])
  const keys = () => desk.json<IssuerWithKeys[]>(['issuer', 'list'])[0]?.keys ?? []

  test('a key is valid from the day that is given', () => {
    const made = desk.json<{ kid: string }>(['key', 'new', '--alg', 'ES256', '--out', 'p256.jwk'])
    const from = ['--from', '2027-04-01']
    expect(issuer('key-add', 'sample', 'p256.pub.jwk', ...from).stdout).toBe(`${made.kid}\n`)
    expect(keys()).toMatchObject([
      { kid, alg: 'Ed25519' },
      // A day begins in Tokyo.
      { kid: made.kid, alg: 'ES256', notBefore: '2027-03-31T15:00:00.000Z' },
    ])
    expect(issuer('key-add', 'sample', 'p256.pub.jwk').stderr).toContain('(state_conflict)')
  })

  test('a private key is never registered, nor a key on a weak point', () => {
    const refused = issuer('key-add', 'sample', 'issuer.jwk')
    expect(refused.status).toBe(1)
    expect(refused.stderr).toContain('carries the private member "d"')
    const zero = desk.write('weak.jwk', { kty: 'OKP', crv: 'Ed25519', x: 'A'.repeat(43) })
    const add = ['--id', 'weak', '--iss', 'https://weak.example', '--name', 'weak', '--key', zero]
    expect(issuer('add', ...add).stderr).toContain('(claim_invalid)')
    expect(issuer('list').stdout).not.toContain('weak')
  })

  test('a key is retired once, and revoked after that', () => {
    const at = '2099-04-01T00:00:00+09:00'
    expect(issuer('key-retire', 'sample', kid, '--at', at).stdout).toContain(
      'retired 2099-03-31T15:00:00.000Z',
    )
    expect(issuer('key-retire', 'sample', kid).status).toBe(1)
    const reason = ['--reason', 'superseded']
    expect(issuer('key-revoke', 'sample', kid, ...reason, '--since', at).status).toBe(2)
    expect(issuer('key-revoke', 'sample', kid, '--reason', 'tired').status).toBe(2)
    const future = issuer('key-revoke', 'sample', kid, '--reason', 'compromised', '--since', at)
    expect([future.status, future.stderr]).toEqual([2, expect.stringContaining('still to come')])
    const since = ['--reason', 'compromised', '--since', '2026-03-01']
    expect(issuer('key-revoke', 'sample', kid, ...since).stdout).toContain(
      'compromised since 2026-02-28T15:00:00.000Z',
    )
    expect(issuer('key-revoke', 'sample', kid, ...reason).status).toBe(1)
    expect(keys()[0]).toMatchObject({ compromisedSince: '2026-02-28T15:00:00.000Z' })
  })

  test.each([
    ['-hTzPT_GGnXiac3Ghb18Zk8oMOaumKOOxeLC9uObg_E', 'Avw2WWXqu-uZIvq-eAZXR9lF7FmhoQy6M4u_xpB7WgQ'],
    ['--i0dlPxt1BXOowkrkqRJSVtdtEGFwecjuLjMlzEo-o', 'jEAb3LrleLm6UwKiCiTfH9HZg509hZd8HHTeHP1w9mc'],
  ])('a key whose thumbprint is %s is named like any other', (hyphened, x) => {
    const file = desk.write('hyphened.jwk', { kty: 'OKP', crv: 'Ed25519', x })
    expect(issuer('key-add', 'sample', file).stdout).toBe(`${hyphened}\n`)
    const retired = issuer('key-retire', 'sample', hyphened, '--json')
    expect(JSON.parse(retired.stdout)).toMatchObject({
      kid: hyphened,
      retiredAt: expect.anything(),
    })
    const reason = ['--reason', 'superseded']
    expect(issuer('key-revoke', ...reason, 'sample', hyphened).stdout).toContain('revoked')
    for (const option of [hyphened.slice(0, -1), `${hyphened}x`, '--at-once']) {
      const { status, stdout } = issuer('key-revoke', ...reason, 'sample', hyphened, option)
      expect([option, status, stdout]).toEqual([option, 2, ''])
    }
  })

  test('an issuer whose key another one has is not registered, and may be with its own', () => {
    const add = (key: string) =>
      issuer('add', '--id', 'late', '--iss', 'https://late.example', '--name', '遅', '--key', key)
    expect(add('issuer.pub.jwk')).toMatchObject({ status: 1, stdout: '' })
    expect(issuer('list').stdout).not.toContain('late')
    desk.json(['key', 'new', '--out', 'late.jwk'])
    expect(add('late.pub.jwk').status).toBe(0)
    expect(issuer('list').stdout).toContain('late.example')
  })

  test('what does not exist is told, and times that are none are usage', () => {
    expect(issuer('key-retire', 'nobody', kid).stderr).toContain('(not_found)')
    expect(issuer('key-retire', 'sample', 'x'.repeat(43)).stderr).toContain('(not_found)')
    for (const at of ['2026-13-01', '2026-04-01T00:00:00', 'tomorrow', '1']) {
      expect(issuer('key-retire', 'sample', kid, '--at', at).status).toBe(2)
    }
  })

  test('an issuer is refused with every reason at once', () => {
    const bad = [
      '--id',
      'A B',
      '--iss',
      'issuer',
      '--name',
      ' ',
      '--class',
      'shop',
      '--pattern',
      '(',
    ]
    const { status, stderr } = issuer('add', ...bad)
    expect(status).toBe(2)
    for (const member of ['id', 'iss', 'name', 'class', 'numberPattern']) {
      expect(stderr).toMatch(new RegExp(`^ {2}${member}: `, 'm'))
    }
    const again = ['--id', 'sample', '--iss', 'https://new.example', '--name', 'x']
    expect(issuer('add', ...again).stderr).toMatch(/akashi issuer key-add.*\(state_conflict\)/)
  })

  test('a profile is set whole, with every fault named by its path', () => {
    const example = readFileSync(
      join(import.meta.dirname, '../../docs/issuer-profile.json'),
      'utf8',
    )
    const file = desk.write('profile.json', example)
    const { status, stdout, stderr } = issuer('set', 'sample', file)
    expect([status, stdout]).toEqual([0, expect.stringContaining('見本保証株式会社')])
    expect(stderr).toContain('warning: rateTables.2.tiers.bands: the premium falls')
    const wrong = JSON.parse(example)
    wrong.rateTables[0].tiers.bands[2].upTo = 30_000_000
    wrong.branches[0].openTo = '5pm'
    wrong.discount = 10
    const refused = issuer('set', 'sample', desk.write('wrong.json', wrong))
    expect([refused.status, refused.stdout]).toEqual([2, ''])
    for (const path of ['branches.0.openTo', 'discount']) {
      expect(refused.stderr).toMatch(new RegExp(`^ {2}${path}: `, 'm'))
    }
    expect(issuer('set', 'nobody', file).stderr).toContain('(not_found)')
  })
})
