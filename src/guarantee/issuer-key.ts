import { ed25519 } from '@noble/curves/ed25519.js'
import { p256 } from '@noble/curves/nist.js'
import { base64url, concat, fromBase64url, sha256, utf8 } from '../base/bytes.ts'
import { Fault } from '../base/fault.ts'
import type { Instant } from '../base/time.ts'
import { isJsonObject } from './strict-json.ts'

/** RFC 9864 `Ed25519`, or `ES256`, which exists for key stores that know P-256 only. */
export type Algorithm = 'Ed25519' | 'ES256'

/** A public JSON Web Key; coordinates are 32 bytes in base64url, `y` with EC only. */
export interface PublicJwk {
  kty: 'OKP' | 'EC'
  crv: 'Ed25519' | 'P-256'
  x: string
  y?: string
}

/** A key that passed {@link checkPublicKey}; `kid` is its RFC 7638 thumbprint. */
export interface PublicKey {
  kid: string
  alg: Algorithm
  jwk: PublicJwk
}

/** A key as the trust store holds it, with the times between which it counts. */
export interface IssuerKey extends PublicKey {
  issuer: string
  notBefore: Instant
  retiredAt?: Instant
  revokedAt?: Instant
  /** Set when the key was revoked as compromised: since when its arrivals no longer count. */
  compromisedSince?: Instant
}

/** Members of RFC 7518 §6 that belong to a private key. */
const PRIVATE_MEMBERS = ['d', 'k', 'p', 'q', 'dp', 'dq', 'qi', 'oth']

/** The JSON whose SHA-256 names a key: required members only, in lexicographic order (RFC 7638 §3.2). */
export function canonicalJwk(jwk: PublicJwk): string {
  const { crv, kty, x, y } = jwk
  return JSON.stringify(kty === 'EC' ? { crv, kty, x, y } : { crv, kty, x })
}

/** The RFC 7638 SHA-256 thumbprint of a key, base64url, 43 characters. */
export function thumbprint(jwk: PublicJwk): string {
  return base64url(sha256(utf8(canonicalJwk(jwk))))
}

/**
 * A public JWK fit to be registered. Members that name no key (`use`, `key_ops`) are ignored, as
 * RFC 7517 §4 asks; `alg` and `kid` must agree with the key when present.
 *
 * OpenSSL, workerd and browsers import the identity and every other point of low order as Ed25519
 * keys, and under those one signature fits any message; a point with a torsion part makes
 * cofactored and cofactorless verifiers disagree. No runtime refuses them, so we do, here, once.
 * @throws Fault claim_invalid
 */
export function checkPublicKey(value: unknown): PublicKey {
  if (!isJsonObject(value)) throw refused('is no JSON Web Key; give the public key as a JWK object')
  const secret = PRIVATE_MEMBERS.find((name) => name in value)
  if (secret !== undefined) {
    throw refused(`carries the private member "${secret}"; keep that file and give the public half`)
  }
  const { alg, jwk } = value.kty === 'OKP' ? readEd25519(value) : readP256(value)
  const kid = thumbprint(jwk)
  if (value.alg !== undefined && value.alg !== alg) {
    throw refused(`says alg ${JSON.stringify(value.alg)}; a key on ${jwk.crv} is used with ${alg}`)
  }
  if (value.kid !== undefined && value.kid !== kid) {
    throw refused(`says another kid than its RFC 7638 thumbprint ${kid}; leave kid out`)
  }
  return { kid, alg, jwk }
}

function readEd25519(value: Record<string, unknown>): { alg: Algorithm; jwk: PublicJwk } {
  if (value.crv !== 'Ed25519') throw refused('is on an unknown curve; make an Ed25519 or P-256 key')
  const encoded = coordinate(value, 'x')
  const point = decodePoint(() => ed25519.Point.fromBytes(encoded, false))
  if (point.isSmallOrder() || !point.isTorsionFree()) {
    throw refused('is a weak point (low order or torsion); make a new key pair')
  }
  return { alg: 'Ed25519', jwk: { kty: 'OKP', crv: 'Ed25519', x: value.x as string } }
}

function readP256(value: Record<string, unknown>): { alg: Algorithm; jwk: PublicJwk } {
  if (value.kty !== 'EC' || value.crv !== 'P-256') {
    throw refused('is of an unknown type; make an Ed25519 (OKP) or P-256 (EC) key')
  }
  const uncompressed = concat(Uint8Array.of(4), coordinate(value, 'x'), coordinate(value, 'y'))
  decodePoint(() => p256.Point.fromBytes(uncompressed))
  const { x, y } = value as { x: string; y: string }
  return { alg: 'ES256', jwk: { kty: 'EC', crv: 'P-256', x, y } }
}

function coordinate(value: Record<string, unknown>, name: 'x' | 'y'): Uint8Array {
  const encoded = value[name]
  const bytes = typeof encoded === 'string' ? fromBase64url(encoded) : undefined
  if (bytes?.length === 32) return bytes
  throw refused(`has a member "${name}" that is not 32 bytes in base64url; export the key again`)
}

function decodePoint<P>(decode: () => P): P {
  try {
    return decode()
  } catch {
    throw refused('is no point of its curve, or not in its one encoding; export the key again')
  }
}

function refused(detail: string): Fault {
  return new Fault('claim_invalid', `the key ${detail}`)
}

/**
 * Whether a key counted for a record that arrived at `arrivedAt`: never judged at `iat` or now, so
 * that a later retirement or revocation leaves earlier arrivals valid (record-and-log.md §1.5). A
 * key compromised since T does not count from T on, even where that is before the revocation.
 */
export function judgeKey(
  key: Pick<IssuerKey, 'notBefore' | 'retiredAt' | 'revokedAt' | 'compromisedSince'>,
  arrivedAt: Instant,
): 'ok' | 'key_not_yet_valid' | 'key_retired' | 'key_revoked' {
  if (arrivedAt < key.notBefore) return 'key_not_yet_valid'
  const reached = (at: Instant | undefined) => at !== undefined && at <= arrivedAt
  if (reached(key.retiredAt)) return 'key_retired'
  return reached(key.revokedAt) || reached(key.compromisedSince) ? 'key_revoked' : 'ok'
}
