import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { base64url } from '../../src/base/bytes.ts'
import { isAuthKey } from '../../src/guarantee/auth-key.ts'
import { checkPublicKey } from '../../src/guarantee/issuer-key.ts'
import { readRecord, verifyWithJose } from '../../src/guarantee/record.ts'
import { type Desk, issue, newDesk, type Run } from './akashi.ts'

const SLOW = 120_000
const AUD = ['--aud', 'https://hosho.example.lg.jp']

describe('keys and signatures, without any platform', { timeout: SLOW }, () => {
  let desk: Desk

  beforeAll(() => {
    desk = newDesk()
    desk.json(['key', 'new', '--out', 'issuer.jwk'])
    desk.json(['key', 'new', '--alg', 'ES256', '--out', 'p256'])
    desk.write('issue.json', issue())
  }, SLOW)
  afterAll(() => {
    expect(existsSync(join(desk.path, 'data'))).toBe(false)
    desk.remove()
  })

  const sign = (file: string, ...more: string[]) =>
    desk.akashi(['sign', file, '--key', 'issuer.jwk', ...more])
  const bodyOf = ({ stdout }: Run) => JSON.parse(stdout) as { record: string; authKey?: string }

  test.each([
    ['issuer.jwk', 'issuer.pub.jwk'],
    ['p256', 'p256.pub.jwk'],
  ])('%s signs what %s verifies', async (privateFile, publicFile) => {
    const signed = desk.akashi(['sign', 'issue.json', '--key', privateFile, ...AUD])
    const { record, authKey } = bodyOf(signed)
    const key = checkPublicKey(JSON.parse(desk.read(publicFile)))
    expect(await verifyWithJose(record, key)).toBe(true)
    expect(isAuthKey(authKey ?? '')).toBe(true)
    expect(signed.stderr).toContain('Made an auth key')
    const { payload } = readRecord(record)
    expect(payload).toMatchObject({ ver: 1, seq: 1, prev: null, event: 'issue', aud: AUD[1] })
    expect(payload.certificate.contractNumber).toBe('12345-678901')
    expect(Math.abs(payload.iat - Date.now() / 1000)).toBeLessThan(SLOW / 1000)
  })

  test('a key of the company comes from standard input, and only a right one', () => {
    const from = (input: string) =>
      desk.akashi(['sign', 'issue.json', '--key', 'issuer.jwk', ...AUD, '--auth-key-stdin'], {
        input,
      })
    const signed = from('Ｚ28Y-UE4J-3Bux\n')
    expect(bodyOf(signed).authKey).toBe('Z28YUE4J3Bux')
    expect(signed.stderr).toBe('')
    expect(from('Z28YUE4J3Bu').stderr).toContain('(auth_key_format)')
  })

  test('a later version follows the file of the one before', () => {
    desk.write('body.json', sign('issue.json', ...AUD).stdout)
    desk.write('amend.json', issue({ event: 'amend' }))
    const signed = sign('amend.json', ...AUD, '--prev', 'body.json')
    const { record, authKey } = bodyOf(signed)
    expect(authKey).toBeUndefined()
    const { sha256 } = readRecord(bodyOf({ stdout: desk.read('body.json') } as Run).record)
    expect(readRecord(record).payload).toMatchObject({ seq: 2, prev: base64url(sha256) })

    const keyed = desk.akashi(
      [
        'sign',
        'amend.json',
        '--key',
        'issuer.jwk',
        ...AUD,
        '--prev',
        'body.json',
        '--auth-key-stdin',
      ],
      { input: 'Z28YUE4J3Bux' },
    )
    expect(keyed.status).toBe(2)
    desk.write('other.json', issue({ event: 'amend', sub: '12345-000000' }))
    expect(sign('other.json', ...AUD, '--prev', 'body.json').stderr).toContain(
      'not of 12345-000000',
    )
    expect(sign('issue.json', ...AUD, '--prev', 'body.json').stderr).toContain('event')
  })

  test('what the platform would refuse is not signed', () => {
    const { certificate } = issue() as { certificate: Record<string, unknown> }
    desk.write('bad.json', issue({ certificate: { ...certificate, contractPrice: '50,000,000' } }))
    const refused = sign('bad.json', ...AUD)
    expect(refused).toMatchObject({ status: 1, stdout: '' })
    expect(refused.stderr).toMatch(/^ {2}certificate\.contractPrice: /m)
    desk.write('extra.json', issue({ certificate: { ...certificate, memo: 'x' } }))
    expect(sign('extra.json', ...AUD).stderr).toContain('(claim_invalid)')
    desk.write('twice.json', '{"iss":"a","iss":"b"}')
    expect(sign('twice.json', ...AUD)).toMatchObject({ status: 2, stdout: '' })
    expect(sign('nowhere.json', ...AUD)).toMatchObject({ status: 2, stdout: '' })
    expect(sign('issue.json').stderr).toContain('--aud https://HOST')
  })

  test('a key file that cannot sign is refused', () => {
    const bad = (file: string) => desk.akashi(['sign', 'issue.json', '--key', file, ...AUD])
    expect(bad('issuer.pub.jwk').stderr).toContain('has no private key')
    const own = JSON.parse(desk.read('issuer.jwk'))
    desk.json(['key', 'new', '--out', 'other.jwk'])
    const { x } = JSON.parse(desk.read('other.jwk'))
    desk.write('mixed.jwk', { ...own, x })
    expect(bad('mixed.jwk')).toMatchObject({ status: 1, stdout: '' })
  })

  test('key new never writes over a file', () => {
    const before = desk.read('issuer.jwk')
    expect(desk.akashi(['key', 'new', '--out', 'issuer.jwk']).status).toBe(2)
    desk.write('half.pub.jwk', '{}')
    expect(desk.akashi(['key', 'new', '--out', 'half.jwk']).status).toBe(2)
    expect(existsSync(join(desk.path, 'half.jwk'))).toBe(false)
    expect(desk.read('issuer.jwk')).toBe(before)
  })
})
