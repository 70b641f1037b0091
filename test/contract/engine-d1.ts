import { applyD1Migrations, reset } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { openWorker } from '../../src/open/worker.ts'
import { freeRoomD1 } from '../../src/outside/d1-room.ts'
import { openD1 } from '../../src/store/d1.ts'
import { ENVIRONMENT, type Engine } from './engine.ts'

/** D1 in workerd, opened as the Worker opens it. */
export const d1: Engine = {
  async newDatabase() {
    await reset()
    await applyD1Migrations(env.DB, env.MIGRATIONS)
    await applyD1Migrations(env.GUARD, env.GUARD_MIGRATIONS)
    return {
      open: () => openD1(env.DB),
      start: (clock) => openWorker({ DB: env.DB, GUARD: env.GUARD, ...ENVIRONMENT }, clock),
      freeRoom: () => freeRoomD1(env.DB),
    }
  },
}
