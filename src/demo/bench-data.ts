import { base64url, sha256, utf8 } from '../base/bytes.ts'
import { Fault } from '../base/fault.ts'
import { addDays, type Day, dayInTokyo, instant } from '../base/time.ts'
import { ISSUE_ALPHABET } from '../guarantee/auth-key.ts'
import type { Certificate } from '../guarantee/certificate.ts'
import { thumbprint } from '../guarantee/issuer-key.ts'
import type { RecordPayload } from '../guarantee/record.ts'
import type { Opened } from '../open.ts'
import { signerOf } from '../outside/crypto-node.ts'
import { createPlatform } from '../platform/platform.ts'

const ISSUER = { id: 'bench', iss: 'https://bench.example', name: '見本計測保証株式会社' }
const OWNER = { name: '見本市長', aliases: ['見本市'], code: '999999' }

/** Guarantees in one batch; two of five get an amendment, so a batch has 1.4 times as many records. */
const AT_ONCE = 500

/** The pair of the n-th guarantee, counted from 0: whoever measures has to know it. */
export function benchPair(n: number): { contractNumber: string; authKey: string } {
  const digits = String(n).padStart(11, '0')
  const bytes = sha256(utf8(`bench ${n}`)).subarray(0, 12)
  const symbols = Array.from(bytes, (byte) => ISSUE_ALPHABET[byte % ISSUE_ALPHABET.length])
  return { contractNumber: `${digits.slice(0, 5)}-${digits.slice(5)}`, authKey: symbols.join('') }
}

/** Signs records of the bench's issuer for one platform. */
export interface BenchSigner {
  publicJwk: { kty: 'OKP'; crv: 'Ed25519'; x: string }
  /** The seq 1 of the n-th guarantee, or with `prev` its amendment: a compact JWS. */
  record(n: number, prev?: string): string
}

/** @param seed 32 bytes, so that whoever measures can go on where the data ends */
export function benchSigner(seed: Uint8Array, platform: string, today: Day): BenchSigner {
  const { publicKey, sign } = signerOf(seed)
  const publicJwk = { kty: 'OKP', crv: 'Ed25519', x: base64url(publicKey) } as const
  const header = { alg: 'Ed25519', kid: thumbprint(publicJwk), typ: 'guarantee-record+jwt' }
  const head = base64url(utf8(JSON.stringify(header)))
  const iat = Date.parse(addDays(today, -1)) / 1000
  return {
    publicJwk,
    record(n, prev) {
      const signed = `${head}.${base64url(utf8(JSON.stringify(payloadOf(n, prev))))}`
      return `${signed}.${base64url(sign(utf8(signed)) as Uint8Array)}`
    },
  }

  function payloadOf(n: number, prev: string | undefined): RecordPayload {
    const seq = prev === undefined ? 1 : 2
    const place = n.toString(16).padStart(12, '0')
    return {
      iss: ISSUER.iss,
      aud: platform,
      iat,
      jti: `00000000-0000-7000-800${seq}-${place}`,
      ver: 1,
      sub: benchPair(n).contractNumber,
      seq,
      prev: prev === undefined ? null : base64url(sha256(utf8(prev))),
      event: seq === 1 ? 'issue' : 'amend',
      certificate: certificateOf(n, seq, today),
    }
  }
}

/** 前払金保証 of 40 %; an amendment adds a tenth to price and sum. */
function certificateOf(n: number, seq: number, today: Day): Certificate {
  const price = (10_000_000 + (n % 997) * 100_000) * (seq === 1 ? 1 : 1.1)
  const end = addDays(today, 300)
  return {
    kind: 'advance_payment',
    contractNumber: benchPair(n).contractNumber,
    owner: { name: OWNER.name, code: OWNER.code },
    contractor: { name: `見本建設${n % 5000}株式会社`, address: '静岡県富士市永田町一丁目100番地' },
    worksName: `市道本町${n % 300}号線 道路改良工事（第${(n % 9) + 1}工区）`,
    worksNumber: `R8-${n}`,
    worksCategory: 'works',
    worksContractDate: addDays(today, -30),
    worksPeriod: { start: addDays(today, -29), end },
    contractPrice: Math.round(price),
    guaranteedAmount: Math.round(price * 0.4),
    depositBank: '駿河あおい銀行 富士支店',
    coverage: { end },
    documentDate: addDays(today, -10),
    lowBid: false,
    terms: { id: 'bench-2026', title: '前払金保証約款' },
    issuerName: ISSUER.name,
  }
}

/**
 * Fills an empty database with `count` guarantees of 1.4 versions, every record signed and taken in
 * as any other. Their auth keys can be worked out by anybody: for measuring, never for use.
 * @param seed of the issuer's key
 * @throws Fault state_conflict where something is registered already
 */
export async function loadBenchData(
  { ports, settings }: Opened,
  count: number,
  seed: Uint8Array,
  progress: (guarantees: number) => void = () => {},
): Promise<void> {
  // What was signed here a moment ago need not be verified to be stored as it is.
  const platform = createPlatform({ ...ports, verifyJws: () => true }, settings, '')
  if ((await platform.issuers.list()).length > 0) {
    throw new Fault('state_conflict', 'Something is registered here. Use an empty DATA_DIR.')
  }
  const today = dayInTokyo(instant(ports.clock.now()))
  const signer = benchSigner(seed, settings.platform, today)
  await platform.issuers.add(ISSUER, signer.publicJwk)
  await platform.owners.add({
    ...OWNER,
    start: { date: '2025-04-01', basis: 'contract_date' },
    kinds: ['advance_payment'],
    issuerClasses: ['surety_company'],
    departments: [],
  })
  for (let from = 0; from < count; from += AT_ONCE) {
    const numbers = Array.from({ length: Math.min(AT_ONCE, count - from) }, (_, i) => from + i)
    const first = numbers.map((n) => signer.record(n))
    const lines = [
      ...numbers.map((n, i) => ({ record: first[i] as string, authKey: benchPair(n).authKey })),
      ...numbers.flatMap((n, i) => (n % 5 < 2 ? { record: signer.record(n, first[i]) } : [])),
    ]
    for (const outcome of await platform.intakeBatch(lines)) {
      if ('fault' in outcome) throw outcome.fault
    }
    progress(from + numbers.length)
  }
}
