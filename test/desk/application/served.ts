import { once } from 'node:events'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { createAdaptorServer } from '@hono/node-server'
import { serveStatic } from '@hono/node-server/serve-static'
import { Hono } from 'hono'
import { onTestFinished } from 'vitest'
import { createApp } from '../../../src/app.ts'
import { readConfig } from '../../../src/config.ts'
import { accountsOf } from '../../../src/open/accounts.ts'
import { createHealth } from '../../../src/platform/log/health.ts'
import { socketSource } from '../../../src/web/source.ts'
import { type Desk, MEMBERS, newDesk, type Person } from './desk.ts'

export interface ServedDesk extends Desk {
  origin: string
}

/** A desk behind a real server; whoever carries the cookie `person` is signed in as that person. */
export async function serveDesk(): Promise<ServedDesk> {
  const desk = await newDesk()
  const { world, ports } = desk
  const app = createApp({
    ports: world.ports,
    platform: world.platform,
    accounts: accountsOf(
      world.opened,
      readConfig({ PUBLIC_ORIGIN: ports.site.origin }),
      world.platform.access,
    ),
    health: createHealth(world.ports, world.opened.settings, async () => 1),
    site: ports.site,
    sourceOf: socketSource(0),
    logPublic: true,
    sample: undefined,
    desk: {
      memberOf: async (request) => {
        const person = /(?:^|; )person=(\w+)/.exec(request.headers.get('cookie') ?? '')?.[1]
        return MEMBERS[person as Person]
      },
      applications: ports,
    },
  })
  const files = new Hono()
  const root = join(import.meta.dirname, '..', '..', '..', 'public')
  for (const path of ['/css/*', '/js/*', '/fonts/*', '/icon.svg', '/favicon.ico']) {
    files.get(path, serveStatic({ root }))
  }
  files.all('*', (c) => app.fetch(c.req.raw, c.env))
  const server = createAdaptorServer({ fetch: files.fetch }) as Server
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  return { ...desk, origin: `http://127.0.0.1:${port}` }
}
