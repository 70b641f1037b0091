import { expect, test } from 'vitest'
import { sha256, utf8 } from '../../src/base/bytes.ts'
import { DigestSet } from '../../src/base/digest-set.ts'

const digest = (n: number) => sha256(utf8(String(n)))

test('knows what it was told, and nothing else', () => {
  const set = new DigestSet(64)
  for (let n = 0; n < 100; n++) set.add(digest(n))
  for (let n = 0; n < 100; n++) expect(set.has(digest(n))).toBe(true)
  for (let n = 100; n < 1000; n++) expect(set.has(digest(n))).toBe(false)
})

test('a digest that differs in its last byte is another one', () => {
  const set = new DigestSet(64)
  set.add(digest(1))
  const other = digest(1).slice()
  other[31] = (other[31] as number) ^ 1
  expect(set.has(other)).toBe(false)
})

test('of more than it can hold it forgets the oldest, and never claims to know one', () => {
  const set = new DigestSet(8)
  for (let n = 0; n < 1000; n++) set.add(digest(n))
  const known = Array.from({ length: 2000 }, (_, n) => set.has(digest(n)))
  expect(known.filter(Boolean)).toHaveLength(64)
  expect(known.slice(0, 500).filter(Boolean)).toHaveLength(0)
  expect(known[999]).toBe(true)
})

test('what stands in no place yet is not the digest of zeros', () => {
  expect(new DigestSet(8).has(new Uint8Array(32))).toBe(false)
})
