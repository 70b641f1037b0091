import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as onNode from '../../src/base/base64.node.ts'
import * as portable from '../../src/base/base64.ts'

test('both implementations write the same text of any bytes, and read it back', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
      const standard = onNode.base64(bytes)
      expect(portable.base64(bytes)).toBe(standard)
      expect(onNode.fromBase64(standard)).toEqual(bytes)
      expect(portable.fromBase64(standard)).toEqual(bytes)
      const url = onNode.base64url(bytes)
      expect(portable.base64url(bytes)).toBe(url)
      expect(onNode.fromBase64url(url)).toEqual(bytes)
      expect(portable.fromBase64url(url)).toEqual(bytes)
    }),
    { seed: 4648, numRuns: 300 },
  )
})

test('both take and refuse the same texts', () => {
  const symbols = fc.constantFrom(...'AQgw+/-_= \n=é9')
  const text = fc.string({ unit: symbols, maxLength: 12 })
  fc.assert(
    fc.property(text, (candidate) => {
      expect(onNode.fromBase64(candidate)).toEqual(portable.fromBase64(candidate))
      expect(onNode.fromBase64url(candidate)).toEqual(portable.fromBase64url(candidate))
    }),
    { seed: 4648, numRuns: 3000 },
  )
})

test.each(['AA=', 'AAA', 'AB==', 'AA==\n', 'A A=', 'AA-A', '=AAA', 'AA=A'])(
  '%j is no base64: another spelling of bytes that have one',
  (text) => {
    expect(onNode.fromBase64(text)).toBeUndefined()
    expect(portable.fromBase64(text)).toBeUndefined()
  },
)
