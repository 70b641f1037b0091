import { createPrivateKey, createPublicKey, verify } from 'node:crypto'
import { base64, base64url, sha256, utf8 } from '../../src/base/bytes.ts'
import { type Instant, milliseconds } from '../../src/base/time.ts'
import type { Certificate } from '../../src/guarantee/certificate.ts'
import { canonicalJwk, type PublicJwk, thumbprint } from '../../src/guarantee/issuer-key.ts'
import { type RecordPayload, signCompact, type VerifyJws } from '../../src/guarantee/record.ts'
import type { Evidence, EvidenceKey, Receipt, TrustDocument } from '../../src/log/bundle.ts'
import { checkpointText, signNote, vkey } from '../../src/log/checkpoint.ts'
import { type Entry, formatEntry, type KeyEntry, parseEntry } from '../../src/log/entry.ts'
import { inclusionSteps, proofHashes } from '../../src/log/proof.ts'
import { formatProof } from '../../src/log/receipt.ts'
import { append, leafHash, type NodeRef, nodeId } from '../../src/log/tree.ts'
import type { Tools } from '../../src/verifier/report.ts'
import type { VerificationReceiptClaims } from '../../src/verifier/verification-receipt.ts'
import { keyPair, verifyEd25519 } from '../log/keys.ts'

const PLATFORM = 'https://platform.example'
export const ORIGIN = 'platform.example/akashi'
const NUMBER = '12345-678901'
const ISS = 'https://east.example'
const START = '2026-04-01T00:00:00.000Z'

/** A private Ed25519 JWK from a seed of one byte, 32 times. */
export function privateJwk(seed: number): PublicJwk & { d: string } {
  const prefix = Buffer.from('302e020100300506032b657004220420', 'hex')
  const der = Buffer.concat([prefix, Buffer.alloc(32, seed)])
  const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
  const { x, d } = key.export({ format: 'jwk' }) as { x: string; d: string }
  return { kty: 'OKP', crv: 'Ed25519', x, d }
}

export function publicJwk({ kty, crv, x }: PublicJwk): PublicJwk {
  return { kty, crv, x }
}

export const ISSUER_SEED = 11
export const RECEIPT_SEED = 21
export const issuerJwk = privateJwk(ISSUER_SEED)
export const otherJwk = privateJwk(12)
export const receiptJwk = privateJwk(RECEIPT_SEED)
const logKey = keyPair(31)

const verifyJws: VerifyJws = (jws, { jwk }) => {
  const [header, payload, signature] = jws.split('.') as [string, string, string]
  const key = createPublicKey({ key: { ...jwk }, format: 'jwk' })
  return verify(null, Buffer.from(`${header}.${payload}`), key, Buffer.from(signature, 'base64url'))
}

export const tools: Tools = { verifyJws, verifyEd25519, now: '2026-11-14T02:00:00.000Z' }

export const certificate: Certificate = {
  kind: 'advance_payment',
  contractNumber: NUMBER,
  owner: { name: '富士市長' },
  contractor: { name: '見本建設株式会社' },
  worksName: '市道改良工事',
  contractPrice: 50_000_000,
  guaranteedAmount: 20_000_000,
  coverage: { start: '2026-11-01', end: '2027-03-31' },
  documentDate: '2026-11-01',
  terms: { id: 'T1', title: '前払金保証約款' },
}

/** A log that grows as a test tells it, and the files that a platform with it would hand out. */
export class Scene {
  readonly entries: Uint8Array[] = []
  readonly versions: { seq: number; record: string; index: number }[] = []
  readonly keyEvents: { kid: string; event: EvidenceKey['event']; index: number }[] = []
  trust: TrustDocument = {
    format: 'akashi-trust/v1',
    platform: PLATFORM,
    log: { origin: ORIGIN, vkey: vkey(ORIGIN, logKey.publicKey), previous: [] },
    receiptKeys: [{ kid: thumbprint(receiptJwk), jwk: publicJwk(receiptJwk), notBefore: START }],
    issuers: [
      {
        id: 'east',
        iss: ISS,
        name: '東日本見本保証',
        numberPattern: '^[0-9]{5}-[0-9]{6}$',
        keys: [trustedKey(issuerJwk), trustedKey(otherJwk)],
      },
    ],
    witnesses: [],
    quorum: 'none',
  }

  /** An entry of the log, whatever it says; its place. */
  log(entry: Entry): number {
    return this.entries.push(formatEntry(entry)) - 1
  }

  keyEvent(event: EvidenceKey['event'], arrived: Instant, more: Partial<KeyEntry> = {}): void {
    const jwk = issuerJwk
    const entry: KeyEntry = {
      kind: event,
      issuer: 'east',
      arrived,
      sha256: sha256(utf8(canonicalJwk(jwk))),
      kid: thumbprint(jwk),
      at: START,
      reason: '-',
      ...more,
    }
    this.keyEvents.push({ kid: entry.kid, event, index: this.log(entry) })
  }

  /** A record of this guarantee, signed, logged and kept as its next version. */
  async record(
    changes: Partial<RecordPayload> = {},
    how: { key?: PublicJwk & { d: string }; arrived?: Instant; issuer?: string } = {},
  ): Promise<string> {
    const before = this.versions.at(-1)
    const seq = (before?.seq ?? 0) + 1
    const payload = {
      iss: ISS,
      aud: PLATFORM,
      iat: milliseconds('2026-11-14T00:00:00.000Z') / 1000,
      jti: `00000000-0000-4000-8000-${String(this.entries.length).padStart(12, '0')}`,
      ver: 1,
      sub: NUMBER,
      seq,
      prev: before ? base64url(sha256(utf8(before.record))) : null,
      event: seq === 1 ? 'issue' : 'amend',
      certificate: { ...certificate, guaranteedAmount: 20_000_000 - seq },
      ...changes,
    }
    const typ = 'guarantee-record+jwt'
    const record = await signCompact({ typ }, payload, how.key ?? issuerJwk)
    const arrived = how.arrived ?? `2026-11-14T00:3${this.entries.length % 10}:00.000Z`
    const issuer = how.issuer ?? 'east'
    const index = this.log({ kind: 'record', issuer, arrived, sha256: sha256(utf8(record)) })
    this.versions.push({ seq: payload.seq, record, index })
    return record
  }

  /** The head of the first `size` entries, signed. */
  note(size = this.entries.length, origin = ORIGIN, key = logKey): Promise<string> {
    const text = checkpointText({ origin, size, root: this.tree(size).root })
    return signNote(text, origin, key.publicKey, key.sign)
  }

  placed(index: number, size = this.entries.length) {
    const inclusion = proofHashes(inclusionSteps(index, size), this.tree(size).hashOf).map(base64)
    return { entry: base64(this.entries[index] as Uint8Array), index, inclusion }
  }

  claims(changes: Partial<VerificationReceiptClaims> = {}): VerificationReceiptClaims {
    const size = this.entries.length
    const head = this.versions.at(-1)
    const asOf = '2026-11-14T01:00:00.123Z'
    return {
      iss: PLATFORM,
      iat: Math.floor(milliseconds(asOf) / 1000),
      jti: 'KX-0123456789',
      sub: NUMBER,
      issuer: 'east',
      verdict: 'verified',
      checks: [{ id: 'integrity', result: 'pass', code: 'OK' }],
      status: { state: 'in_force', asOf, seq: head?.seq ?? 1, amendments: 0 },
      headSeq: head?.seq ?? 1,
      headSha256: base64url(sha256(utf8(head?.record ?? ''))),
      checkpoint: { origin: ORIGIN, size, root: base64(this.tree(size).root) },
      ...changes,
    }
  }

  async evidence(claims: Partial<VerificationReceiptClaims> = {}): Promise<Evidence> {
    return {
      format: 'akashi-evidence/v1',
      platform: PLATFORM,
      origin: ORIGIN,
      issuer: { id: 'east', iss: ISS },
      contractNumber: NUMBER,
      generatedAt: '2026-11-14T01:00:00.123Z',
      partial: false,
      versions: this.versions.map(({ index, ...version }) => ({
        ...version,
        ...this.placed(index),
      })),
      checkpoint: await this.note(),
      keys: this.keyEvents.map(({ index, ...event }) => ({ ...event, ...this.placed(index) })),
      timestamps: [],
      verificationReceipt: await signReceipt(this.claims(claims)),
    }
  }

  async receipt(version: number, size = this.entries.length): Promise<Receipt> {
    const { seq, index } = this.versions[version] as { seq: number; index: number }
    const extra = this.entries[index] as Uint8Array
    const hashes = proofHashes(inclusionSteps(index, size), this.tree(size).hashOf)
    const proof = formatProof({ index, hashes, checkpoint: await this.note(size), extra })
    const arrivedAt = parseEntry(extra)?.arrived ?? ''
    return { issuer: 'east', contractNumber: NUMBER, seq, arrivedAt, index, treeSize: size, proof }
  }

  private tree(size: number) {
    const { nodes, root } = append(0, [], this.entries.slice(0, size).map(leafHash))
    const kept = new Map(nodes.map(({ ref, hash }) => [nodeId(ref), hash]))
    return { root, hashOf: (ref: NodeRef) => kept.get(nodeId(ref)) as Uint8Array }
  }
}

/** A compact JWS whose header says `alg`, signed with Ed25519 whatever that is. */
export function signAs(alg: string, typ: string, payload: object, seed: number): string {
  const header = { alg, kid: thumbprint(privateJwk(seed)), typ }
  const parts = [header, payload].map((part) => base64url(utf8(JSON.stringify(part))))
  return [...parts, base64url(keyPair(seed).sign(utf8(parts.join('.'))))].join('.')
}

/** A verification receipt with any claims, signed by any key. */
export function signReceipt(claims: object, key = receiptJwk): Promise<string> {
  return signCompact({ typ: 'verification-receipt+jwt' }, claims, key)
}

/** Two versions of the sample guarantee between entries of others, as a platform would hold them. */
export async function plainScene(): Promise<Scene> {
  const scene = new Scene()
  scene.keyEvent('key-add', START)
  scene.log({ kind: 'record', issuer: 'west', arrived: START, sha256: sha256(utf8('one')) })
  await scene.record()
  scene.log({
    kind: 'access-head',
    issuer: '-',
    arrived: '2026-11-14T00:32:30.000Z',
    sha256: sha256(utf8('two')),
    count: 3,
  })
  await scene.record()
  scene.log({
    kind: 'record',
    issuer: 'west',
    arrived: '2026-11-14T00:40:00.000Z',
    sha256: sha256(utf8('three')),
  })
  return scene
}

function trustedKey(jwk: PublicJwk): TrustDocument['issuers'][number]['keys'][number] {
  return { kid: thumbprint(jwk), alg: 'Ed25519', jwk: publicJwk(jwk), notBefore: START }
}

/** A second platform's log key, to sign what ours never signed. */
export const strangeLogKey = keyPair(32)
