import type { D1Database } from '@cloudflare/workers-types'
import { expect, onTestFinished, test, vi } from 'vitest'
import { createAudit } from '../../src/audit/audit.ts'
import { openWorker } from '../../src/open/worker.ts'
import { systemClock } from '../../src/outside/clock.ts'
import { createPlatform } from '../../src/platform/platform.ts'
import worker from '../../src/worker.ts'
import { d1OnSqlite } from './d1-on-sqlite.ts'

const SECRET = JSON.stringify([
  { id: '1', from: '2026-01-01T00:00:00.000Z', value: Buffer.alloc(32, 7).toString('base64') },
])
const SET_UP = {
  PUBLIC_ORIGIN: 'https://hosho.example.lg.jp',
  LOG_KEY: SECRET,
  RECEIPT_KEY: SECRET,
  AUTH_KEY_PEPPER: SECRET,
  DESK_KEK: SECRET,
  SESSION_SECRET: SECRET,
}

/** A database in which nothing is found, or which says no. */
function database(no?: string): D1Database {
  const all = async () => {
    if (no !== undefined) throw new Error(no)
    return { results: [] }
  }
  return { prepare: () => ({ bind: () => ({ all }) }) } as unknown as D1Database
}

const { LOG_KEY: _, ...withoutKey } = SET_UP
const { PUBLIC_ORIGIN: __, ...withoutOrigin } = SET_UP

test.each([
  ['without PUBLIC_ORIGIN', withoutOrigin, undefined, 'PUBLIC_ORIGIN is missing'],
  [
    'without a secret',
    withoutKey,
    undefined,
    'Secrets are missing: LOG_KEY. Give them with wrangler',
  ],
  ['with a secret that is none', { ...SET_UP, LOG_KEY: '[]' }, undefined, 'LOG_KEY is a list'],
  [
    'with a database that was not migrated',
    SET_UP,
    'D1_ERROR: no such table: setting: SQLITE_ERROR',
    'Run wrangler d1 migrations apply',
  ],
])(
  'a Worker %s answers 503 and tells the reason to its operator alone',
  async (_what, env, no, why) => {
    const told = vi.spyOn(console, 'error').mockImplementation(() => {})
    onTestFinished(() => told.mockRestore())
    const bindings = { DB: database(no), GUARD: database(), ...env }
    for (const path of ['/', '/v1/trust', '/healthz']) {
      const response = await worker.fetch(
        new Request(`https://hosho.example.lg.jp${path}`),
        bindings,
      )
      const text = await response.text()
      expect([response.status, JSON.parse(text).code]).toEqual([503, 'store_unavailable'])
      expect(text).not.toMatch(/SECRET|LOG_KEY|PUBLIC_ORIGIN|table|wrangler/)
    }
    await worker.scheduled({}, bindings)
    expect(told.mock.calls).toHaveLength(4)
    for (const [message] of told.mock.calls) expect(message).toContain(why)
  },
)

/** A Worker over a database with one token, which tells whether a call opened an app of its own. */
async function auditedWorker() {
  const bindings = { DB: d1OnSqlite(), GUARD: d1OnSqlite('guard'), ...SET_UP }
  const { ports, settings, config } = await openWorker(bindings, systemClock)
  const audit = createAudit(ports, createPlatform(ports, settings, config.publicOrigin))
  const wish = { role: 'auditor' as const, owners: [], issuers: [], all: true, days: 1 }
  const { token } = await audit.tokens.create(wish)
  const headers = { authorization: `Bearer ${token}`, accept: 'application/x-ndjson' }

  return async function call(path: string) {
    let isNew = false
    // Who takes one that was idle asks the database of the call that opened it.
    const DB = {
      batch: bindings.DB.batch,
      prepare(sql: string) {
        isNew = true
        return bindings.DB.prepare(sql)
      },
    } as D1Database
    const request = new Request(config.publicOrigin + path, { headers })
    const response = await worker.fetch(request, { ...bindings, DB })
    expect([path, response.status]).toEqual([path, 200])
    return { response, isNew }
  }
}

test('an app whose answer is still being read serves nobody else, and once more when it was', async () => {
  const call = await auditedWorker()
  const read = await call('/v1/audit/entries')
  const beside = await call('/v1/trust')
  expect([read.isNew, beside.isNew]).toEqual([true, true])
  const left = await call('/v1/audit/access')
  expect([left.isNew, (await call('/v1/trust')).isNew]).toEqual([false, true])

  // Read to its end, and left by its client in the middle: with the third, three are idle again.
  expect(await read.response.text()).toContain('"end"')
  const reader = left.response.body?.getReader()
  expect((await reader?.read())?.done).toBe(false)
  await reader?.cancel()
  const again = ['/v1/audit/entries', '/v1/audit/access', '/v1/audit/entries', '/v1/trust']
  const opened: boolean[] = []
  for (const path of again) opened.push((await call(path)).isNew)
  expect(opened).toEqual([false, false, false, true])
})

test('a platform takes little of the 128 MB of an isolate, for each call in hand has its own', async () => {
  const bindings = { DB: d1OnSqlite(), GUARD: d1OnSqlite('guard'), ...SET_UP }
  const { ports, settings, config } = await openWorker(bindings, systemClock)
  const before = process.memoryUsage().arrayBuffers
  const platforms = Array.from({ length: 8 }, () =>
    createPlatform(ports, settings, config.publicOrigin),
  )
  expect((process.memoryUsage().arrayBuffers - before) / platforms.length).toBeLessThan(2 ** 20)
})
