import type { Identity, Ports } from '../../ports.ts'
import { kept } from '../../store/kept.ts'
import { createForkGuard } from './fork-guard.ts'
import { createTipReader } from './log-tip.ts'

type State = 'ok' | 'failed'

export interface HealthReport {
  status: State
  /** The database answers, the log agrees with its signed head, the guard with the log, and there is room. */
  checks: { database: State; log: State; guard: State; disk: State }
  log: { origin: string; size: number }
}

/** Share of a disk below which the platform calls itself not ready. */
export const LEAST_FREE = 0.05

/** Whether the platform can take records and answer look-ups. @param freeDisk share that is free */
export function createHealth(ports: Ports, identity: Identity, freeDisk: () => Promise<number>) {
  const forkGuard = createForkGuard(ports)
  const anySetting = kept(ports.store.db, (db) => db.selectFrom('setting').select('name').limit(1))

  return async function health(): Promise<HealthReport> {
    let size = 0
    const database = await state(async () => {
      await ports.store.all(anySetting())
    })
    const log = await state(async () => {
      // A reader of its own: what the writer remembers must not stand in for the database.
      size = (await createTipReader(ports, identity).read()).size
    })
    const guard = await state(async () => {
      await ports.guard.retry()
      await forkGuard.check(() => createTipReader(ports, identity).read())
    })
    const disk = await state(async () => {
      if ((await freeDisk()) < LEAST_FREE) throw new Error('less than 5 % of the disk is free')
    })
    const checks = { database, log, guard, disk }
    const status = Object.values(checks).includes('failed') ? 'failed' : 'ok'
    return { status, checks, log: { origin: identity.origin, size } }
  }

  async function state(check: () => Promise<void>): Promise<State> {
    try {
      await check()
      return 'ok'
    } catch (error) {
      ports.report('not_ready', { error: String(error) })
      return 'failed'
    }
  }
}

export type Health = ReturnType<typeof createHealth>
