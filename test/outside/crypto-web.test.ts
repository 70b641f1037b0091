import { describe, expect, test } from 'vitest'
import { hex, utf8 } from '../../src/base/bytes.ts'
import { signerOf, verifyEd25519Node } from '../../src/outside/crypto-node.ts'
import { secureRandomWeb, signerOfWeb, verifyEd25519Web } from '../../src/outside/crypto-web.ts'

const bytes = (text: string) => Uint8Array.from(Buffer.from(text, 'hex'))

// RFC 8032 §7.1, TEST 3.
const SEED = bytes('c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7')
const PUBLIC_KEY = bytes('fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025')
const SIGNATURE = bytes(
  '6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a',
)
const MESSAGE = bytes('af82')

describe('Ed25519 by WebCrypto', () => {
  test('signs and verifies as RFC 8032 does', async () => {
    const signer = await signerOfWeb(SEED)
    expect(hex(signer.publicKey)).toBe(hex(PUBLIC_KEY))
    expect(hex(await signer.sign(MESSAGE))).toBe(hex(SIGNATURE))
    expect(await verifyEd25519Web(MESSAGE, SIGNATURE, PUBLIC_KEY)).toBe(true)
  })

  test('refuses another message, signature or key, and a signature of another length', async () => {
    const other = signerOf(new Uint8Array(32).fill(7)).publicKey
    const changed = Uint8Array.from(SIGNATURE, (byte, i) => (i === 0 ? byte ^ 1 : byte))
    expect(await verifyEd25519Web(bytes('af83'), SIGNATURE, PUBLIC_KEY)).toBe(false)
    expect(await verifyEd25519Web(MESSAGE, changed, PUBLIC_KEY)).toBe(false)
    expect(await verifyEd25519Web(MESSAGE, SIGNATURE, other)).toBe(false)
    expect(await verifyEd25519Web(MESSAGE, SIGNATURE.subarray(0, 63), PUBLIC_KEY)).toBe(false)
    expect(await verifyEd25519Web(MESSAGE, new Uint8Array(), PUBLIC_KEY)).toBe(false)
  })

  test('and the one of Node sign each other, byte for byte', async () => {
    for (let fill = 0; fill < 8; fill++) {
      const seed = new Uint8Array(32).fill(fill)
      const [web, node] = [await signerOfWeb(seed), signerOf(seed)]
      const message = utf8(`message ${fill}`)
      expect(hex(web.publicKey)).toBe(hex(node.publicKey))
      expect(hex(await web.sign(message))).toBe(hex(await node.sign(message)))
      expect(verifyEd25519Node(message, await web.sign(message), web.publicKey)).toBe(true)
    }
  })
})

test('randomness has the length that was asked for and does not repeat', () => {
  expect([0, 1, 16, 32].map((length) => secureRandomWeb(length).length)).toEqual([0, 1, 16, 32])
  expect(hex(secureRandomWeb(16))).not.toBe(hex(secureRandomWeb(16)))
})
