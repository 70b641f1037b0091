import { expect, test } from 'vitest'
import { sha256, utf8 } from '../../src/base/bytes.ts'
import { checkChain, type Link } from '../../src/verifier/chain.ts'

/** A version whose record was erased: what remains is its place and its entry. */
function link(seq: number, index: number, arrived: string): Link {
  const entry = { kind: 'record', issuer: 'east', arrived, sha256: sha256(utf8(`${seq}`)) } as const
  return { seq, index, entry, record: undefined }
}

const at = (second: number) => `2026-11-14T00:30:0${second}.000Z`
const whole = [link(1, 2, at(1)), link(2, 5, at(1)), link(3, 6, at(2))]
const seqs = (links: Link[], partial = false) =>
  checkChain(links, partial).map(({ code, seq }) => [code, seq])

test('a chain of erased versions still has an order of numbers, places and times', () => {
  expect(seqs(whole)).toEqual([])
  expect(seqs(whole.slice(1))).toEqual([['CHAIN_BROKEN', 2]])
  expect(seqs(whole.slice(1), true)).toEqual([])
  expect(seqs(whole.toSpliced(1, 1))).toEqual([['CHAIN_BROKEN', 3]])
  expect(seqs(whole.toSpliced(1, 1), true)).toEqual([['CHAIN_BROKEN', 3]])
  expect(seqs(whole.toSpliced(1, 1, link(2, 2, at(1))))).toEqual([['CHAIN_BROKEN', 2]])
  expect(seqs(whole.toSpliced(1, 1, link(2, 5, at(0))))).toEqual([['CHAIN_BROKEN', 2]])
  expect(seqs(whole.toSpliced(1, 1, link(1, 5, at(1))))).toEqual([
    ['CHAIN_BROKEN', 1],
    ['CHAIN_BROKEN', 3],
  ])
})
