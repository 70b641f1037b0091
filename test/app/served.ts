import { once } from 'node:events'
import { createServer, type RequestListener, type Server, type ServerOptions } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { createAdaptorServer } from '@hono/node-server'
import type { Hono } from 'hono'
import { expect, onTestFinished } from 'vitest'
import type { z } from 'zod'
import { accountsPages } from '../../src/accounts/accounts.page.ts'
import { type AppParts, createApp } from '../../src/app.ts'
import type { Doors } from '../../src/base/door.ts'
import { readConfig } from '../../src/config.ts'
import { accountsOf } from '../../src/open/accounts.ts'
import { directDoors } from '../../src/outside/direct-doors.ts'
import { problemDetails } from '../../src/platform/door/schemas.api.ts'
import { createHealth } from '../../src/platform/log/health.ts'
import { socketSource } from '../../src/web/source.ts'
import { AUTH_KEY, NUMBER, PLATFORM, type World } from '../platform/world.ts'

/** Number and key of the sample. */
export const PAIR = { contractNumber: NUMBER, authKey: AUTH_KEY }

const INSTANCE = /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/

/** An answer as it came over the wire. */
export interface Reply {
  status: number
  headers: Headers
  text: string
  /** The JSON body; it has exactly the members of the schema, no more. */
  read<T>(schema: z.ZodType<T>): T
  /** The body as problem details, with everything that every problem must have. */
  problem(): z.infer<typeof problemDetails>
}

export interface Served {
  app: Hono
  origin: string
  request(path: string, init?: RequestInit): Promise<Reply>
  get(path: string): Promise<Reply>
  /** Posts JSON; a string or bytes go as they are. */
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<Reply>
  /** Bytes as no client would send them; the whole answer as text. */
  raw(text: string): Promise<string>
}

/** The app over a world, behind a real server on a port of its own, until the test ends. */
export async function serve(world: World, change: Partial<AppParts> = {}): Promise<Served> {
  const { access } = world.platform
  const { clock } = world.ports
  const site = { origin: PLATFORM, demo: false }
  const sourceOf = socketSource(0)
  const accounts = accountsOf(world.opened, readConfig({ PUBLIC_ORIGIN: PLATFORM }), access)
  const doors: Doors = new Map()
  const app = createApp({
    ports: world.ports,
    platform: world.platform,
    health: createHealth(world.ports, world.opened.settings, async () => 1),
    site,
    sourceOf,
    logPublic: true,
    sample: undefined,
    doors,
    signedIn: accountsPages({ accounts, access, clock, site, sourceOf }, '/desk/*'),
    ...change,
  })
  const past = (options: ServerOptions, listener: RequestListener) =>
    createServer(options, directDoors(doors, listener))
  const server = createAdaptorServer({
    fetch: app.fetch,
    createServer: past as typeof createServer,
  }) as Server
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  const origin = `http://127.0.0.1:${port}`
  const request = async (path: string, init: RequestInit = {}) =>
    replyOf(await fetch(origin + path, { redirect: 'manual', ...init }))
  return {
    app,
    origin,
    request,
    get: (path) => request(path),
    post: (path, body, headers = { 'content-type': 'application/json' }) =>
      request(path, { method: 'POST', headers, body: bodyOf(body) }),
    raw: (text) => exchange(port, text),
  }
}

async function replyOf(response: Response): Promise<Reply> {
  const { status, headers } = response
  const text = await response.text()
  function read<T>(schema: z.ZodType<T>): T {
    const value: unknown = JSON.parse(text)
    const parsed = schema.parse(value)
    expect(parsed).toEqual(value)
    return parsed
  }
  return {
    status,
    headers,
    text,
    read,
    problem() {
      expect(headers.get('content-type')).toBe('application/problem+json')
      const problem = read(problemDetails)
      expect(problem.status).toBe(status)
      expect(problem.type).toBe(`urn:akashi:fault:${problem.code}`)
      expect(problem.instance).toMatch(INSTANCE)
      expect(text).not.toMatch(/\n +at |\.ts:|node_modules|sqlite/i)
      return problem
    },
  }
}

function bodyOf(body: unknown): BodyInit {
  return typeof body === 'string' || body instanceof Uint8Array
    ? (body as BodyInit)
    : JSON.stringify(body)
}

async function exchange(port: number, text: string): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  const chunks: Buffer[] = []
  socket.on('data', (chunk) => chunks.push(chunk))
  socket.on('error', () => {})
  socket.write(text)
  await once(socket, 'close')
  return Buffer.concat(chunks).toString()
}

/** The payload of a compact JWS, unverified. */
export function claimsOf(jws: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(jws.split('.')[1] ?? '', 'base64url').toString())
}
