import type { Config } from '../../src/config.ts'
import type { Started } from '../../src/open/start.ts'
import type { Clock } from '../../src/ports.ts'
import type { Store } from '../../src/store/store.ts'
import { PLATFORM } from '../platform/sample.ts'

/** A database with all migrations and nothing in it. */
export interface Database {
  /** One more way into it, as another process or another isolate would have. */
  open(): Store
  /** A start over it, as the entry of this runtime does. */
  start(clock: Clock): Promise<Started & { config: Config }>
  /** The share of it that may still be written. */
  freeRoom(): Promise<number>
}

/** What the suite runs on: SQLite in Node, D1 in workerd. */
export interface Engine {
  newDatabase(): Promise<Database>
}

/** Long ago, and always the same, so that both engines sign the same log. */
const secret = (fill: number) =>
  JSON.stringify([
    {
      id: '1',
      from: '2026-01-01T00:00:00.000Z',
      value: btoa(String.fromCharCode(...Array(32).fill(fill))),
    },
  ])

/** The environment of every start of the suite. */
export const ENVIRONMENT = {
  PUBLIC_ORIGIN: PLATFORM,
  LOG_KEY: secret(1),
  RECEIPT_KEY: secret(2),
  AUTH_KEY_PEPPER: secret(3),
  DESK_KEK: secret(4),
  SESSION_SECRET: secret(5),
}

/** The engine of the runtime that this suite runs in. */
export async function engine(): Promise<Engine> {
  return navigator.userAgent === 'Cloudflare-Workers'
    ? (await import('./engine-d1.ts')).d1
    : (await import('./engine-sqlite.ts')).sqlite
}
