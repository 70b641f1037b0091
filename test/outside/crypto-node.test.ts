import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { base64url, hex } from '../../src/base/bytes.ts'
import { type PublicJwk, thumbprint } from '../../src/guarantee/issuer-key.ts'
import { signCompact, verifyWithJose } from '../../src/guarantee/record.ts'
import {
  secureRandom,
  signerOf,
  verifyEd25519Node,
  verifyJwsNode,
} from '../../src/outside/crypto-node.ts'

const bytes = (text: string) => Uint8Array.from(Buffer.from(text, 'hex'))

describe('Ed25519', () => {
  // RFC 8032 §7.1, TEST 3.
  const seed = bytes('c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7')
  const publicKey = 'fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025'
  const signature =
    '6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a'
  const message = bytes('af82')

  test('signs and verifies as RFC 8032 does', async () => {
    const signer = signerOf(seed)
    expect(hex(signer.publicKey)).toBe(publicKey)
    expect(hex(await signer.sign(message))).toBe(signature)
    expect(verifyEd25519Node(message, bytes(signature), signer.publicKey)).toBe(true)
  })

  test('refuses another message, signature or key, and a signature of another length', () => {
    const key = bytes(publicKey)
    expect(verifyEd25519Node(bytes('af83'), bytes(signature), key)).toBe(false)
    expect(verifyEd25519Node(message, bytes(signature.replace(/^6/, '7')), key)).toBe(false)
    expect(verifyEd25519Node(message, bytes(signature), signerOf(message32()).publicKey)).toBe(
      false,
    )
    expect(verifyEd25519Node(message, bytes(signature).subarray(0, 63), key)).toBe(false)
    expect(verifyEd25519Node(message, new Uint8Array(), key)).toBe(false)
  })

  const message32 = () => new Uint8Array(32).fill(7)
})

describe('the signature of a record', () => {
  const keys = (['ed25519', 'ec'] as const).map((type) => {
    const pair =
      type === 'ed25519'
        ? generateKeyPairSync('ed25519')
        : generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const { d, ...jwk } = pair.privateKey.export({ format: 'jwk' }) as PublicJwk & { d: string }
    const alg = type === 'ed25519' ? ('Ed25519' as const) : ('ES256' as const)
    return { privateJwk: { ...jwk, d }, key: { kid: thumbprint(jwk), alg, jwk } }
  })

  test('is judged as jose judges it, of either algorithm, right or wrong', async () => {
    for (const { privateJwk, key } of keys) {
      const jws = await signCompact({ typ: 'x' }, { a: 1 }, privateJwk)
      const dot = jws.lastIndexOf('.')
      const wrong = `${jws.slice(0, dot + 1)}${base64url(new Uint8Array(64))}`
      const moved = `${jws.slice(0, dot - 1)}A${jws.slice(dot)}`
      for (const [one, expected] of [
        [jws, true],
        [wrong, false],
        [moved, false],
      ] as const) {
        expect(await verifyJwsNode(one, key)).toBe(expected)
        expect(await verifyWithJose(one, key)).toBe(expected)
      }
    }
  })

  test('is judged by the bytes of the key that is given, whatever kid stands beside them', async () => {
    const [one, other] = [keys[0], generateKeyPairSync('ed25519')]
    if (!one) throw new Error('no key')
    const jws = await signCompact({ typ: 'x' }, { a: 1 }, one.privateJwk)
    const stranger = other.publicKey.export({ format: 'jwk' }) as PublicJwk
    expect(await verifyJwsNode(jws, one.key)).toBe(true)
    expect(await verifyJwsNode(jws, { ...one.key, jwk: stranger })).toBe(false)
    expect(await verifyJwsNode(jws, one.key)).toBe(true)
  })
})

test('randomness has the length that was asked for and does not repeat', () => {
  const lengths = [0, 1, 16, 32, 4096, 4097, 10_000]
  expect(lengths.map((length) => secureRandom(length).length)).toEqual(lengths)
  const drawn = Array.from({ length: 2000 }, () => secureRandom(11))
  expect(new Set(drawn.map(hex)).size).toBe(2000)
  drawn[0]?.fill(0)
  expect(drawn.filter((bytes) => bytes.every((byte) => byte === 0))).toHaveLength(1)
})

test('bytes that were given have nothing of others behind them', () => {
  for (const length of [0, 12, 4096, 4097]) {
    expect(secureRandom(length).buffer.byteLength).toBe(length)
  }
})
