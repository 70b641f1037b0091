import { expect } from 'vitest'
import type { z } from 'zod'
import { createApp } from '../../src/app.ts'
import { base64url } from '../../src/base/bytes.ts'
import { instant } from '../../src/base/time.ts'
import { type RecordPayload, readRecord, signCompact } from '../../src/guarantee/record.ts'
import { parseTrust } from '../../src/log/bundle.ts'
import { accountsOf } from '../../src/open/accounts.ts'
import { siteOf } from '../../src/open/site.ts'
import { trustDocument } from '../../src/platform/door/schemas.api.ts'
import { createHealth } from '../../src/platform/log/health.ts'
import { createPlatform, type Platform } from '../../src/platform/platform.ts'
import type { Ports } from '../../src/ports.ts'
import type { Store } from '../../src/store/store.ts'
import { edgeSource } from '../../src/web/source.ts'
import {
  AUTH_KEY,
  certificate,
  NUMBER,
  newClock,
  payload,
  registerParties,
  type Signer,
  type TestClock,
} from '../platform/sample.ts'
import type { Database, Engine } from './engine.ts'

export const PAIR = { contractNumber: NUMBER, authKey: AUTH_KEY }

/** The contract number of the nth guarantee. */
export const numbered = (n: number) => `12345-${String(n).padStart(6, '0')}`

/** RFC 8037 Appendix A: one key for both engines, whose signatures are always the same. */
export const KEY: Signer = {
  kid: 'kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k',
  publicJwk: { kty: 'OKP', crv: 'Ed25519', x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo' },
  privateJwk: {
    kty: 'OKP',
    crv: 'Ed25519',
    x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo',
    d: 'nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A',
  },
}

export interface Reply {
  status: number
  headers: Headers
  bytes: Uint8Array
  text: string
  /** The JSON body, with exactly the members of the schema. */
  read<T>(schema: z.ZodType<T>): T
}

/** The whole product over one database, asked as the entry of the runtime asks it. */
export interface Line {
  ports: Ports
  platform: Platform
  clock: TestClock
  database: Database
  get(path: string, headers?: Record<string, string>): Promise<Reply>
  /** Statements run so far, one by one and in commits. */
  statements(): number
  post(path: string, body: unknown): Promise<Reply>
  /** Posts JSON lines. */
  postLines(path: string, lines: readonly string[]): Promise<Reply>
  postForm(path: string, fields: Record<string, string>): Promise<Reply>
  /** Signs seq 1, or what follows the record `before`; the nth signature has the nth jti. */
  sign(change: Partial<RecordPayload>, before?: string): Promise<string>
}

/** A new database with the company and the owner of the sample. */
export async function newLine({ newDatabase }: Engine): Promise<Line> {
  const line = await openLine(await newDatabase(), newClock())
  await registerParties(line.platform, KEY.publicJwk)
  return line
}

/** One more process or isolate over the same database. */
export async function openLine(
  database: Database,
  clock: TestClock,
  change: Partial<Ports> = {},
): Promise<Line> {
  const { settings, config, ...started } = await database.start(clock)
  const { store, statements } = counting(started.ports.store)
  const ports = { ...started.ports, store, report: () => {}, ...change }
  const platform = createPlatform(ports, settings, config.publicOrigin)
  const app = createApp({
    ports,
    platform,
    accounts: accountsOf(started, config, platform.access),
    health: createHealth(ports, settings, database.freeRoom),
    site: siteOf(config, false),
    sourceOf: edgeSource,
    logPublic: true,
    sample: undefined,
  })
  async function ask(path: string, init?: RequestInit): Promise<Reply> {
    const response = await app.fetch(new Request(config.publicOrigin + path, init))
    const bytes = new Uint8Array(await response.arrayBuffer())
    const text = new TextDecoder().decode(bytes)
    return {
      status: response.status,
      headers: response.headers,
      bytes,
      text,
      read(schema) {
        const value: unknown = JSON.parse(text)
        const parsed = schema.parse(value)
        expect(parsed).toEqual(value)
        return parsed
      },
    }
  }
  const send = (path: string, body: string, type: string) =>
    ask(path, {
      method: 'POST',
      body,
      headers: { 'content-type': type, origin: config.publicOrigin },
    })
  let signed = 0
  return {
    ports,
    platform,
    clock,
    database,
    get: (path, headers = {}) => ask(path, { headers }),
    statements,
    post: (path, body) => send(path, JSON.stringify(body), 'application/json'),
    postLines: (path, lines) => send(path, lines.join('\n'), 'application/x-ndjson'),
    postForm: (path, fields) =>
      send(path, String(new URLSearchParams(fields)), 'application/x-www-form-urlencoded'),
    sign(change, before) {
      signed += 1
      const jti = `0198c0de-0000-7000-8000-${String(signed).padStart(12, '0')}`
      const prev = before === undefined ? null : base64url(readRecord(before).sha256)
      const record = payload({ jti, prev, ...change })
      return signCompact({ typ: 'guarantee-record+jwt' }, record, KEY.privateJwk as never)
    },
  }
}

function counting(store: Store): { store: Store; statements: () => number } {
  let count = 0
  const counted = (deed: Store['commit']): Store['commit'] => {
    return (queries) => {
      count += queries.length
      return deed(queries)
    }
  }
  return {
    statements: () => count,
    store: {
      ...store,
      all(query) {
        count += 1
        return store.all(query)
      },
      commit: counted(store.commit),
      commitAside: counted(store.commitAside),
    },
  }
}

/** Submits seq 1 with the key of the sample. */
export async function submit(line: Line, record: string): Promise<Reply> {
  return line.post('/v1/records', { record, authKey: AUTH_KEY })
}

/** What somebody checks with who has pinned the trust document. */
export async function pinned({ get, ports, clock }: Line) {
  const trust = parseTrust((await get('/v1/trust')).read(trustDocument))
  if (!trust) throw new Error('the trust document cannot be read')
  const { verifyJws, verifyEd25519 } = ports
  return { trust, tools: { verifyJws, verifyEd25519, now: instant(clock.now()) } }
}

/** Seq 1 and its amendment to 19,000,000 yen, a second apart. */
export async function amended(line: Line): Promise<[string, string]> {
  const first = await line.sign({})
  expect((await submit(line, first)).status).toBe(201)
  line.clock.pass(1000)
  const change = { seq: 2, event: 'amend', certificate: certificate({ guaranteedAmount: 19e6 }) }
  const second = await line.sign(change as never, first)
  expect((await line.post('/v1/records', { record: second })).status).toBe(201)
  line.clock.pass(1000)
  return [first, second]
}
