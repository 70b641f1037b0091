import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { SAMPLE } from '../src/demo.ts'
import { connection } from './support/connection.ts'
import { type RunningServer, startServer } from './support/server.ts'

const sources = join(import.meta.dirname, '..', 'src')
const COMMAND = [join(sources, 'launch.mjs'), join(sources, 'node.ts')]
const PUBLIC = join(import.meta.dirname, '..', 'public')

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'akashi-node-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

async function started(env: Record<string, string>): Promise<RunningServer> {
  const server = await startServer(env)
  onTestFinished(async () => void (await server.stop()))
  return server
}

async function lookup({ origin }: RunningServer): Promise<[number, string | undefined]> {
  const response = await fetch(`${origin}/v1/lookup`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(SAMPLE),
  })
  const { verdict } = (await response.json()) as { verdict?: string }
  return [response.status, verdict]
}

/** What a start that is refused says; it leaves with 1 and shows no stack. */
function refusal(env: Record<string, string>): string {
  const { PATH = '', HOME = '' } = process.env
  const options = { env: { PATH, HOME, ...env }, encoding: 'utf8', timeout: 20_000 } as const
  const { status, stdout, stderr } = spawnSync(process.execPath, COMMAND, options)
  expect([status, stdout]).toEqual([1, ''])
  expect(stderr).not.toMatch(/\n +at |\.ts:|node:internal/)
  return stderr
}

const BODY = JSON.stringify(SAMPLE)
const HEAD = `POST /v1/lookup HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: ${BODY.length}\r\n\r\n`

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))

describe('a start', { timeout: 30_000 }, () => {
  test('prints where it is and the pair, and the next one on the folder finds all as it was', async () => {
    const DATA_DIR = newFolder()
    const first = await started({ DATA_DIR })
    const greeting = [
      `Akashi: ${first.origin}`,
      '見本データで動いています（sample data only）',
      '  保証契約番号  12345-678901',
      '  認証キー      Z28YUE4J3Bux',
      '',
    ].join('\n')
    const file = join(DATA_DIR, 'demo-accounts.txt')
    // The sign-ins are printed this once; their file stays.
    expect(first.output()).toBe(`${greeting}${readFileSync(file, 'utf8')}  ${file}\n`)
    const trust = await (await fetch(`${first.origin}/v1/trust`)).text()
    expect(await lookup(first)).toEqual([200, 'verified'])
    expect(await first.stop()).toBe(0)

    expect(refusal({ DATA_DIR, HOST: '0.0.0.0', DEMO: '1' })).toBe(
      'This database holds the demo, which starts on loopback only and not with DEMO=0. Use another DATA_DIR for real use.\n',
    )

    const second = await started({ DATA_DIR })
    expect(second.output()).toBe(greeting.replace(first.origin, second.origin))
    expect(await (await fetch(`${second.origin}/v1/trust`)).text()).toBe(trust)
    expect(await lookup(second)).toEqual([200, 'verified'])
    for (const name of readdirSync(DATA_DIR)) {
      expect([name, statSync(join(DATA_DIR, name)).mode & 0o077]).toEqual([name, 0])
    }
  })

  test('for real use prints where it is alone, and knows no sample', async () => {
    const server = await started({ TRUST_PROXY: '1', DEMO: '1' })
    expect(server.output()).toBe(
      `Akashi: ${server.origin}\nDEMO=1 has no effect here: see the README, DEMO.\n`,
    )
    expect(await lookup(server)).toEqual([404, undefined])
  })

  test('with a wrong environment is refused with every fault at once', () => {
    expect(refusal({ DATA_DIR: newFolder(), PORT: 'x', TRUST_PROXY: 'all' })).toBe(
      'PORT is a whole number from 1 to 65535.\nTRUST_PROXY is a whole number from 0 to 10.\n',
    )
  })

  test('with secrets that cannot be read is refused by the name of their file', () => {
    const DATA_DIR = newFolder()
    const file = join(DATA_DIR, 'secrets.json')
    writeFileSync(file, 'null')
    expect(refusal({ DATA_DIR })).toMatch(
      /^\S+secrets\.json is not a JSON object or list\. Put your/,
    )
  })

  test('on data that cannot be opened is refused with what the system says', () => {
    const folder = newFolder()
    const file = join(folder, 'file')
    writeFileSync(
      file,
      'no database, and long enough that nobody takes it for an empty one'.repeat(20),
    )
    expect(refusal({ DATA_DIR: join(file, 'data') })).toMatch(
      /^The data cannot be opened: ENOTDIR: .+ Check DATA_DIR, DATABASE_URL and SECRETS_FILE\.\n$/,
    )
    expect(refusal({ DATA_DIR: folder, DATABASE_URL: `sqlite:${file}` })).toMatch(
      /^The data cannot be opened: file is not a database \(SQLITE_NOTADB\)\. .+\n$/,
    )
  })

  test('on a port that is in use is refused with the port', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    onTestFinished(() => void other.close())
    const { port } = other.address() as AddressInfo
    expect(refusal({ DATA_DIR: newFolder(), DEMO: '0', PORT: String(port) })).toBe(
      `The port ${port} is in use. Set PORT to another one.\n`,
    )
  })
})

/**
 * Until the server has read what was sent before: a connection that it takes in later is answered. One
 * whose request it has not begun to read is reset when it stops, as by any server.
 */
async function untilArrived({ port }: RunningServer): Promise<void> {
  const later = await connection(port)
  later.send('GET /healthz HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n')
  await later.untilClosed()
}

describe.concurrent('SIGTERM', { timeout: 30_000 }, () => {
  test('lets a request in flight end, takes no other, and leaves with 0 at once', async ({
    expect,
  }) => {
    const server = await startServer({ DEMO: '0' })
    const idle = await connection(server.port)
    idle.send('GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n')
    const busy = await connection(server.port)
    busy.send(HEAD + BODY.slice(0, 10))
    await pause(300)
    const stopped = server.stop()
    process.kill(server.pid, 'SIGTERM')
    expect(await idle.untilClosed()).toMatch(/^HTTP\/1\.1 200 /)
    await expect(fetch(server.origin)).rejects.toThrow()

    const since = Date.now()
    busy.send(BODY.slice(10))
    expect(await busy.untilClosed()).toMatch(/^HTTP\/1\.1 404 .*not_found_or_key_mismatch/s)
    expect(await stopped).toBe(0)
    expect(Date.now() - since).toBeLessThan(4000)
  })

  test('lets those go at once whose answers are held back', async ({ expect }) => {
    const server = await startServer({ DEMO: '0' })
    // Twenty failures of one number are free; what follows waits for two to ten seconds.
    const free = await Promise.all(Array.from({ length: 20 }, () => lookup(server)))
    expect(new Set(free.map(([status]) => status))).toEqual(new Set([404]))
    const held = await Promise.all(Array.from({ length: 10 }, () => connection(server.port)))
    for (const one of held) one.send(HEAD + BODY)
    let answered = 0
    const answers = held.map(async (one) => {
      const text = await one.untilClosed()
      answered++
      return text.slice(0, 12)
    })
    await untilArrived(server)
    await pause(300)
    expect(answered).toBeLessThan(held.length / 2)
    const since = Date.now()
    expect(await server.stop()).toBe(0)
    expect(Date.now() - since).toBeLessThan(4000)
    expect(new Set(await Promise.all(answers))).toEqual(new Set(['HTTP/1.1 404']))
  })

  test('waits for nobody longer than 10 seconds', async ({ expect }) => {
    const server = await startServer({ DEMO: '0' })
    const stuck = await connection(server.port)
    stuck.send(HEAD + BODY.slice(0, 10))
    await pause(300)
    const since = Date.now()
    expect(await server.stop()).toBe(0)
    expect(Date.now() - since).toBeLessThan(10_000)
    expect(await stuck.untilClosed()).toBe('')
  })
})

describe('beside the app', () => {
  let server: RunningServer
  beforeAll(async () => {
    server = await startServer({ DEMO: '0' })
  }, 30_000)
  afterAll(async () => void (await server.stop()))

  const TYPES: Record<string, string> = {
    '.css': 'text/css; charset=utf-8',
    '.js': 'text/javascript; charset=utf-8',
    '.svg': 'image/svg+xml; charset=utf-8',
    '.ico': 'image/x-icon',
    '.woff2': 'font/woff2',
    '.txt': 'text/plain; charset=utf-8',
  }

  function publicPaths(): string[] {
    const entries = readdirSync(PUBLIC, { recursive: true, withFileTypes: true })
    return entries
      .filter((entry) => entry.isFile() && !entry.name.startsWith('_'))
      .map((entry) => join(entry.parentPath, entry.name).slice(PUBLIC.length))
  }

  test('every file of public/ is served with its type and its guards, and kept by its etag', async () => {
    expect(publicPaths().length).toBeGreaterThan(10)
    for (const path of publicPaths()) {
      const response = await fetch(server.origin + path)
      expect([path, response.status]).toEqual([path, 200])
      const headers = Object.fromEntries(response.headers)
      expect({ path, ...headers }).toMatchObject({
        'content-type': TYPES[extname(path)],
        'cache-control': 'no-cache',
        'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
        'referrer-policy': 'no-referrer',
        'x-content-type-options': 'nosniff',
      })
      expect((await response.arrayBuffer()).byteLength).toBe(statSync(join(PUBLIC, path)).size)
      const kept = { headers: { 'if-none-match': headers.etag ?? '' } }
      expect((await fetch(server.origin + path, kept)).status).toBe(304)
      const head = await fetch(server.origin + path, { method: 'HEAD' })
      expect([head.status, await head.text()]).toEqual([200, ''])
    }
  })

  test.each(['/nothing', '/css', '/css/', '/css/nothing.css', '/public/css/base.css', '/_headers'])(
    '%s is the page of what is not there',
    async (path) => {
      const response = await fetch(server.origin + path)
      expect(response.status).toBe(404)
      expect(response.headers.get('content-security-policy')).toContain("script-src 'self'")
      expect(await response.text()).toMatch(/^<!doctype html>/)
    },
  )

  test.each(['/%63ss/base.css', '/css/%62ase.css', '/css/base.css?a=/nothing'])(
    '%s is the file, however its address is spelled',
    async (path) => {
      const response = await fetch(server.origin + path)
      const { headers, status } = response
      expect([status, headers.get('content-type')]).toEqual([200, 'text/css; charset=utf-8'])
      expect(await response.text()).toBe(
        await (await fetch(`${server.origin}/css/base.css`)).text(),
      )
    },
  )

  test('an unknown call of the API is a problem here too', async () => {
    const response = await fetch(`${server.origin}/v1/nothing`)
    expect([response.status, response.headers.get('content-type')]).toEqual([
      404,
      'application/problem+json',
    ])
  })

  test('a file is read and never posted to', async () => {
    for (const method of ['POST', 'PUT', 'DELETE']) {
      const headers = { origin: server.origin, 'content-type': 'application/json' }
      const response = await fetch(`${server.origin}/css/base.css`, { method, headers })
      expect([method, response.status]).toEqual([method, 404])
    }
  })

  test.each([
    '/css/../../package.json',
    '/css/%2e%2e/%2e%2e/package.json',
    '/css/..%2f..%2fpackage.json',
    '/css/..%5c..%5cpackage.json',
    '/css/%252e%252e/%252e%252e/package.json',
    '/css//../../package.json',
    '/css/%00',
    '/css/%ff',
  ])('%s leads to no file outside public/', async (path) => {
    const socket = await connection(server.port)
    socket.send(`GET ${path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`)
    const answer = await socket.untilClosed()
    expect(answer).toMatch(/^HTTP\/1\.1 40[04] /)
    expect(answer).not.toContain('"private"')
  })
})
