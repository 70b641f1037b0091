import type { D1Database } from '@cloudflare/workers-types'
import { expect, onTestFinished, test, vi } from 'vitest'
import worker from '../../src/worker.ts'

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
