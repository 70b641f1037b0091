import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { base64, fromUtf8, hex, sha256, utf8 } from '../../src/base/bytes.ts'
import { type Entry, formatEntry, isIssuerId, parseEntry } from '../../src/log/entry.ts'
import { leafHash } from '../../src/log/tree.ts'

const hash = sha256(utf8('golden'))
const arrived = '2026-11-14T00:30:05.123Z'
const kid = 'kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k'
const at = '2026-04-01T00:00:00.000Z'
const H = '3VbeQTeVHZySaBsDQW7BX4hrRIKifjpRfTLwhSRMvl0='

/**
 * One golden vector of each kind, [entry, text, leaf hash made with another SHA-256]: what is
 * signed for ever must never be written differently.
 */
const golden: [Entry, string, string][] = [
  [
    { kind: 'record', issuer: 'ejcs', arrived, sha256: hash },
    `akashi-log/v1\nkind record\nissuer ejcs\narrived ${arrived}\nsha256 ${H}\n`,
    'a9914f049b1f0ad7574ce961da9893e849338458eb7da6f910fe74de038695bf',
  ],
  [
    { kind: 'key-add', issuer: 'ejcs', arrived, sha256: hash, kid, at, reason: '-' },
    `akashi-log/v1\nkind key-add\nissuer ejcs\narrived ${arrived}\nsha256 ${H}\nkid ${kid}\nat ${at}\nreason -\n`,
    'b02be6b7184db2587be635500bc140b7cddff6b6a6c8ce9c7240822a2deea22c',
  ],
  [
    { kind: 'key-retire', issuer: 'ejcs', arrived, sha256: hash, kid, at, reason: '-' },
    `akashi-log/v1\nkind key-retire\nissuer ejcs\narrived ${arrived}\nsha256 ${H}\nkid ${kid}\nat ${at}\nreason -\n`,
    'c8ef92ee02ce59616aa9d78ad4dcd02d5615c36aa65db811bfcfd03245773286',
  ],
  [
    { kind: 'key-revoke', issuer: 'ejcs', arrived, sha256: hash, kid, at, reason: 'compromised' },
    `akashi-log/v1\nkind key-revoke\nissuer ejcs\narrived ${arrived}\nsha256 ${H}\nkid ${kid}\nat ${at}\nreason compromised\n`,
    '48f7cffd516d4a1f2b9f1ef185e6098bc163c6a629f08bf0409539394a665613',
  ],
  [
    { kind: 'access-head', issuer: '-', arrived, sha256: hash, count: 86_400 },
    `akashi-log/v1\nkind access-head\nissuer -\narrived ${arrived}\nsha256 ${H}\ncount 86400\n`,
    '115a439702ec7020284006c96b95fa31dc99b42240fec87e770c3ee7bda754af',
  ],
  [
    { kind: 'erase', issuer: 'ejcs', arrived, sha256: hash, reason: 'retention-ended' },
    `akashi-log/v1\nkind erase\nissuer ejcs\narrived ${arrived}\nsha256 ${H}\nreason retention-ended\n`,
    'f63eb3bf561f98b9c34ae04f658bcb8afbccc8ad68e5e6a91d85ae03b3bb50d5',
  ],
]

const read = (text: string) => parseEntry(utf8(text))

describe('the golden vector of', () => {
  test.each(golden)('$kind is written and read byte for byte', (entry, text, leaf) => {
    expect(fromUtf8(formatEntry(entry))).toBe(text)
    expect(hex(leafHash(formatEntry(entry)))).toBe(leaf)
    const parsed = read(text)
    expect({ ...parsed, sha256: hex(parsed?.sha256 as Uint8Array) }).toEqual({
      ...entry,
      sha256: hex(entry.sha256),
    })
  })
})

describe('an entry is refused', () => {
  const record = golden[0]?.[1] as string
  const revoke = golden[3]?.[1] as string
  const head = golden[4]?.[1] as string
  const erase = golden[5]?.[1] as string
  const lines = record.split('\n')

  test.each([
    ['of another version', record.replace('/v1', '/v2')],
    ['of an unknown kind', record.replace('kind record', 'kind note')],
    ['without its last newline', record.slice(0, -1)],
    ['with a line more', `${record}note x\n`],
    ['with an empty line at its end', `${record}\n`],
    ['with CR LF', record.replaceAll('\n', '\r\n')],
    ['with a line twice', record.replace('issuer ejcs\n', 'issuer ejcs\nissuer ejcs\n')],
    ['with lines in another order', [lines[0], lines[2], lines[1], ...lines.slice(3)].join('\n')],
    ['with a line missing', record.replace('issuer ejcs\n', '')],
    ['with two spaces', record.replace('kind record', 'kind  record')],
    ['with an upper-case issuer', record.replace('ejcs', 'EJCS')],
    ['with no issuer', record.replace('ejcs', '-')],
    ['with an issuer of 33 characters', record.replace('ejcs', 'e'.repeat(33))],
    ['with an arrival in seconds', record.replace('.123Z', 'Z')],
    ['with an arrival in local time', record.replace('Z', '+09:00')],
    ['on a day that does not exist', record.replace('11-14', '02-30')],
    ['with a hash without padding', record.replace(/=+\n/, '\n')],
    ['with trailing bits in its hash', record.replace(/.=\n/, '1=\n')],
    ['with a hash of 31 bytes', record.replace(H, base64(hash.subarray(1)))],
    ['of a record with a kid', `${record}kid ${kid}\n`],
    ['with a byte outside ASCII', record.replace('ejcs', 'ejcs\u00a0')],
    ['of a revocation without a reason', revoke.replace('compromised', '-')],
    ['of a revocation with a free text', revoke.replace('compromised', 'lost')],
    ['of a new key with a reason', revoke.replace('key-revoke', 'key-add')],
    ['of a key with a short kid', revoke.replace(kid, kid.slice(1))],
    ['with a count that has a leading zero', head.replace('86400', '086400')],
    ['with a count past 2^53 − 1', head.replace('86400', '9007199254740992')],
    ['of the access log under an issuer', head.replace('issuer -', 'issuer ejcs')],
    ['of an erasure with a text for a reason', erase.replace('retention-ended', 'asked to')],
    ['that is empty', ''],
  ])('%s', (_, text) => {
    expect([record, revoke, head, erase]).not.toContain(text)
    expect(read(text)).toBeUndefined()
  })
})

test('the near twins of refused entries are accepted', () => {
  const [record, , , revoke, head] = golden.map(([, text]) => text) as [
    string,
    string,
    string,
    string,
    string,
  ]
  expect(read(head.replace('86400', '9007199254740991'))).toBeDefined()
  expect(read(head.replace('86400', '0'))).toBeDefined()
  expect(read(revoke.replace('compromised', 'superseded'))).toBeDefined()
  expect(read(record.replace('ejcs', 'e'.repeat(32)))).toBeDefined()
})

test('no member can smuggle in a line of its own', () => {
  const record = golden[0]?.[0] as Entry
  const erase = golden[5]?.[0] as Entry
  expect(() => formatEntry({ ...record, issuer: 'a\nkind erase' } as Entry)).toThrow(RangeError)
  expect(() => formatEntry({ ...erase, reason: 'a\nreason b' } as Entry)).toThrow(RangeError)
  expect(() => formatEntry({ ...record, sha256: hash.subarray(1) })).toThrow(RangeError)
})

test('whatever single byte of an entry is changed, it is refused or another entry', () => {
  const bytes = utf8(golden[3]?.[1] as string)
  fc.assert(
    fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 0, max: 255 }), (place, value) => {
      const changed = Uint8Array.from(bytes)
      changed[place] = value
      const entry = parseEntry(changed)
      if (entry !== undefined) expect(hex(formatEntry(entry))).toBe(hex(changed))
    }),
    { seed: 1, numRuns: 2000 },
  )
})

test.each([
  ['ejcs', true],
  ['east-japan-2', true],
  ['0', true],
  ['-', false],
  ['-ejcs', false],
  ['Ejcs', false],
  ['', false],
  ['e'.repeat(33), false],
  ['ejcs\n', false],
])('%j can name an issuer: %s', (text, expected) => {
  expect(isIssuerId(text)).toBe(expected)
})
