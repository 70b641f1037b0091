// What the suite needs of workerd's own modules. The whole of @cloudflare/workers-types would put
// the globals of Workers into every file that runs on Node.

declare module 'cloudflare:workers' {
  import type { D1Migration } from '@cloudflare/vitest-plugin'
  import type { D1Database } from '@cloudflare/workers-types'

  export const env: {
    DB: D1Database
    GUARD: D1Database
    MIGRATIONS: D1Migration[]
    GUARD_MIGRATIONS: D1Migration[]
  }
}

declare module 'cloudflare:test' {
  import type { D1Migration } from '@cloudflare/vitest-plugin'
  import type { D1Database } from '@cloudflare/workers-types'

  /** Applies what is not applied yet, and notes it as wrangler does. */
  export function applyD1Migrations(db: D1Database, migrations: D1Migration[]): Promise<void>
}
