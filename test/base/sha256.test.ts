import fc from 'fast-check'
import { expect, test } from 'vitest'
import { hex, utf8 } from '../../src/base/bytes.ts'
import { sha256 as onNode } from '../../src/base/sha256.node.ts'
import { sha256 as portable } from '../../src/base/sha256.ts'

/** NIST's examples for FIPS 180-4: one block, two blocks, and the empty message. */
const KNOWN = [
  ['', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
  ['abc', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
  [
    'abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq',
    '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1',
  ],
] as const

test.each(KNOWN)('%j has the digest that NIST gives, on Node and elsewhere', (message, digest) => {
  expect(hex(onNode(utf8(message)))).toBe(digest)
  expect(hex(portable(utf8(message)))).toBe(digest)
})

test('both implementations agree on any bytes', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      expect(hex(onNode(bytes))).toBe(hex(portable(bytes)))
    }),
    { seed: 180_4, numRuns: 300 },
  )
})
