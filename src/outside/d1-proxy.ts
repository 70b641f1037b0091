import { dirname, join } from 'node:path'
import type { D1Database } from '@cloudflare/workers-types'

/** The databases of an installation on Workers, reached from Node. */
export interface D1Proxy {
  DB: D1Database
  GUARD: D1Database
  close(): Promise<void>
}

/**
 * The D1 databases that a wrangler configuration binds, by wrangler's own way into them: those on
 * this machine, unless the configuration says `remote`. Until `close` whatever is logged goes to
 * stderr: wrangler tells on stdout what it does, where answers are to stand alone.
 * @throws Error where wrangler is not installed, or the configuration cannot be read
 */
export async function openD1Proxy(configPath: string): Promise<D1Proxy> {
  const { log } = console
  const unmute = () => {
    console.log = log
  }
  console.log = console.error
  try {
    const { getPlatformProxy } = await import('wrangler')
    // Where wrangler keeps them, from whichever folder the command is given.
    const path = join(dirname(configPath), '.wrangler', 'state', 'v3')
    const { env, dispose } = await getPlatformProxy<Omit<D1Proxy, 'close'>>({
      configPath,
      persist: { path },
    })
    return { DB: env.DB, GUARD: env.GUARD, close: () => dispose().finally(unmute) }
  } catch (error) {
    unmute()
    throw error
  }
}
