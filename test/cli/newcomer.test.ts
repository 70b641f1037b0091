import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type RunningServer, startServer } from '../support/server.ts'
import { type Desk, issue, newDesk, register } from './akashi.ts'

const SLOW = 120_000

/** What a guarantee company does with an empty clone, up to a receipt that it verifies itself. */
describe('from an empty folder to a verified guarantee', { timeout: SLOW }, () => {
  let desk: Desk
  let server: RunningServer
  let env: Record<string, string>

  beforeAll(async () => {
    desk = newDesk()
    register(desk)
    desk.write('issue.json', issue())
    const signed = desk.akashi(['sign', 'issue.json', '--key', 'issuer.jwk'])
    desk.write('body.json', signed.stdout)
    server = await startServer({ DATA_DIR: desk.dataDir })
    env = { PLATFORM_URL: server.origin }
    // As curl sends it, with no program of ours.
    const answer = await fetch(`${server.origin}/v1/records`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: desk.read('body.json'),
    })
    expect(answer.status).toBe(201)
    desk.write('receipt.json', await answer.text())
    const trust = await fetch(`${server.origin}/v1/trust`)
    desk.write('trust.json', await trust.text())
    const { authKey } = JSON.parse(desk.read('body.json')) as { authKey: string }
    desk.write('key.txt', `${authKey}\n`)
  }, SLOW)

  afterAll(async () => {
    await server?.stop()
    desk.remove()
  })

  const lookup = (...more: string[]) =>
    desk.akashi(['lookup', '12345678901', ...more], { input: desk.read('key.txt'), env })

  test('what the commands set up is what the server starts with', () => {
    expect(server.output()).not.toContain('見本データ')
    expect(statSync(join(desk.dataDir, 'secrets.json')).mode & 0o777).toBe(0o600)
    expect(statSync(join(desk.path, 'issuer.jwk')).mode & 0o777).toBe(0o600)
  })

  test('the receipt is verified with the record, beside the database and far from it', () => {
    const near = desk.akashi(['verify', 'receipt.json', '--record', 'body.json'])
    expect(near).toMatchObject({ status: 0, stderr: '' })
    expect(near.stdout).toContain('that is version 1 of 12345-678901')
    const env = { DATA_DIR: join(desk.path, 'nothing') }
    const far = ['verify', 'receipt.json', '--record', 'body.json', '--trust', 'trust.json']
    expect(desk.akashi(far, { env }).status).toBe(0)
  })

  test('a changed byte of the receipt, of its proof or of the record is not valid', () => {
    const { receipt } = JSON.parse(desk.read('receipt.json')) as {
      receipt: { proof: string; contractNumber: string }
    }
    const lines = receipt.proof.split('\n')
    const flip = (line: string) => line.replace(/.(?=[^=]*$)/, (one) => (one === 'A' ? 'B' : 'A'))
    const proof = lines.map((line, i) => (i === 1 ? flip(line) : line)).join('\n')
    desk.write('changed.json', { ...receipt, proof })
    expect(desk.akashi(['verify', 'changed.json']).status).toBe(1)

    desk.write('changed.json', { ...receipt, contractNumber: '12345-678902' })
    const renamed = desk.akashi(['verify', 'changed.json', '--record', 'body.json'])
    expect(renamed.status).toBe(1)

    const { record } = JSON.parse(desk.read('body.json')) as { record: string }
    const [header, payload, signature] = record.split('.') as [string, string, string]
    desk.write('changed.jws', [header, flip(payload), signature].join('.'))
    const twin = desk.akashi(['verify', 'receipt.json', '--record', 'changed.jws'])
    expect(twin.status).toBe(1)
  })

  test('without trust, and with that of another platform, nothing can be checked', () => {
    const env = { DATA_DIR: join(desk.path, 'nothing') }
    const alone = desk.akashi(['verify', 'receipt.json', '--json'], { env })
    expect(alone.status).toBe(3)
    expect(JSON.parse(alone.stdout).findings[0].code).toBe('TRUST_MISSING')
    expect(existsSync(env.DATA_DIR)).toBe(false)

    const trust = JSON.parse(desk.read('trust.json'))
    const { log } = trust
    const origin = 'other.example/akashi'
    const renamed = log.vkey.replace(log.origin, origin)
    desk.write('unsound.json', { ...trust, log: { ...log, origin, vkey: renamed } })
    expect(desk.akashi(['verify', 'receipt.json', '--trust', 'unsound.json']).status).toBe(2)

    const other = newDesk()
    const ports = { LOG_ORIGIN: origin }
    other.akashi(['owner', 'import', other.write('o.csv', 'name,start,basis,kinds\n')], {
      env: ports,
    })
    other.write('receipt.json', desk.read('receipt.json'))
    const stranger = other.akashi(['verify', 'receipt.json', '--json'], { env: ports })
    expect(stranger.status).toBe(3)
    expect(JSON.parse(stranger.stdout).findings[0].code).toBe('LOG_UNTRUSTED')
    other.remove()
  })

  test('submit sends the same again and prints the same receipt', () => {
    const again = desk.akashi(['submit', 'body.json'], { env })
    expect(again.status).toBe(0)
    expect(again.stderr).toContain('received: 12345-678901 seq 1')
    expect(JSON.parse(again.stdout).receipt).toEqual(JSON.parse(desk.read('receipt.json')).receipt)
  })

  test('submit tells what the platform refuses, and when there is none', () => {
    const unknown = desk.write('unknown.json', issue({ iss: 'https://other.example' }))
    const { stdout } = desk.akashi(['sign', unknown, '--key', 'issuer.jwk'])
    const refused = desk.akashi(['submit', '-'], { input: stdout, env })
    expect(refused).toMatchObject({ status: 1, stdout: '' })
    expect(refused.stderr).toMatch(/^error: .+ \(issuer_mismatch\)$/m)

    const nobody = { PLATFORM_URL: 'http://127.0.0.1:9' }
    const silent = desk.akashi(['submit', 'body.json'], { env: nobody })
    expect(silent).toMatchObject({ status: 3, stdout: '' })
    expect(silent.stderr).toContain('http://127.0.0.1:9 does not answer')
  })

  test('lookup shows verdict, checks and certificate; its answer is verified offline', () => {
    const english = lookup()
    expect(english.stderr).toBe('')
    expect(english.status).toBe(0)
    expect(english.stdout).toContain('This electronic guarantee is genuine and in force')
    expect(english.stdout.match(/^ {2}\S.*: No problem – .+$/gm)).toHaveLength(4)
    expect(english.stdout).toMatch(/^見本保証 {2}054-000-0000$/m)
    expect(english.stdout).toContain('Guaranteed amount (保証金額): ¥20,000,000')

    const japanese = desk.akashi(['lookup', '１２３４５－６７８９０１'], {
      input: desk.read('key.txt'),
      env: { ...env, LANG: 'ja_JP.UTF-8' },
    })
    expect(japanese.stdout).toContain('この電子保証は本物で、現在も有効です')
    expect(japanese.stdout).toContain('  保証金額: 20,000,000円')
    expect(japanese.stdout).toContain('  保証期限: 2099年3月20日')

    const answer = lookup('--json').stdout
    desk.write('answer.json', answer)
    expect(desk.akashi(['verify', 'answer.json']).status).toBe(0)
    desk.write('ticket.jws', JSON.parse(answer).verificationReceipt)
    expect(desk.akashi(['verify', 'ticket.jws', '--trust', 'trust.json']).status).toBe(0)
    desk.write('ticket.jws', `${JSON.parse(answer).verificationReceipt.slice(0, -3)}AAA`)
    expect(desk.akashi(['verify', 'ticket.jws', '--trust', 'trust.json']).status).toBe(1)
  })

  test('lookup tells a wrong key, a missing one and an absent platform apart', () => {
    const wrong = desk.akashi(['lookup', '12345-678901'], { input: 'wrongwrong12', env })
    expect(wrong.status).toBe(1)
    expect(wrong.stderr).toContain('(not_found_or_key_mismatch)')
    expect(desk.akashi(['lookup', '12345-678901'], { env }).status).toBe(2)
    const nobody = { PLATFORM_URL: 'http://127.0.0.1:9' }
    const input = desk.read('key.txt')
    expect(desk.akashi(['lookup', '12345-678901'], { input, env: nobody }).status).toBe(3)
  })

  test('the next version follows the one before; a changed state is told by the exit code', () => {
    const { certificate } = issue() as { certificate: object }
    desk.write('cancel.json', issue({ event: 'cancel', reason: '解約のため', certificate }))
    const cancel = ['sign', 'cancel.json', '--key', 'issuer.jwk', '--prev', 'body.json']
    desk.write('next.json', desk.akashi(cancel).stdout)
    expect(Object.keys(JSON.parse(desk.read('next.json')))).toEqual(['record'])
    const sent = desk.akashi(['submit', 'next.json'], { env })
    expect(JSON.parse(sent.stdout).receipt).toMatchObject({ seq: 2 })
    const found = lookup()
    expect(found.status).toBe(1)
    expect(found.stdout).toContain('it has been cancelled')
  })

  test('the log of a server that runs is sound', () => {
    const { status, stdout } = desk.akashi(['log', 'fsck'])
    expect(stdout).toMatch(/^3 entries, root \S+, no faults\n$/)
    expect(status).toBe(0)
  })
})
