import { fromBase64, fromBase64url } from '../base/bytes.ts'
import { type Instant, isInstant } from '../base/time.ts'
import { parseVkey } from './checkpoint.ts'
import { COSIGNATURE_TYPE } from './cosignature.ts'
import { isIssuerId } from './entry.ts'
import { integer, list, members, oneOf, type Shape, text } from './shape.ts'
import { HASH_LENGTH } from './tree.ts'

/** One version of a guarantee with its place in the log. */
export interface EvidenceVersion {
  seq: number
  /** Compact JWS; absent when its body was erased. */
  record?: string
  /** The log entry, base64. */
  entry: string
  index: number
  /** Inclusion proof to the checkpoint of the evidence, base64 of 32 bytes each. */
  inclusion: string[]
}

/** One key event of the issuer with its place in the log. */
export interface EvidenceKey {
  kid: string
  event: 'key-add' | 'key-retire' | 'key-revoke'
  /** The log entry, base64. */
  entry: string
  index: number
  /** Inclusion proof to the checkpoint of the evidence, base64 of 32 bytes each. */
  inclusion: string[]
}

/** A time-stamp token of an outside authority. */
interface EvidenceTimestamp {
  /** `rfc3161` */
  type: string
  /** `checkpoint`: over the bytes of the note. */
  over: string
  /** DER, base64. */
  token: string
}

/** What shows a guarantee to be genuine without the platform (`akashi-evidence/v1`). */
export interface Evidence {
  format: 'akashi-evidence/v1'
  platform: string
  origin: string
  issuer: { id: string; iss: string }
  contractNumber: string
  generatedAt: Instant
  /** Whether versions are left out before the first one. */
  partial: boolean
  /** Ascending, at least one. */
  versions: EvidenceVersion[]
  /** Signed note to whose root every inclusion proof leads. */
  checkpoint: string
  keys: EvidenceKey[]
  timestamps: EvidenceTimestamp[]
  /** Compact JWS. */
  verificationReceipt: string
}

/** What an issuer gets for a record; `proof` is a c2sp.org/tlog-proof@v1 whose extra is the entry. */
export interface Receipt {
  issuer: string
  contractNumber: string
  seq: number
  arrivedAt: Instant
  index: number
  treeSize: number
  proof: string
}

/** A public key as JWK (RFC 7517), without the private part. */
interface TrustJwk {
  kty: 'OKP' | 'EC'
  crv: 'Ed25519' | 'P-256'
  x: string
  y?: string
}

/** A key with which the platform signs verification receipts. */
export interface TrustedReceiptKey {
  kid: string
  jwk: TrustJwk
  notBefore: Instant
  retiredAt?: Instant
}

/** A key of an issuer and when it counts. */
export interface TrustedIssuerKey {
  kid: string
  alg: 'Ed25519' | 'ES256'
  jwk: TrustJwk
  notBefore: Instant
  retiredAt?: Instant
  revokedAt?: Instant
  compromisedSince?: Instant
}

export interface TrustedIssuer {
  id: string
  iss: string
  name: string
  numberPattern: string
  keys: TrustedIssuerKey[]
}

/** A log that was sealed after a loss: what it said up to `size` stands. */
export interface SealedLog {
  origin: string
  vkey: string
  size: number
  /** Base64. */
  root: string
}

/** What a verifier takes for granted: pinned once, over a way of its own (`akashi-trust/v1`). */
export interface TrustDocument {
  format: 'akashi-trust/v1'
  platform: string
  log: { origin: string; vkey: string; previous: SealedLog[] }
  receiptKeys: TrustedReceiptKey[]
  issuers: TrustedIssuer[]
  /** vkeys of the type of witness cosignatures. */
  witnesses: string[]
  quorum: 'none' | number
}

/** Evidence from parsed JSON; undefined unless it has exactly that form. Never throws. */
export function parseEvidence(value: unknown): Evidence | undefined {
  return isEvidence(value) ? (value as Evidence) : undefined
}

/** A receipt from parsed JSON; undefined unless it has exactly that form. Never throws. */
export function parseReceipt(value: unknown): Receipt | undefined {
  return isReceipt(value) ? (value as Receipt) : undefined
}

/**
 * A trust document from parsed JSON; undefined unless it has exactly that form, each vkey fits
 * its origin and the quorum can be met. Never throws.
 */
export function parseTrust(value: unknown): TrustDocument | undefined {
  if (!isTrust(value)) return undefined
  const trust = value as TrustDocument
  const logs = [trust.log, ...trust.log.previous]
  if (!logs.every(({ origin, vkey }) => parseVkey(vkey)?.name === origin)) return undefined
  const quorum = trust.quorum === 'none' ? 0 : trust.quorum
  return quorum <= trust.witnesses.length ? trust : undefined
}

const some = text((value) => value !== '')
const moment = text(isInstant)
const bytes = text((value) => value !== '' && fromBase64(value) !== undefined)
const hash = text((value) => fromBase64(value)?.length === HASH_LENGTH)
const kid = text((value) => fromBase64url(value)?.length === HASH_LENGTH)
const issuerId = text(isIssuerId)
const place = { entry: bytes, index: integer(0), inclusion: list(hash, 0, 63) }

const isEvidence = members({
  format: oneOf('akashi-evidence/v1'),
  platform: some,
  origin: some,
  issuer: members({ id: issuerId, iss: some }),
  contractNumber: some,
  generatedAt: moment,
  partial: oneOf(true, false),
  versions: list(members({ seq: integer(1), ...place }, { record: some }), 1),
  checkpoint: some,
  keys: list(members({ kid, event: oneOf('key-add', 'key-retire', 'key-revoke'), ...place })),
  timestamps: list(members({ type: some, over: some, token: bytes })),
  verificationReceipt: some,
})

const isReceipt = members({
  issuer: issuerId,
  contractNumber: some,
  seq: integer(1),
  arrivedAt: moment,
  index: integer(0),
  treeSize: integer(1),
  proof: some,
})

const coordinate = text((value) => fromBase64url(value)?.length === 32)
const isOkp = members({ kty: oneOf('OKP'), crv: oneOf('Ed25519'), x: coordinate })
const isEc = members({ kty: oneOf('EC'), crv: oneOf('P-256'), x: coordinate, y: coordinate })
const jwk: Shape = (value) => isOkp(value) || isEc(value)

const isTrust = members({
  format: oneOf('akashi-trust/v1'),
  platform: some,
  log: members({
    origin: some,
    vkey: some,
    previous: list(members({ origin: some, vkey: some, size: integer(0), root: hash })),
  }),
  receiptKeys: list(members({ kid, jwk: isOkp, notBefore: moment }, { retiredAt: moment })),
  issuers: list(
    members({
      id: issuerId,
      iss: some,
      name: some,
      numberPattern: some,
      keys: list(
        members(
          { kid, alg: oneOf('Ed25519', 'ES256'), jwk, notBefore: moment },
          { retiredAt: moment, revokedAt: moment, compromisedSince: moment },
        ),
      ),
    }),
  ),
  witnesses: list(text((value) => parseVkey(value, COSIGNATURE_TYPE) !== undefined)),
  quorum: (value) => value === 'none' || integer(1)(value),
})
