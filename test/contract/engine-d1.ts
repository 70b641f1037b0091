import { applyD1Migrations } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import type { D1Database } from '@cloudflare/workers-types'
import { openWorker } from '../../src/open/worker.ts'
import { freeRoomD1 } from '../../src/outside/d1-room.ts'
import { openD1 } from '../../src/store/d1.ts'
import { ENVIRONMENT, type Engine } from './engine.ts'

/** D1 in workerd, opened as the Worker opens it. */
export const d1: Engine = {
  async newDatabase() {
    await empty(env.DB)
    await empty(env.GUARD)
    await applyD1Migrations(env.DB, env.MIGRATIONS)
    await applyD1Migrations(env.GUARD, env.GUARD_MIGRATIONS)
    return {
      open: () => openD1(env.DB),
      start: (clock) => openWorker({ DB: env.DB, GUARD: env.GUARD, ...ENVIRONMENT }, clock),
      freeRoom: () => freeRoomD1(env.DB),
    }
  },
}

const OWN_TABLES =
  "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT GLOB 'sqlite_*' AND name NOT GLOB '_cf_*' ORDER BY rowid DESC"

/** By dropping every table, those that refer to others first: `reset` of cloudflare:test now and then leaves the last file's rows. */
async function empty(db: D1Database): Promise<void> {
  const { results } = await db.prepare(OWN_TABLES).all<{ name: string }>()
  const drops = results.map(({ name }) => db.prepare(`DROP TABLE "${name}"`))
  await db.batch([db.prepare('PRAGMA defer_foreign_keys = on'), ...drops])
}
