import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as onNode from '../../src/base/utf8.node.ts'
import * as portable from '../../src/base/utf8.ts'

/** Long enough to be written another way. */
const PAGE = '<td>橋梁補修工事𠮷</td>'.repeat(200)

test('both implementations write the same bytes of any text, lone surrogates too', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 40 }), fc.nat(3), (text, cut) => {
      const words = [text, text.slice(cut), `𠮷${text}`.slice(1)]
      for (const one of [...words, ...words.map((word) => word + PAGE)]) {
        expect(onNode.utf8(one)).toEqual(portable.utf8(one))
      }
    }),
    { seed: 3629, numRuns: 500 },
  )
})

test('bytes are one’s own: changing them changes no others', () => {
  const [one, other] = [onNode.utf8('aa'), onNode.utf8('bb')]
  one.fill(0)
  expect(other).toEqual(Uint8Array.of(98, 98))
})
