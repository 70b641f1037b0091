import { generateKeyPairSync } from 'node:crypto'
import { base64url, utf8 } from '../../src/base/bytes.ts'
import type { Certificate } from '../../src/guarantee/certificate.ts'
import {
  type Algorithm,
  type PublicJwk,
  type PublicKey,
  thumbprint,
} from '../../src/guarantee/issuer-key.ts'
import { type RecordPayload, signCompact } from '../../src/guarantee/record.ts'

export const TYP = 'guarantee-record+jwt'
export const PLATFORM = 'https://akashi.example.jp'

/** The certificate of the leaflet: 40.0 % of the price, everything in order. */
export function certificate(changes: Partial<Certificate> = {}): Certificate {
  return {
    kind: 'advance_payment',
    contractNumber: '12345-678901',
    owner: { name: '富士市', title: '富士市長', code: '222101' },
    contractor: { name: '駿河建設　株式会社', address: '静岡県富士市本町1-1' },
    worksName: '市道本町線道路改良工事',
    worksNumber: '第25-101号',
    worksCategory: 'works',
    worksContractDate: '2025-11-20',
    worksPeriod: { start: '2025-11-21', end: '2026-03-20' },
    contractPrice: 50_000_000,
    guaranteedAmount: 20_000_000,
    depositBank: '富士見銀行　本店',
    coverage: { start: '2025-11-21', end: '2026-03-20' },
    documentDate: '2025-11-25',
    lowBid: false,
    terms: { id: 'advance-2022', title: '前払金保証約款' },
    ...changes,
  }
}

/** A certificate without some members, as exactOptionalPropertyTypes lets nobody write undefined. */
export function without<T extends object, K extends keyof T>(whole: T, ...names: K[]): Omit<T, K> {
  const rest = { ...whole }
  for (const name of names) delete rest[name]
  return rest
}

export function payload(changes: Partial<RecordPayload> = {}): RecordPayload {
  return {
    iss: 'https://ejcs.example.jp',
    aud: PLATFORM,
    iat: 1_764_000_000,
    jti: '0199f3a4-5b6c-7d8e-9f00-112233445566',
    ver: 1,
    sub: '12345-678901',
    seq: 1,
    prev: null,
    event: 'issue',
    certificate: certificate(),
    ...changes,
  }
}

export interface TestKey {
  publicKey: PublicKey
  privateJwk: PublicJwk & { d: string }
}

export function newKey(alg: Algorithm): TestKey {
  const { privateKey } =
    alg === 'Ed25519'
      ? generateKeyPairSync('ed25519')
      : generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const privateJwk = privateKey.export({ format: 'jwk' }) as PublicJwk & { d: string }
  const { d: _, ...jwk } = privateJwk
  return { publicKey: { kid: thumbprint(jwk), alg, jwk }, privateJwk }
}

export function sign(claims: object, key: TestKey): Promise<string> {
  return signCompact({ typ: TYP }, claims, key.privateJwk)
}

/** A compact JWS of any header and payload, given as text or as what becomes JSON; unsigned. */
export function compact(
  header: unknown,
  claims: unknown = payload(),
  signature = new Uint8Array(64),
): string {
  const part = (value: unknown) =>
    base64url(utf8(typeof value === 'string' ? value : JSON.stringify(value)))
  return `${part(header)}.${part(claims)}.${base64url(signature)}`
}

export const HEADER = { alg: 'Ed25519', kid: 'x'.repeat(43), typ: TYP }
