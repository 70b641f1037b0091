import { createHmac } from 'node:crypto'
import { expect, test } from 'vitest'
import { hex, utf8 } from '../../src/base/bytes.ts'
import { hmacSha256, hmacWith } from '../../src/base/hmac.ts'

const of = (length: number, byte: number) => new Uint8Array(length).fill(byte)

/** RFC 4231 §4: key, data, HMAC-SHA-256. */
const VECTORS: [name: string, key: Uint8Array, data: Uint8Array, mac: string][] = [
  [
    '1',
    of(20, 0x0b),
    utf8('Hi There'),
    'b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7',
  ],
  [
    '2, a key shorter than the hash',
    utf8('Jefe'),
    utf8('what do ya want for nothing?'),
    '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
  ],
  [
    '3',
    of(20, 0xaa),
    of(50, 0xdd),
    '773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe',
  ],
  [
    '6, a key longer than a block',
    of(131, 0xaa),
    utf8('Test Using Larger Than Block-Size Key - Hash Key First'),
    '60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54',
  ],
]

test.each(VECTORS)('test case %s', (_, key, data, mac) => {
  expect(hex(hmacSha256(key, data))).toBe(mac)
})

test('is what OpenSSL makes of it, for keys and messages of any length, one key used often', () => {
  for (const length of [0, 1, 31, 32, 63, 64, 65, 128, 200]) {
    const key = Uint8Array.from({ length }, (_, i) => (i * 7 + length) % 256)
    const mac = hmacWith(key)
    for (const size of [0, 1, 55, 56, 64, 1000]) {
      const message = of(size, length)
      expect(hex(mac(message))).toBe(createHmac('sha256', key).update(message).digest('hex'))
    }
  }
})
