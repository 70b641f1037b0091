import { describe, expect, test } from 'vitest'
import { base64url, sha256, utf8 } from '../../src/base/bytes.ts'
import {
  checkClaims,
  fitsKey,
  type RecordPayload,
  readRecord,
  verifyWithJose,
} from '../../src/guarantee/record.ts'
import { faultOf } from './fault-of.ts'
import {
  certificate,
  compact,
  HEADER,
  newKey,
  PLATFORM,
  payload,
  sign,
  TYP,
  without,
} from './sample.ts'

const ed25519 = newKey('Ed25519')
const es256 = newKey('ES256')

describe('a signed record', () => {
  test.each([ed25519, es256])(
    'is read and verified under its own key ($publicKey.alg)',
    async (key) => {
      const jws = await sign(payload(), key)
      const record = readRecord(jws)
      expect(record.payload).toEqual(payload())
      expect(record.header).toEqual({ alg: key.publicKey.alg, kid: key.publicKey.kid, typ: TYP })
      expect(record.sha256).toEqual(sha256(utf8(jws)))
      expect(record.contentId).toBe(base64url(sha256(utf8(jws.slice(0, jws.lastIndexOf('.'))))))
      expect(await verifyWithJose(jws, key.publicKey)).toBe(true)
    },
  )

  test.each(['Ed25519', 'ES256'] as const)(
    'valid, but of another key or another record, is not (%s)',
    async (alg) => {
      const [key, other] = [newKey(alg), newKey(alg)]
      const jws = await sign(payload(), key)
      const another = await sign(payload({ iat: 1_764_000_001 }), key)
      const swapped = jws.slice(0, jws.lastIndexOf('.')) + another.slice(another.lastIndexOf('.'))
      expect(await verifyWithJose(jws, other.publicKey)).toBe(false)
      expect(await verifyWithJose(swapped, key.publicKey)).toBe(false)
      expect(await verifyWithJose(jws, ed25519.publicKey)).toBe(false)
      expect(await verifyWithJose(jws, es256.publicKey)).toBe(false)
    },
  )

  test('the content id leaves the signature out, the hash does not', async () => {
    const first = readRecord(await sign(payload(), es256))
    const second = readRecord(await sign(payload(), es256))
    expect(second.contentId).toBe(first.contentId)
    expect(second.sha256).not.toEqual(first.sha256)
  })

  test('a key that cannot be imported is an error, not a wrong signature', async () => {
    const jws = await sign(payload(), es256)
    const broken = { ...es256.publicKey, jwk: { ...es256.publicKey.jwk, x: 'AAAA' } }
    await expect(verifyWithJose(jws, broken)).rejects.toThrow()
  })
})

/** The claims of a later version of the sample, right in itself. */
const PREV = base64url(new Uint8Array(32))
const later = (event: RecordPayload['event'], more: Partial<RecordPayload> = {}) =>
  payload({ seq: 2, prev: PREV, event, ...more })

describe('claims', () => {
  const faultsOf = (claims: unknown) => {
    const { code, errors } = faultOf(() => readRecord(compact(HEADER, claims)))
    return { code, fields: errors?.map((error) => `${error.code} ${error.field}`) }
  }

  test.each([
    payload(),
    later('amend'),
    later('amend', { reason: '設計変更による増額' }),
    later('correct', { targetSeq: 1, reason: '工事名の誤記' }),
    later('cancel_amendment', { targetSeq: 2, reason: '変更契約の取りやめ' }),
    later('cancel', { reason: '契約の解除' }),
    later('cancel', { reason: 'x'.repeat(400), reasonCode: 'converted_to_paper' }),
    later('release'),
    payload({ sub: 'A-1', certificate: certificate({ contractNumber: 'A-1' }) }),
    payload({ certificate: certificate({ worksName: '𠮷'.repeat(200) }) }),
    payload({ certificate: certificate({ contractPrice: 999_999_999_999, guaranteedAmount: 1 }) }),
    payload({ certificate: certificate({ coverage: { end: '2026-03-20' } }) }),
    payload({ certificate: certificate({ guaranteedAmount: 60_000_000 }) }),
    payload({ certificate: certificate({ kind: 'bank_guarantee' as 'contract' }) }),
  ])('that are right are taken (%#)', (claims) => {
    expect(readRecord(compact(HEADER, claims)).payload).toEqual(claims)
  })

  test.each([
    'iss',
    'aud',
    'iat',
    'jti',
    'ver',
    'sub',
    'seq',
    'prev',
    'event',
    'certificate',
  ] as const)('claim_missing: %s', (claim) => {
    expect(faultsOf(without(payload(), claim))).toEqual({
      code: 'claim_missing',
      fields: [`claim_missing ${claim}`],
    })
  })

  test('claim_missing: what the event or the certificate needs', () => {
    expect(faultsOf(later('correct')).fields).toEqual([
      'claim_missing targetSeq',
      'claim_missing reason',
    ])
    expect(faultsOf(later('cancel_amendment', { targetSeq: 1 })).fields).toEqual([
      'claim_missing reason',
    ])
    expect(faultsOf(later('cancel')).code).toBe('claim_missing')
    const { owner: _, ...rest } = certificate()
    expect(faultsOf({ ...payload(), certificate: { ...rest, terms: { id: 'a' } } }).fields).toEqual(
      ['claim_missing certificate.owner', 'claim_missing certificate.terms.title'],
    )
  })

  test.each<[string, object]>([
    ['iss', { iss: '' }],
    ['aud', { aud: [PLATFORM] }],
    ['iat', { iat: -1 }],
    ['iat', { iat: '1764000000' }],
    ['jti', { jti: '0199F3A4-5B6C-7D8E-9F00-112233445566' }],
    ['ver', { ver: 2 }],
    ['sub', { sub: null }],
    ['seq', { seq: 1.5 }],
    ['seq', { seq: 2, prev: PREV }],
    ['seq', { event: 'amend' }],
    ['prev', { prev: PREV }],
    ['prev', { ...later('amend'), prev: null }],
    ['prev', { ...later('amend'), prev: `${PREV}A` }],
    ['prev', { ...later('amend'), prev: `${PREV.slice(0, -1)}B` }],
    ['event', { event: 'change' }],
    ['targetSeq', { targetSeq: 1 }],
    ['targetSeq', later('amend', { targetSeq: 1 })],
    ['targetSeq', { ...later('correct', { reason: 'x' }), targetSeq: 0 }],
    ['reason', { reason: 'x' }],
    ['reason', later('cancel', { reason: '' })],
    ['reason', later('cancel', { reason: 'x'.repeat(401) })],
    ['reasonCode', later('release', { reasonCode: 'other' })],
    ['reasonCode', { ...later('cancel', { reason: 'x' }), reasonCode: 'error' }],
    ['exp', { exp: 1_800_000_000 }],
    ['certificate', { certificate: [] }],
    ['certificate.contractNumber', { sub: '12345-678902' }],
  ])('claim_invalid: %s (%#)', (field, change) => {
    const faults = faultsOf({ ...payload(), ...change })
    expect(faults.code).toBe('claim_invalid')
    expect(faults.fields).toContain(`claim_invalid ${field}`)
  })

  test.each<[string, object]>([
    ['contractPrice', { contractPrice: 0 }],
    ['contractPrice', { contractPrice: '50000000' }],
    ['guaranteedAmount', { guaranteedAmount: 1_000_000_000_000 }],
    ['guaranteedAmount', { guaranteedAmount: 1.5 }],
    ['fiscalYearAmount', { fiscalYearAmount: -1 }],
    ['worksName', { worksName: '' }],
    ['worksName', { worksName: '　' }],
    ['worksName', { worksName: 'a\u0000b' }],
    ['worksName', { worksName: '工'.repeat(201) }],
    ['worksName', { worksName: '\ud842' }],
    ['worksCategory', { worksCategory: 'construction' }],
    ['worksContractDate', { worksContractDate: '2025-02-29' }],
    ['worksContractDate', { worksContractDate: '2025/11/20' }],
    ['worksPeriod', { worksPeriod: { start: '2026-03-20', end: '2026-03-19' } }],
    ['coverage', { coverage: { start: '2026-03-20', end: '2026-03-19' } }],
    ['coverage.from', { coverage: { from: '2026-03-20', end: '2026-03-21' } }],
    ['owner.__proto__', { owner: JSON.parse('{"name":"a","__proto__":{"code":"1"}}') }],
    ['jvMembers', { jvMembers: [] }],
    ['jvMembers.1', { jvMembers: ['甲', 1] }],
    ['lowBid', { lowBid: 'false' }],
    ['terms.sha256', { terms: { id: 'a', title: 'b', sha256: 'c' } }],
    ['kind', { kind: 1 }],
    ['premium', { premium: 1 }],
  ])('claim_invalid: certificate.%s (%#)', (field, change) => {
    const claims = { ...payload(), certificate: { ...certificate(), ...change } }
    expect(faultsOf(claims)).toEqual({
      code: 'claim_invalid',
      fields: [`claim_invalid certificate.${field}`],
    })
  })

  test('all wrong members are told together, and the text names the first with its cure', () => {
    const claims = {
      ...payload({ seq: 3, event: 'cancel' }),
      extra: 1,
      certificate: { ...certificate(), contractPrice: 0, contractNumber: '1' },
    }
    const fault = faultOf(() => readRecord(compact(HEADER, claims)))
    expect(fault.code).toBe('claim_missing')
    expect(fault.message).toBe(
      'reason is missing; cancel needs it (5 members are wrong; see errors)',
    )
    expect(fault.errors?.map(({ field }) => field)).toEqual([
      'certificate.contractPrice',
      'extra',
      'prev',
      'reason',
      'certificate.contractNumber',
    ])
  })

  test('of hundreds of wrong members fifty are told, and all are counted', () => {
    const strange = Object.fromEntries(Array.from({ length: 900 }, (_, i) => [`x${i}`, 1]))
    const fault = faultOf(() => readRecord(compact(HEADER, { ...payload(), ...strange })))
    expect(fault.errors).toHaveLength(50)
    expect(fault.message).toContain('(900 members are wrong; see errors)')
  })
})

describe('a record against its key, issuer and platform', () => {
  const record = readRecord(compact(HEADER))
  const expected = {
    iss: record.payload.iss,
    platform: PLATFORM,
    now: Date.parse('2025-11-24T16:00:00.000Z'),
  }
  const at = (iat: number) => ({ payload: payload({ iat }) })
  const now = expected.now / 1000

  test('fits', () => {
    expect(() => fitsKey(record, { alg: 'Ed25519' }, '^[0-9]{5}-[0-9]{6}$')).not.toThrow()
    expect(() => checkClaims(record, expected)).not.toThrow()
    expect(() => checkClaims(at(now + 300), expected)).not.toThrow()
  })

  test('alg_not_allowed: an algorithm that is not the key’s, before the number', () => {
    expect(faultOf(() => fitsKey(record, { alg: 'ES256' }, '^x$')).code).toBe('alg_not_allowed')
  })

  test.each(['^[0-9]{4}-[0-9]{6}$', '[0-9]{5}', '^[0-9]{5}|x'])(
    'claim_invalid: sub against the pattern %s, which must fit the whole',
    (pattern) => {
      const fault = faultOf(() => fitsKey(record, { alg: 'Ed25519' }, pattern))
      expect(fault.code).toBe('claim_invalid')
      expect(fault.errors?.[0]?.field).toBe('sub')
    },
  )

  test('issuer_mismatch, audience_mismatch, iat_in_future, in this order', () => {
    const wrong = { iss: 'https://other.example.jp', platform: `${PLATFORM}/`, now: expected.now }
    const codes = [wrong, { ...wrong, iss: expected.iss }, expected].map(
      (expect) => faultOf(() => checkClaims(at(now + 301), expect)).code,
    )
    expect(codes).toEqual(['issuer_mismatch', 'audience_mismatch', 'iat_in_future'])
  })
})
