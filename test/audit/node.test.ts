import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { type RunningServer, startServer } from '../support/server.ts'

const BIN = join(import.meta.dirname, '..', '..', 'src', 'akashi.mjs')

/** A token as the operator makes one, beside the running server. */
function tokenOf({ dataDir }: RunningServer): string {
  const { PATH = '', HOME = '' } = process.env
  const args = ['token', 'create', '--role', 'auditor', '--all', '--expires', '1']
  const env = { PATH, HOME, DATA_DIR: dataDir }
  return spawnSync(process.execPath, [BIN, ...args], { env, encoding: 'utf8' }).stdout.trim()
}

test('a server as it is run streams the whole log to its end, and to HEAD no more than headers', async () => {
  const server = await startServer()
  onTestFinished(async () => void (await server.stop()))
  const headers = { authorization: `Bearer ${tokenOf(server)}`, accept: 'application/x-ndjson' }
  const url = `${server.origin}/v1/audit/entries`
  const reply = await fetch(url, { headers })
  expect([reply.status, reply.headers.get('content-type')]).toEqual([200, 'application/x-ndjson'])
  expect(reply.headers.get('cache-control')).toBe('no-store')
  const lines = (await reply.text()).trimEnd().split('\n')
  const { end } = JSON.parse(lines.pop() ?? '')
  expect(end).toMatchObject({ rows: lines.length, size: lines.length })
  expect(lines.length).toBeGreaterThan(40)
  const head = await fetch(url, { method: 'HEAD', headers })
  expect([head.status, head.headers.get('akashi-log-size')]).toEqual([200, String(end.size)])
  expect(await head.text()).toBe('')
})
