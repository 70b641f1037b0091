// First, before anything that an older Node could not load.
import './refuse-old-node.ts'
import { readdirSync } from 'node:fs'
import { createServer, type RequestListener, type ServerOptions } from 'node:http'
import { fileURLToPath } from 'node:url'
import { serve } from '@hono/node-server'
import { serveStatic } from '@hono/node-server/serve-static'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import { Hono } from 'hono'
import { etag } from 'hono/etag'
import { createApp } from './app.ts'
import type { Doors } from './base/door.ts'
import { Fault } from './base/fault.ts'
import { type Config, ConfigError, readConfig } from './config.ts'
import { loadDemo, SAMPLE } from './demo.ts'
import { createDesk, type Desk } from './open/desk.ts'
import { deskAlone, deskHere } from './open/desk-ports.ts'
import { signedInLater } from './open/signed-in-later.page.ts'
import { siteOf } from './open/site.ts'
import { mayBeDemo, type Opened, openNode, pinnedTrust } from './open.ts'
import { systemClock } from './outside/clock.ts'
import { directDoors } from './outside/direct-doors.ts'
import { fullestDisk } from './outside/disk.ts'
import { SecretsError } from './outside/secrets.ts'
import { sendBlocks } from './outside/send-blocks.ts'
import { createHealth } from './platform/log/health.ts'
import { createPlatform, type Platform } from './platform/platform.ts'
import { isDemoLoaded } from './platform/settings.ts'
import { StoreFault } from './store/store.ts'
import { FILE_HEADERS } from './web/answer.ts'
import { socketSource } from './web/source.ts'

const PUBLIC = fileURLToPath(new URL('../public', import.meta.url))
const CLOSE_WITHIN = 8000
/** Milliseconds in which a head has to be here, and a whole request: 20 MB at 1.4 Mbit/s. */
const PATIENCE = {
  headersTimeout: 10_000,
  requestTimeout: 120_000,
  connectionsCheckingInterval: 2000,
}
/** Milliseconds after which a connection on which nothing moves is closed. */
const IDLE = 120_000
const HOUSEKEEPING_EVERY = 60_000
const SENDING_EVERY = 2000
const MAILING_EVERY = 5000
/** Addresses to listen on, which nobody can be told to open. */
const EVERYWHERE = /^http:\/\/(?:0\.0\.0\.0|\[::\])[:/]?/

try {
  const config = readConfig(process.env)
  if (config.d1Config !== undefined) {
    throw new ConfigError(
      'DATABASE_URL=d1: is for the command line. On D1 the server is the Worker: npm run worker.',
    )
  }
  const asDemo = config.platformElsewhere === undefined && config.demo !== false
  const opened = await openNode(config, systemClock, asDemo && mayBeDemo(config))
  if (opened.settings.demo && config.platformElsewhere !== undefined) {
    throw new ConfigError(
      'This database holds the demo, which has its platform with it. Unset PLATFORM_URL, or use another DATA_DIR.',
    )
  }
  if (opened.settings.demo && !(await isDemoLoaded(opened.ports.store))) {
    await loadDemo(opened, config.publicOrigin)
  }
  listen(config, opened, opened.settings.demo ? await demoSignIns(opened, config) : [])
} catch (error) {
  const sentence = refusalOf(error)
  if (sentence === undefined) throw error
  process.stderr.write(`${sentence}\n`)
  process.exitCode = 1
}

/** The demo's people, made at its first start; loaded here, for a server of real use has none. */
async function demoSignIns(opened: Opened, config: Config): Promise<string[]> {
  const { loadDemoAccounts } = await import('./demo/accounts.ts')
  return loadDemoAccounts(opened, config)
}

/** What the operator can put right, in a sentence; anything else is a fault of ours. */
function refusalOf(error: unknown): string | undefined {
  if (error instanceof ConfigError || error instanceof SecretsError || error instanceof Fault) {
    return error.message
  }
  const { code = '', message } = (
    error instanceof StoreFault ? error.cause : error
  ) as NodeJS.ErrnoException
  // EACCES, SQLITE_NOTADB, but not ERR_INVALID_ARG_TYPE.
  if (!/^(?:E[A-Z]+|SQLITE_[A-Z_]+)$/.test(code)) return undefined
  return `The data cannot be opened: ${message} (${code}). Check DATA_DIR, DATABASE_URL and SECRETS_FILE.`
}

/** The desk beside its platform, or alone against one elsewhere. */
function deskOf(config: Config, opened: Opened, platform: Platform): Desk {
  const { platformElsewhere: url } = config
  return createDesk(
    url === undefined ? deskHere(opened, platform) : deskAlone(opened, url, pinnedTrust(config)),
    config,
  )
}

/** @param signIns lines that tell how to sign in to the demo, on its first start */
function listen(config: Config, opened: Opened, signIns: readonly string[]): void {
  const { ports, settings } = opened
  const platform = createPlatform(ports, settings, config.publicOrigin)
  const desk = deskOf(config, opened, platform)
  const site = siteOf(config, settings.demo)
  const houses = [
    keepHouse(platform.housekeeping, HOUSEKEEPING_EVERY),
    keepHouse(desk.sender.run, SENDING_EVERY),
    keepHouse(async () => void (await desk.sendMails()), MAILING_EVERY),
  ]
  const { access } = platform
  const sourceOf = socketSource(config.trustProxy)
  const doors: Doors = new Map()
  const app = createApp({
    ports,
    platform,
    health: createHealth(ports, settings, () => freeDisk(config)),
    site,
    signedIn: signedInLater(async () => {
      const { signedInHere } = await import('./open/signed-in.page.ts')
      return signedInHere(opened, config, { desk, access, site, sourceOf })
    }),
    sourceOf,
    logPublic: config.logPublic,
    sample: settings.demo ? SAMPLE : undefined,
    platformElsewhere: config.platformElsewhere,
    doors,
    sendBlocks({ env }, headers, blocks) {
      void sendBlocks(env.outgoing, headers, blocks)
      return RESPONSE_ALREADY_SENT
    },
  })
  const { fetch } = withPublicFiles(app)
  const { host: hostname, port } = config
  const listening = { fetch, hostname, port, createServer: serverOver(doors) }
  const server = serve(listening, () => {
    process.stdout.write([greeting(config, settings.demo), ...signIns].join(''))
  })
  if ('timeout' in server) server.timeout = IDLE
  server.on('error', (error: NodeJS.ErrnoException) => {
    const busy = `The port ${port} is in use. Set PORT to another one.`
    process.stderr.write(`${error.code === 'EADDRINUSE' ? busy : error.message}\n`)
    process.exit(1)
  })

  let stopping = false
  function stop(): void {
    // On Ctrl-C the terminal signals the whole group and npm sends the same again.
    if (stopping) return
    stopping = true
    // What is in flight ends first; a connection kept open after it must not hold the end up.
    if ('keepAliveTimeout' in server) server.keepAliveTimeout = 1
    platform.releaseWaiting()
    const kept = Promise.allSettled(houses.map((house) => house.stop()))
    const leave = () => void opened.close().then(() => process.exit(0))
    server.close(() => void kept.then(leave))
    setTimeout(leave, CLOSE_WITHIN).unref()
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
}

/** The server of node:http, whose hot calls go by {@link directDoors}. */
function serverOver(doors: Doors): typeof createServer {
  return ((_: ServerOptions, listener: RequestListener) =>
    createServer(PATIENCE, directDoors(doors, listener))) as typeof createServer
}

/** Does what is to be done again and again, one run after the other, until `stop`, which lets a run end. */
function keepHouse(deed: () => Promise<void>, every: number): { stop(): Promise<void> } {
  let run = Promise.resolve()
  let running = false
  const timer = setInterval(() => {
    if (running) return
    running = true
    run = deed()
      // What the store refuses is told by its own reports; the next run tries again.
      .catch((error: unknown) => process.stderr.write(`${String(error)}\n`))
      .then(() => {
        running = false
      })
  }, every)
  return {
    stop() {
      clearInterval(timer)
      return run
    },
  }
}

/** Serves `public/` before the app: only the names that stand there ask the file system. */
function withPublicFiles(app: Hono): Pick<Hono, 'fetch'> {
  const files = new Hono()
  const entries = readdirSync(PUBLIC, { withFileTypes: true })
    // `_headers` is for Workers, which does not serve it either.
    .filter(({ name }) => !name.startsWith('_'))
  for (const entry of entries) {
    const path = entry.isDirectory() ? `/${entry.name}/*` : `/${entry.name}`
    files.on(['GET', 'HEAD'], path, etag(), serveStatic({ root: PUBLIC, onFound: setHeaders }))
  }
  // By fetch and not by route(), which would leave the app's own answer to an unknown path behind.
  files.all('*', (c) => app.fetch(c.req.raw, c.env))
  const names = new Set(entries.map(({ name }) => name))
  return {
    fetch(request, env) {
      const [, name] = FIRST_NAME.exec(request.url) ?? []
      return (name === undefined || names.has(name) ? files : app).fetch(request, env)
    },
  }
}

/** The first name of a path that is spelled plainly: of no other is it said here that it is no file. */
const FIRST_NAME = /^https?:\/\/[^/]+\/([\w.-]*)(?=[/?#]|$)/

function setHeaders(_path: string, c: { header: (name: string, value: string) => void }): void {
  for (const [name, value] of Object.entries(FILE_HEADERS)) c.header(name, value)
}

async function freeDisk({ databasePath, guardPath }: Config): Promise<number> {
  return (await fullestDisk([databasePath, guardPath])).free
}

function greeting(config: Config, demo: boolean): string {
  const sample = [
    '見本データで動いています（sample data only）',
    `  保証契約番号  ${SAMPLE.contractNumber}`,
    `  認証キー      ${SAMPLE.authKey}`,
  ]
  const listens = `http://${config.host.includes(':') ? `[${config.host}]` : config.host}:${config.port}`
  return `${[
    `Akashi: ${config.publicOrigin}`,
    ...(listens === config.publicOrigin ? [] : [`  listens on ${listens}`]),
    ...(demo ? sample : []),
    ...(config.demo === true && !demo ? ['DEMO=1 has no effect here: see the README, DEMO.'] : []),
    ...(EVERYWHERE.test(config.publicOrigin)
      ? [`Set PUBLIC_ORIGIN: the pages tell people the address ${config.publicOrigin}.`]
      : []),
  ].join('\n')}\n`
}
