import { describe, expect, test } from 'vitest'
import { base64url } from '../../src/base/bytes.ts'
import { openCompact } from '../../src/guarantee/compact-jws.ts'
import { readRecord, signCompact } from '../../src/guarantee/record.ts'
import { faultOf } from './fault-of.ts'
import { compact, HEADER, newKey, payload, without } from './sample.ts'

const codeOf = (jws: string) => faultOf(() => readRecord(jws)).code

describe('the strict gate', () => {
  const good = compact(HEADER)
  const [head, body, signature] = good.split('.') as [string, string, string]

  test('takes the well-formed record from which the others differ', () => {
    expect(readRecord(good).payload.sub).toBe('12345-678901')
  })

  test('refuses more than 16,384 bytes, and takes as many', () => {
    const filler = (bytes: number) => `${head}.${'A'.repeat(bytes - head.length - 88)}.${signature}`
    expect(filler(16_384)).toHaveLength(16_384)
    expect(codeOf(filler(16_385))).toBe('jws_too_large')
    expect(codeOf(filler(16_384))).not.toBe('jws_too_large')
    expect(codeOf('あ'.repeat(5_462))).toBe('jws_too_large')
  })

  test.each([
    ['', 'empty'],
    ['a.b', 'two parts'],
    [`${good}.a`, 'four parts'],
    [`${head}..${signature}`, 'an empty part'],
    [` ${good}`, 'a space before'],
    [`${good}\n`, 'a line end'],
    [`${head}=.${body}.${signature}`, 'padding'],
    [`${head}.${body}.${signature.replace('A', '+')}`, 'standard base64'],
    [compact(HEADER, payload(), new Uint8Array(63)), 'a signature of 63 bytes'],
    [compact(HEADER, payload(), new Uint8Array(71)), 'a DER signature'],
    [compact('{'), 'a header that is no JSON'],
    [compact('[]'), 'a header that is no object'],
    [compact('null'), 'a header that is null'],
  ])('jws_malformed: %#', (jws) => expect(codeOf(jws)).toBe('jws_malformed'))

  test('jws_noncanonical: stray bits after the last byte, a length that no bytes have', () => {
    expect(codeOf(`${head}.${body}.${signature.slice(0, -1)}B`)).toBe('jws_noncanonical')
    expect(codeOf(`${head}.AAAAA.${signature}`)).toBe('jws_noncanonical')
  })

  test.each(['{', '[]', '"a"', 'null', '1', '\uFEFF{}', '{}{}'])(
    'payload_invalid_json: %j',
    (text) => expect(codeOf(compact(HEADER, text))).toBe('payload_invalid_json'),
  )

  test('payload_invalid_json: bytes that are no UTF-8', () => {
    const bytes = base64url(Uint8Array.from([0x7b, 0xff, 0x7d]))
    expect(codeOf(`${head}.${bytes}.${signature}`)).toBe('payload_invalid_json')
  })

  test('header_duplicate_member, payload_duplicate_member, payload_unsafe_number, in this order', () => {
    const twice = `{"alg":"HS256",${JSON.stringify(HEADER).slice(1)}`
    const twiceInside = JSON.stringify(payload()).replace('"name":', '"name":"X","name":')
    const unsafe = JSON.stringify(payload()).replace('50000000', '9007199254740993')
    expect(codeOf(compact(twice, twiceInside))).toBe('header_duplicate_member')
    expect(codeOf(compact(HEADER, twiceInside))).toBe('payload_duplicate_member')
    expect(codeOf(compact(HEADER, unsafe))).toBe('payload_unsafe_number')
  })

  test.each(['alg', 'kid', 'typ'] as const)('header_member_missing: %s', (member) => {
    expect(codeOf(compact(without(HEADER, member)))).toBe('header_member_missing')
  })

  test.each(['crit', 'b64', 'zip', 'cty', 'jwk', 'jku', 'x5u', 'x5c', 'x5t', '__proto__'])(
    'header_member_not_allowed: %s',
    (member) => {
      const header = `{"${member}":"x",${JSON.stringify(HEADER).slice(1)}`
      expect(codeOf(compact(header))).toBe('header_member_not_allowed')
    },
  )

  test('header_member_not_allowed: a kid that is no string', () => {
    expect(codeOf(compact({ ...HEADER, kid: 1 }))).toBe('header_member_not_allowed')
  })

  test.each(['JWT', 'guarantee-record+JWT', 'application/guarantee-record+jwt', 1])(
    'typ_invalid: %j',
    (typ) => expect(codeOf(compact({ ...HEADER, typ }))).toBe('typ_invalid'),
  )

  test.each(['none', 'HS256', 'RS256', 'EdDSA', 'ed25519', 'ES384', null, ['ES256']])(
    'alg_not_allowed: %j',
    (alg) => expect(codeOf(compact({ ...HEADER, alg }))).toBe('alg_not_allowed'),
  )

  test('of two faults the earlier of the list is told', () => {
    const header = { ...HEADER, typ: 'JWT', alg: 'none' }
    expect(codeOf(compact({ ...header, jwk: {} }, {}))).toBe('header_member_not_allowed')
    expect(codeOf(compact(header, {}))).toBe('typ_invalid')
    expect(codeOf(compact({ ...HEADER, alg: 'none' }, {}))).toBe('alg_not_allowed')
    expect(codeOf(compact(HEADER, {}))).toBe('claim_missing')
  })

  test('another type of JWS passes the same gate under its own typ', async () => {
    const jws = await signCompact({ typ: 'key-change+jwt' }, { a: 1 }, newKey('Ed25519').privateJwk)
    expect(openCompact(jws, 'key-change+jwt').payload).toEqual({ a: 1 })
    expect(codeOf(jws)).toBe('typ_invalid')
  })
})
