import type { Hono } from 'hono'
import { createApp } from './app.ts'
import { sendAsStream } from './audit/audit.api.ts'
import { Fault } from './base/fault.ts'
import { accountsOf } from './open/accounts.ts'
import { siteOf } from './open/site.ts'
import { type Bindings, openWorker } from './open/worker.ts'
import { systemClock } from './outside/clock.ts'
import { freeRoomD1 } from './outside/d1-room.ts'
import { createHealth } from './platform/log/health.ts'
import { createPlatform, type Platform } from './platform/platform.ts'
import { problem } from './web/answer.ts'
import { edgeSource } from './web/source.ts'

interface Open {
  app: Hono
  platform: Platform
  /** Its answer has a body that is still being made. */
  sending: boolean
}

/**
 * What of this isolate serves nobody now. Each serves one call at a time: Workers lets none wait for
 * what another one does, and takes away the work of one that is broken off. In which that happened
 * is never put back.
 */
const idle: Open[] = []

export default {
  async fetch(request: Request, env: Bindings): Promise<Response> {
    const open = await take(env)
    if (!open) return problem(CANNOT_START, crypto.randomUUID())
    const response = await open.app.fetch(request)
    if (!open.sending) idle.push(open)
    return response
  },

  /** Each minute, by the trigger of wrangler.toml. */
  async scheduled(_event: unknown, env: Bindings): Promise<void> {
    const open = await take(env)
    if (!open) return
    await open.platform.housekeeping()
    idle.push(open)
  },
}

const CANNOT_START = new Fault(
  'store_unavailable',
  'This installation cannot start. Its operator finds the reason in the log.',
)

/** One that serves nobody, or a new one; undefined while none can start. */
async function take(env: Bindings): Promise<Open | undefined> {
  try {
    return idle.pop() ?? (await open(env))
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    return undefined
  }
}

async function open(env: Bindings): Promise<Open> {
  const started = await openWorker(env, systemClock)
  const { ports, settings, config } = started
  const platform = createPlatform(ports, settings, config.publicOrigin)
  const app = createApp({
    ports,
    platform,
    accounts: accountsOf(started, config, platform.access),
    health: createHealth(ports, settings, () => freeRoomD1(env.DB)),
    site: siteOf(config, settings.demo),
    sourceOf: edgeSource,
    logPublic: config.logPublic,
    sample: undefined,
    sendBlocks(c, headers, blocks) {
      opened.sending = true
      return sendAsStream(c, headers, untilSent(opened, blocks))
    },
  })
  const opened: Open = { app, platform, sending: false }
  return opened
}

/** The call lasts as long as its body: read to its end, broken off or left by its client. */
async function* untilSent(open: Open, blocks: AsyncGenerator<Uint8Array>) {
  try {
    yield* blocks
  } finally {
    open.sending = false
    idle.push(open)
  }
}
