import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { base64, fromBase64, utf8 } from '../../src/base/bytes.ts'
import { formatProof, parseProof, type TlogProof } from '../../src/log/receipt.ts'
import { sampleLeaf } from './trees.ts'
import { vectorsFolder } from './vectors.ts'

const proof: TlogProof = {
  index: 5,
  hashes: [sampleLeaf(1), sampleLeaf(2)],
  checkpoint: 'origin\n7\nroot\n\n— origin signature\n',
  extra: utf8('entry'),
}
const text = formatProof(proof)

test('a proof is written in the form of c2sp.org/tlog-proof and read back', () => {
  expect(text).toBe(
    'c2sp.org/tlog-proof@v1\nextra ZW50cnk=\nindex 5\n' +
      `${base64(sampleLeaf(1))}\n${base64(sampleLeaf(2))}\n\n${proof.checkpoint}`,
  )
  expect(formatProof(parseProof(text) as TlogProof)).toBe(text)
})

test('a proof without extra data has no such line, and none without hashes has an empty one', () => {
  const bare = formatProof({ index: 0, hashes: [], checkpoint: 'checkpoint\n' })
  expect(bare).toBe('c2sp.org/tlog-proof@v1\nindex 0\n\ncheckpoint\n')
  expect(parseProof(bare)).toEqual({ index: 0, hashes: [], checkpoint: 'checkpoint\n' })
})

const line = `${base64(sampleLeaf(1))}\n`

test.each([
  ['of another version', text.replace('@v1', '@v2')],
  ['with CR LF', text.replaceAll('\n', '\r\n')],
  ['with a leading zero in its index', text.replace('index 5', 'index 05')],
  ['with a plus in its index', text.replace('index 5', 'index +5')],
  ['with an index past 2^53 − 1', text.replace('index 5', 'index 9007199254740992')],
  ['with an empty index', text.replace('index 5', 'index ')],
  ['with the index before the extra data', text.replace(/(extra .*\n)(index .*\n)/, '$2$1')],
  ['with extra data twice', text.replace(/(extra .*\n)/, '$1$1')],
  ['with empty extra data', text.replace('extra ZW50cnk=', 'extra ')],
  ['with trailing bits in its extra data', text.replace('ZW50cnk=', 'ZW50cnl=')],
  ['with extra data without padding', text.replace('ZW50cnk=', 'ZW50cnk')],
  ['with a hash of 31 bytes', text.replace(line, `${base64(sampleLeaf(1).subarray(1))}\n`)],
  ['with a hash in base64url', text.replace(line, `${'-'.repeat(43)}=\n`)],
  ['with 64 hashes', text.replace(line, line.repeat(63))],
  ['without a checkpoint', text.slice(0, text.indexOf('\n\n') + 2)],
  ['with a checkpoint cut off', text.slice(0, -1)],
  ['without the empty line', text.slice(0, text.indexOf('\n\n') + 1)],
  ['that is empty', ''],
])('a proof %s is refused', (_, changed) => {
  expect(changed).not.toBe(text)
  expect(parseProof(changed)).toBeUndefined()
})

test('their near twins are accepted', () => {
  expect(parseProof(text.replace('index 5', 'index 9007199254740991'))).toBeDefined()
  expect(parseProof(text.replace(line, line.repeat(62)))?.hashes).toHaveLength(63)
})

test('what could not be read back is not written', () => {
  expect(() => formatProof({ ...proof, index: -1 })).toThrow(RangeError)
  expect(() => formatProof({ ...proof, checkpoint: '' })).toThrow(RangeError)
  expect(() => formatProof({ ...proof, extra: new Uint8Array() })).toThrow(RangeError)
  expect(() => formatProof({ ...proof, hashes: [utf8('short')] })).toThrow(RangeError)
})

const vectors = vectorsFolder('tlog-proof')

describe.skipIf(vectors === undefined)('the vectors of transparency-dev/formats', () => {
  interface Vectors {
    marshal: (Pick<TlogProof, 'index' | 'checkpoint'> & {
      desc: string
      hashes: string[]
      extra_b64: string | null
      text: string
    })[]
    unmarshal_errors: { desc: string; text: string }[]
  }
  const load = (): Vectors =>
    JSON.parse(readFileSync(join(vectors as string, 'formats-tlog-proof.json'), 'utf8'))
  const bytes = (text: string) => fromBase64(text) as Uint8Array

  test('good ones are written and read byte for byte', () => {
    for (const { index, hashes, checkpoint, extra_b64, text } of load().marshal) {
      const extra = extra_b64 === null ? {} : { extra: bytes(extra_b64) }
      const proof = { index, hashes: hashes.map(bytes), checkpoint, ...extra }
      expect(formatProof(proof)).toBe(text)
      expect(parseProof(text)).toEqual(proof)
    }
  })

  test('bad ones are refused', () => {
    for (const { desc, text } of load().unmarshal_errors) {
      expect(parseProof(text), desc).toBeUndefined()
    }
  })
})
