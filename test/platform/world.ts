import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { base64url } from '../../src/base/bytes.ts'
import { readConfig } from '../../src/config.ts'
import type { Certificate } from '../../src/guarantee/certificate.ts'
import { type RecordPayload, readRecord, signCompact } from '../../src/guarantee/record.ts'
import { type Opened, openNode } from '../../src/open.ts'
import { createPlatform, type Platform } from '../../src/platform/platform.ts'
import type { Clock, Ports } from '../../src/ports.ts'

export const PLATFORM = 'https://hosho.example.lg.jp'
export const START = Date.parse('2026-02-03T05:00:00.000Z')
export const NUMBER = '12345-678901'
export const AUTH_KEY = 'Z28YUE4J3Bux'

export interface Signer {
  kid: string
  privateJwk: JsonWebKey
  publicJwk: JsonWebKey
}

/** A key pair of an issuer. */
export async function newKey(alg: 'Ed25519' | 'ES256' = 'Ed25519'): Promise<Signer> {
  const how = alg === 'Ed25519' ? { name: 'Ed25519' } : { name: 'ECDSA', namedCurve: 'P-256' }
  const pair = (await crypto.subtle.generateKey(how, true, ['sign', 'verify'])) as CryptoKeyPair
  const [privateJwk, publicJwk] = await Promise.all(
    [pair.privateKey, pair.publicKey].map((key) => crypto.subtle.exportKey('jwk', key)),
  )
  const { kty, crv, x, y } = publicJwk as JsonWebKey
  const members = y === undefined ? { crv, kty, x } : { crv, kty, x, y }
  const hash = await crypto.subtle.digest(
    'SHA-256',
    new TextEncoder().encode(JSON.stringify(members)),
  )
  const plain = { ...members, alg } as JsonWebKey
  return {
    kid: base64url(new Uint8Array(hash)),
    publicJwk: plain,
    privateJwk: { ...plain, d: privateJwk?.d as string },
  }
}

/** The leaflet's certificate: 前払金保証, 20,000,000 yen of 50,000,000. */
export function certificate(change: Partial<Certificate> = {}): Certificate {
  return {
    kind: 'advance_payment',
    contractNumber: NUMBER,
    owner: { name: '富士市長' },
    contractor: { name: '髙田建設 株式会社' },
    worksName: '市道本町線 道路改良工事（第2工区）',
    worksCategory: 'works',
    worksContractDate: '2026-01-15',
    worksPeriod: { start: '2026-01-16', end: '2026-09-30' },
    contractPrice: 50_000_000,
    guaranteedAmount: 20_000_000,
    depositBank: '駿河あおい銀行 富士支店',
    coverage: { end: '2026-09-30' },
    documentDate: '2026-02-03',
    lowBid: false,
    terms: { id: 'akashi-2026', title: '前払金保証約款' },
    ...change,
  }
}

let count = 0

/** A payload of seq 1, changed as wished. */
export function payload(change: Partial<RecordPayload> = {}): RecordPayload {
  count += 1
  return {
    iss: 'https://east.example.jp',
    aud: PLATFORM,
    iat: START / 1000,
    jti: `0198c0de-0000-7000-8000-${String(count).padStart(12, '0')}`,
    ver: 1,
    sub: NUMBER,
    seq: 1,
    prev: null,
    event: 'issue',
    certificate: certificate(change.sub === undefined ? {} : { contractNumber: change.sub }),
    ...change,
  } as RecordPayload
}

/** Stands still unless told otherwise. */
export interface TestClock extends Clock {
  /** Time goes by, on both clocks. */
  pass(milliseconds: number): void
  /** Somebody sets the wall clock; the monotonic one does not notice. */
  turn(milliseconds: number): void
}

export interface World {
  ports: Ports
  opened: Opened
  platform: Platform
  clock: TestClock
  issuer: Signer
  dataDir: string
  /** What was written for the operator. */
  reports: { event: string; facts: Record<string, unknown> }[]
  sign(record: RecordPayload, key?: Signer): Promise<string>
  /** Submits seq 1 with the sample key, and the given changes after it; the records, in order. */
  issue(...changes: Partial<RecordPayload>[]): Promise<string[]>
  lookup(change?: object): ReturnType<Platform['lookup']['byPair']>
  /** A platform over the same database whose ports are changed. */
  over(change: Partial<Ports>): Platform
  /** A second node on the same folder, with the same clock. */
  another(): Promise<World>
  /** Closes, so that files may be changed; then opens the same folder again, perhaps set otherwise. */
  reopen(change?: { env?: Record<string, string>; meanwhile?: () => void }): Promise<World>
}

/** A real platform on a real SQLite file in a folder of its own, with a clock that stands still. */
export async function newWorld(env: Record<string, string> = {}): Promise<World> {
  // Memory where there is some: hundreds of commits wait for a disk that proves nothing here.
  const folder = existsSync('/dev/shm') ? '/dev/shm' : tmpdir()
  const dataDir = mkdtempSync(join(folder, 'akashi-world-'))
  onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }))
  const world = await openWorld(dataDir, env, await newKey(), newClock())
  const { issuers, owners } = world.platform
  await issuers.add({
    id: 'east',
    iss: 'https://east.example.jp',
    name: 'あかし東建設業保証株式会社',
    phone: '054-000-0000',
    hours: '平日 9時から17時',
  })
  await issuers.keyAdd('east', world.issuer.publicJwk)
  await owners.add({
    name: '富士市長',
    aliases: ['富士市'],
    code: '222101',
    start: { date: '2025-11-14', basis: 'contract_date' },
    kinds: ['advance_payment', 'interim_advance_payment', 'contract'],
    issuerClasses: ['surety_company'],
    departments: [],
  })
  return world
}

function newClock(): TestClock {
  let wall = START
  let monotonic = 0
  return {
    now: () => wall,
    monotonic: () => monotonic,
    sleep: () => new Promise((resolve) => setImmediate(resolve)),
    pass(milliseconds) {
      wall += milliseconds
      monotonic += milliseconds
    },
    turn(milliseconds) {
      wall += milliseconds
    },
  }
}

async function openWorld(
  dataDir: string,
  env: Record<string, string>,
  issuer: Signer,
  clock: TestClock,
): Promise<World> {
  const config = readConfig({ DATA_DIR: dataDir, PUBLIC_ORIGIN: PLATFORM, ...env })
  const opened = await openNode(config, clock, false)
  const reports: World['reports'] = []
  const report: Ports['report'] = (event, facts) => void reports.push({ event, facts })
  const ports = { ...opened.ports, report }
  const platform = createPlatform(ports, opened.settings, PLATFORM)
  let closed = false
  const close = async () => {
    if (!closed) await opened.close()
    closed = true
  }
  onTestFinished(close)
  const sign = (record: RecordPayload, key = issuer) =>
    signCompact({ typ: 'guarantee-record+jwt' }, record, key.privateJwk as never)
  return {
    ports,
    opened,
    platform,
    clock,
    issuer,
    dataDir,
    reports,
    sign,
    async issue(...changes) {
      const records: string[] = []
      for (const [i, change] of [{}, ...changes].entries()) {
        const last = records.at(-1)
        const prev = last === undefined ? null : base64url(readRecord(last).sha256)
        const record = await sign(
          payload({ seq: i + 1, prev, event: i === 0 ? 'issue' : 'amend', ...change }),
        )
        await platform.intake({ record, ...(i === 0 && { authKey: AUTH_KEY }) })
        records.push(record)
        clock.pass(1000)
      }
      return records
    },
    lookup: (change = {}) =>
      platform.lookup.byPair(
        { contractNumber: NUMBER, authKey: AUTH_KEY },
        { evidence: true, ...change },
      ),
    over: (change) => createPlatform({ ...ports, ...change }, opened.settings, PLATFORM),
    another: () => openWorld(dataDir, env, issuer, clock),
    async reopen(change = {}) {
      await close()
      change.meanwhile?.()
      return openWorld(dataDir, { ...env, ...change.env }, issuer, clock)
    },
  }
}
