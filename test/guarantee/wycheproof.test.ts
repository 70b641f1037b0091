import { createPublicKey, verify } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { CompactSign, importJWK } from 'jose'
import { describe, expect, test } from 'vitest'
import { base64url, hex } from '../../src/base/bytes.ts'
import type { PublicJwk } from '../../src/guarantee/issuer-key.ts'
import { verifyWithJose } from '../../src/guarantee/record.ts'
import { vectorsFolder } from '../log/vectors.ts'
import { HEADER, newKey } from './sample.ts'

interface Vectors {
  numberOfTests: number
  testGroups: {
    publicKey: { pk: string }
    tests: { tcId: number; msg: string; sig: string; result: 'valid' | 'invalid' }[]
  }[]
}

const folder = vectorsFolder('wycheproof')
const bytes = (text: string) =>
  Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))

const verifyWithNode = (message: Uint8Array, signature: Uint8Array, jwk: PublicJwk) =>
  verify(null, message, createPublicKey({ format: 'jwk', key: { ...jwk } }), signature)

// Without VECTORS_DIR vectorsFolder says in a line what is left out; CI refuses to run without it.
if (folder !== undefined) {
  const file = join(folder, 'ed25519_test.json')
  describe('Wycheproof Ed25519', () => {
    const { testGroups, numberOfTests } = JSON.parse(readFileSync(file, 'utf8')) as Vectors
    const cases = testGroups.flatMap(({ publicKey, tests }) =>
      tests.map((vector) => ({ ...vector, pk: publicKey.pk })),
    )

    test('all cases are here', () => expect(cases).toHaveLength(numberOfTests))

    test.each(cases)('$tcId is $result at the primitive', async ({ pk, msg, sig, result }) => {
      const jwk: PublicJwk = { kty: 'OKP', crv: 'Ed25519', x: base64url(bytes(pk)) }
      const key = await crypto.subtle.importKey('jwk', { ...jwk }, 'Ed25519', false, ['verify'])
      const web = await crypto.subtle.verify('Ed25519', key, bytes(sig), bytes(msg))
      expect(web).toBe(result === 'valid')
      expect(verifyWithNode(bytes(msg), bytes(sig), jwk)).toBe(web)
    })

    // No vector's message is a JWS signing input, so every signature is put under a real one, in
    // place of the right one: jose and node:crypto must agree that it is wrong, and that only the
    // right one is right.
    test('put into a JWS, jose and node:crypto agree on every one', async () => {
      const { publicKey, privateJwk } = newKey('Ed25519')
      const jws = await new CompactSign(bytes('7b7d'))
        .setProtectedHeader({ ...HEADER, alg: 'Ed25519' })
        .sign(await importJWK({ ...privateJwk }, 'Ed25519'))
      const input = jws.slice(0, jws.lastIndexOf('.'))
      const right = hex(Buffer.from(jws.slice(input.length + 1), 'base64url'))
      const key = { ...publicKey }
      for (const sig of [right, ...cases.map((vector) => vector.sig)]) {
        const signed = `${input}.${base64url(bytes(sig))}`
        const ours = await verifyWithJose(signed, key)
        expect(ours).toBe(verifyWithNode(Buffer.from(input), bytes(sig), key.jwk))
        expect(ours).toBe(sig === right)
      }
    })
  })
} else {
  test('Wycheproof Ed25519', ({ skip }) => skip('VECTORS_DIR is not set: no vectors to run'))
}
