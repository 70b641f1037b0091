import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { base64, base64url } from '../../src/base/bytes.ts'
import {
  type Evidence,
  parseEvidence,
  parseReceipt,
  parseTrust,
  type Receipt,
  type TrustDocument,
} from '../../src/log/bundle.ts'
import { vkey } from '../../src/log/checkpoint.ts'
import { COSIGNATURE_TYPE } from '../../src/log/cosignature.ts'
import { keyPair } from './keys.ts'
import { sampleLeaf } from './trees.ts'

const hash = base64(sampleLeaf(0))
const kid = base64url(sampleLeaf(1))
const at = '2026-11-14T00:30:05.123Z'
const { publicKey } = keyPair(1)
const place = { entry: 'ZW50cnk=', index: 0, inclusion: [hash] }

const evidence: Evidence = {
  format: 'akashi-evidence/v1',
  platform: 'https://platform.example',
  origin: 'platform.example/akashi',
  issuer: { id: 'east', iss: 'https://issuer.example' },
  contractNumber: '12345-678901',
  generatedAt: at,
  partial: false,
  versions: [
    { seq: 1, record: 'a.b.c', ...place },
    { seq: 2, ...place },
  ],
  checkpoint: 'note',
  keys: [{ kid, event: 'key-add', ...place }],
  timestamps: [{ type: 'rfc3161', over: 'checkpoint', token: 'AAAA' }],
  verificationReceipt: 'a.b.c',
}

const receipt: Receipt = {
  issuer: 'east',
  contractNumber: '12345-678901',
  seq: 1,
  arrivedAt: at,
  index: 0,
  treeSize: 1,
  proof: 'c2sp.org/tlog-proof@v1',
}

const okp = { kty: 'OKP', crv: 'Ed25519', x: base64url(publicKey) } as const
const ec = { kty: 'EC', crv: 'P-256', x: base64url(publicKey), y: base64url(publicKey) } as const
const trust: TrustDocument = {
  format: 'akashi-trust/v1',
  platform: 'https://platform.example',
  log: {
    origin: 'platform.example/akashi/2',
    vkey: vkey('platform.example/akashi/2', publicKey),
    previous: [
      {
        origin: 'platform.example/akashi',
        vkey: vkey('platform.example/akashi', publicKey),
        size: 3,
        root: hash,
      },
    ],
  },
  receiptKeys: [{ kid, jwk: okp, notBefore: at, retiredAt: at }],
  issuers: [
    {
      id: 'east',
      iss: 'https://issuer.example',
      name: '東日本',
      numberPattern: '^.*$',
      keys: [
        { kid, alg: 'Ed25519', jwk: okp, notBefore: at },
        { kid, alg: 'ES256', jwk: ec, notBefore: at, revokedAt: at, compromisedSince: at },
      ],
    },
  ],
  witnesses: [vkey('witness.example', publicKey, COSIGNATURE_TYPE)],
  quorum: 1,
}

const documents = [
  ['evidence', parseEvidence, evidence],
  ['a receipt', parseReceipt, receipt],
  ['a trust document', parseTrust, trust],
] as const

describe.each(documents)('%s', (_, parse, document) => {
  const copy = () => JSON.parse(JSON.stringify(document))

  test('is read as it was written', () => {
    expect(parse(copy())).toEqual(document)
  })

  test('with any member missing, replaced or added is refused', () => {
    const optional = /^(record|retiredAt|revokedAt|compromisedSince)$/
    const visit = (node: unknown, root: unknown) => {
      if (typeof node !== 'object' || node === null) return
      const object = node as Record<string, unknown>
      for (const name of Object.keys(object)) {
        const value = object[name]
        for (const wrong of [null, {}, [null], '', -1, 0.5]) {
          object[name] = wrong
          expect(parse(root), `${name} = ${JSON.stringify(wrong)}`).toBeUndefined()
        }
        delete object[name]
        if (!Array.isArray(node) && !optional.test(name)) {
          expect(parse(root), `without ${name}`).toBeUndefined()
        }
        object[name] = value
        visit(value, root)
      }
      if (Array.isArray(node)) return
      object['more'] = 1
      expect(parse(root)).toBeUndefined()
      delete object['more']
    }
    const root = copy()
    visit(root, root)
    expect(parse(root)).toEqual(document)
  })

  test('is told from any other value without a throw', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(parse(value)).toBeUndefined()
      }),
      { seed: 3, numRuns: 500 },
    )
    for (const value of [undefined, [], copy().keys, Object.create(document)]) {
      expect(parse(value)).toBeUndefined()
    }
    expect(parse(JSON.parse(`{"__proto__":${JSON.stringify(document)}}`))).toBeUndefined()
  })
})

describe('evidence is refused', () => {
  const first = evidence.versions[0] as Evidence['versions'][number]
  const withFirst = (changes: object) => ({ ...evidence, versions: [{ ...first, ...changes }] })

  test.each([
    ['without a version', { ...evidence, versions: [] }],
    ['with 64 proof hashes', withFirst({ inclusion: Array(64).fill(hash) })],
    ['with a short proof hash', withFirst({ inclusion: ['AAAA'] })],
    ['with unpadded base64', withFirst({ entry: 'ZW50cnk' })],
    ['with trailing bits', withFirst({ entry: 'ZW50cnl=' })],
    ['with a seq of 0', withFirst({ seq: 0 })],
    ['with an index past 2^53 − 1', withFirst({ index: 2 ** 53 })],
    ['of another format', { ...evidence, format: 'akashi-evidence/v2' }],
  ])('%s', (_, value) => {
    expect(parseEvidence(withFirst({}))).toBeDefined()
    expect(parseEvidence(value)).toBeUndefined()
  })

  test('but not with 63 proof hashes', () => {
    expect(parseEvidence(withFirst({ inclusion: Array(63).fill(hash) }))).toBeDefined()
  })
})

describe('a trust document is refused', () => {
  const { log } = trust
  const withKey = (jwk: object) => ({ ...trust, receiptKeys: [{ kid, jwk, notBefore: at }] })

  test.each([
    ['whose vkey is of another log', { ...trust, log: { ...log, origin: 'other.example' } }],
    [
      'whose sealed log has a broken vkey',
      {
        ...trust,
        log: { ...log, previous: [{ ...log.previous[0], origin: 'other.example' }] },
      },
    ],
    ['with a private key', withKey({ ...okp, d: okp.x })],
    ['with an EC receipt key', withKey(ec)],
    ['with a short coordinate', withKey({ ...okp, x: 'AAAA' })],
    ['with a plain key for a witness', { ...trust, witnesses: [vkey('w.example', publicKey)] }],
    ['with a quorum that cannot be met', { ...trust, quorum: 2 }],
    ['with a quorum of 0', { ...trust, quorum: 0 }],
  ])('%s', (_, value) => {
    expect(parseTrust(value)).toBeUndefined()
  })

  test('but not with the quorum "none" and no witness', () => {
    expect(parseTrust({ ...trust, witnesses: [], quorum: 'none' })).toBeDefined()
    expect(parseTrust(withKey(okp))).toBeDefined()
  })
})
