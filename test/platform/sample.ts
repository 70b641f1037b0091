import { base64url } from '../../src/base/bytes.ts'
import type { Certificate } from '../../src/guarantee/certificate.ts'
import type { RecordPayload } from '../../src/guarantee/record.ts'
import type { Platform } from '../../src/platform/platform.ts'
import type { Clock } from '../../src/ports.ts'

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

/** A clock that stands still, at the day of the sample. */
export function newClock(): TestClock {
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

/** The company and the owner of the sample, with the company's key. */
export async function registerParties(
  { issuers, owners }: Platform,
  publicJwk: JsonWebKey,
): Promise<void> {
  await issuers.add({
    id: 'east',
    iss: 'https://east.example.jp',
    name: 'あかし東建設業保証株式会社',
    phone: '054-000-0000',
    hours: '平日 9時から17時',
  })
  await issuers.keyAdd('east', publicJwk)
  await owners.add({
    name: '富士市長',
    aliases: ['富士市'],
    code: '222101',
    start: { date: '2025-11-14', basis: 'contract_date' },
    kinds: ['advance_payment', 'interim_advance_payment', 'contract'],
    issuerClasses: ['surety_company'],
    departments: [],
  })
}
