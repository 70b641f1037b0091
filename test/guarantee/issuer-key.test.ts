import { ed25519 } from '@noble/curves/ed25519.js'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { base64url, fromBase64url, hex } from '../../src/base/bytes.ts'
import {
  canonicalJwk,
  checkPublicKey,
  type IssuerKey,
  judgeKey,
  type PublicJwk,
  thumbprint,
} from '../../src/guarantee/issuer-key.ts'
import { faultOf } from './fault-of.ts'
import { newKey } from './sample.ts'

const okp = newKey('Ed25519')
const ec = newKey('ES256')
const detailOf = (value: unknown) => {
  const fault = faultOf(() => checkPublicKey(value))
  expect(fault.code).toBe('claim_invalid')
  return fault.message
}
const ofHex = (text: string) =>
  base64url(Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16)))

describe('the thumbprint', () => {
  // RFC 8037 appendix A.3
  const jwk: PublicJwk = {
    kty: 'OKP',
    crv: 'Ed25519',
    x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo',
  }

  test('is that of RFC 8037 A.3', () => {
    expect(canonicalJwk(jwk)).toBe(
      '{"crv":"Ed25519","kty":"OKP","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}',
    )
    expect(thumbprint(jwk)).toBe('kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k')
  })

  test('counts the required members of an EC key, in order, and no others', () => {
    const { crv, kty, x, y } = ec.publicKey.jwk
    const full = { use: 'sig', y, x, kty, crv } as PublicJwk
    expect(canonicalJwk(full)).toBe(JSON.stringify({ crv, kty, x, y }))
  })
})

describe('a public key', () => {
  test.each([okp, ec])('in order is taken, extra members left out ($publicKey.alg)', (key) => {
    const { kid, alg, jwk } = key.publicKey
    expect(checkPublicKey({ ...jwk, kid, alg, use: 'sig', key_ops: ['verify'] })).toEqual({
      kid,
      alg,
      jwk,
    })
  })

  test('comes back the same from every private key', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), (secret) => {
        const x = base64url(ed25519.getPublicKey(secret))
        const jwk: PublicJwk = { kty: 'OKP', crv: 'Ed25519', x }
        expect(checkPublicKey(jwk)).toEqual({ kid: thumbprint(jwk), alg: 'Ed25519', jwk })
      }),
      { seed: 1, numRuns: 50 },
    )
  })

  test.each([
    [null, 'no JSON Web Key'],
    [[], 'no JSON Web Key'],
    [{}, 'unknown type'],
    [{ kty: 'RSA', n: 'AQAB', e: 'AQAB' }, 'unknown type'],
    [{ kty: 'oct', k: 'AAAA' }, 'private member "k"'],
    [okp.privateJwk, 'private member "d"'],
    [ec.privateJwk, 'private member "d"'],
    [{ ...okp.publicKey.jwk, crv: 'X25519' }, 'unknown curve'],
    [{ ...ec.publicKey.jwk, crv: 'P-384' }, 'unknown type'],
    [{ ...okp.publicKey.jwk, alg: 'EdDSA' }, 'used with Ed25519'],
    [{ ...ec.publicKey.jwk, alg: 'ES384' }, 'used with ES256'],
    [{ ...okp.publicKey.jwk, kid: 'key-1' }, 'thumbprint'],
    [{ ...okp.publicKey.jwk, x: `${okp.publicKey.jwk.x}=` }, 'not 32 bytes'],
    [{ ...okp.publicKey.jwk, x: 'AAAA' }, 'not 32 bytes'],
    [{ ...ec.publicKey.jwk, y: undefined }, 'not 32 bytes'],
    [{ ...ec.publicKey.jwk, y: ec.publicKey.jwk.x }, 'no point'],
    [
      { ...ec.publicKey.jwk, x: base64url(new Uint8Array(32)), y: base64url(new Uint8Array(32)) },
      'no point',
    ],
  ])('is refused with its cure (%#)', (value, detail) => {
    expect(detailOf(value)).toContain(detail)
    expect(detailOf(value)).toMatch(/; [a-z]/)
  })

  // The eight points of low order, with both signs of x = 0, and their non-canonical encodings
  // (https://hdevalence.ca/blog/2020-10-04-its-25519am).
  test.each([
    '0100000000000000000000000000000000000000000000000000000000000000',
    '0100000000000000000000000000000000000000000000000000000000000080',
    'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
    'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff',
    '0000000000000000000000000000000000000000000000000000000000000000',
    '0000000000000000000000000000000000000000000000000000000000000080',
    '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
    '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85',
    'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
    'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa',
    'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
    'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff',
    'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
    'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff',
  ])('of low order is refused: %s', (point) => {
    expect(detailOf({ kty: 'OKP', crv: 'Ed25519', x: ofHex(point) })).toMatch(/weak point|no point/)
  })

  test.each(['edffffff', 'f0ffffff'])(
    'in an encoding past the field is refused as such: %s…7f',
    (y) => {
      const x = ofHex(`${y}${'f'.repeat(54)}7f`)
      expect(detailOf({ kty: 'OKP', crv: 'Ed25519', x })).toContain('not in its one encoding')
    },
  )

  test('with a torsion part is refused, its torsion-free twin is not', () => {
    const clean = ed25519.Point.fromBytes(fromBase64url(okp.publicKey.jwk.x) as Uint8Array)
    const torsion = ed25519.Point.fromHex(
      '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
    )
    const x = ofHex(hex(clean.add(torsion).toBytes()))
    expect(detailOf({ kty: 'OKP', crv: 'Ed25519', x })).toContain('weak point')
    expect(checkPublicKey(okp.publicKey.jwk).alg).toBe('Ed25519')
  })
})

describe('a key at the arrival of a record', () => {
  const T = (day: number) => `2025-11-0${day}T00:00:00.000Z`
  const judge = (times: Partial<IssuerKey>, arrivedAt: string) =>
    judgeKey({ notBefore: T(2), ...times }, arrivedAt)

  test('counts from notBefore on', () => {
    expect(judge({}, '2025-11-01T23:59:59.999Z')).toBe('key_not_yet_valid')
    expect(judge({}, T(2))).toBe('ok')
  })

  test('counts until it is retired, and for ever for what arrived before', () => {
    expect(judge({ retiredAt: T(4) }, '2025-11-03T23:59:59.999Z')).toBe('ok')
    expect(judge({ retiredAt: T(4) }, T(4))).toBe('key_retired')
  })

  test('superseded: counts until the revocation', () => {
    expect(judge({ revokedAt: T(4) }, T(3))).toBe('ok')
    expect(judge({ revokedAt: T(4) }, T(4))).toBe('key_revoked')
  })

  test('compromised: stops counting at the compromise, which is before the revocation', () => {
    const times = { revokedAt: T(6), compromisedSince: T(4) }
    expect(judge(times, T(3))).toBe('ok')
    expect(judge(times, T(4))).toBe('key_revoked')
    expect(judge(times, T(6))).toBe('key_revoked')
  })

  test('retired and revoked: the earlier of the error list is told', () => {
    expect(judge({ retiredAt: T(3), revokedAt: T(3) }, T(3))).toBe('key_retired')
  })
})
