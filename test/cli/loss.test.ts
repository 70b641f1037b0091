import { spawn, spawnSync } from 'node:child_process'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { serve } from '../app/served.ts'
import { fsckOf, take } from '../platform/lost.ts'
import { AUTH_KEY, newWorld, payload } from '../platform/world.ts'

const BIN = join(import.meta.dirname, '..', '..', 'src', 'akashi.mjs')

/** What the manual says to do after a loss, with the commands that it names. */
test('after a loss the log goes on, and every receipt is told for what it is', {
  timeout: 120_000,
}, async () => {
  const before = await newWorld()
  const { dataDir } = before
  const { PATH = '', HOME = '' } = process.env
  const akashi = (...args: string[]) => {
    const env = { PATH, HOME, DATA_DIR: dataDir, LANG: 'C' }
    return spawnSync(process.execPath, [BIN, ...args], { cwd: dataDir, env, encoding: 'utf8' })
  }
  const write = (name: string, content: unknown) =>
    writeFileSync(join(dataDir, name), JSON.stringify(content))

  write('kept.json', (await take(before, '12345-000001')).receipt)
  expect(akashi('backup', 'a.db')).toMatchObject({ status: 0 })
  write('lost.json', (await take(before, '12345-000002')).receipt)
  const wish = { issuer: 'east', contractNumber: '12345-000001', reason: 'retention_ended' }
  expect((await before.platform.erase(wish)).seqs).toEqual([1])
  const trustBefore = await before.platform.trust()

  const after = await before.reopen({
    meanwhile() {
      rmSync(join(dataDir, 'akashi.db'))
      const restored = akashi('restore', 'a.db', '--json')
      expect(JSON.parse(restored.stdout)).toMatchObject({
        entries: 2,
        refused: expect.stringContaining('the log has 2 entries, and a checkpoint of 4'),
      })
      const reopened = akashi('log', 'reopen', '--from', 'a.db', '--json')
      expect(JSON.parse(reopened.stdout)).toMatchObject({
        origin: 'hosho.example.lg.jp/akashi/2',
        sealed: { origin: 'hosho.example.lg.jp/akashi', size: 2 },
      })
      expect(reopened.stderr).toMatch(/1\. run again each erase.*\n.*2\. start the server/)
      expect(reopened.stderr).toContain('make a new backup at once')
      // What the manual says next: the restored database has what was erased.
      const erase = ['erase', 'east', '12345-000001', '--reason', 'retention_ended']
      expect(akashi(...erase).stdout).toBe('12345-000001: 1 record erased\n')
      expect(akashi(...erase).stdout).toContain('had been erased before')
    },
  })
  // The CLI has the clock of the machine.
  after.clock.pass(Date.now() - after.clock.now())
  const body = { record: await after.sign(payload({ sub: '12345-000002' })), authKey: AUTH_KEY }
  write('body.json', body)
  write('issuer.jwk', after.issuer.privateJwk)
  const { origin } = await serve(after)
  const submit = async (...more: string[]) => {
    const env = { PATH, HOME, PLATFORM_URL: origin, LANG: 'C' }
    const child = spawn(process.execPath, [BIN, 'submit', 'body.json', ...more], {
      cwd: dataDir,
      env,
    })
    const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)])
    return { stdout, stderr }
  }
  expect((await submit()).stderr).toContain('(token_invalid)')
  const sent = await submit('--key', 'issuer.jwk')
  expect(sent.stderr).toContain('received: 12345-000002 seq 1')
  write('new.json', JSON.parse(sent.stdout))
  write('trust.json', await after.platform.trust())
  expect(await fsckOf(after)).toEqual([])

  const verify = (name: string) => {
    const { status, stdout } = akashi('verify', name, '--trust', 'trust.json')
    return [status, /\b(\w+_UNTRUSTED)\b/.exec(stdout)?.[1]]
  }
  expect(verify('kept.json')).toEqual([0, undefined])
  expect(verify('lost.json')).toEqual([3, 'PAST_SEAL_UNTRUSTED'])
  expect(verify('new.json')).toEqual([0, undefined])
  // Whoever still pins the old trust document learns that they need another.
  write('trust.json', trustBefore)
  expect(verify('new.json')).toEqual([3, 'LOG_UNTRUSTED'])
})
