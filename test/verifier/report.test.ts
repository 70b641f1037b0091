import { expect, test } from 'vitest'
import { exitCode, finding, reportOf } from '../../src/verifier/report.ts'

const [good, warned, untrusted, invalid] = [
  finding('OK', 'signed'),
  finding('NO_EXTERNAL_TIME', 'no clock'),
  finding('LOG_UNTRUSTED', 'unknown log'),
  finding('SIG_INVALID', 'another key', 2),
]

test('what is refuted outweighs what is unknown, and that outweighs every pass', () => {
  expect(reportOf([good, untrusted, invalid, warned]).outcome).toBe('invalid')
  expect(reportOf([good, untrusted, warned]).outcome).toBe('unknown')
  expect(reportOf([good, warned]).outcome).toBe('valid')
  expect(invalid).toEqual({
    code: 'SIG_INVALID',
    severity: 'invalid',
    detail: 'another key',
    seq: 2,
  })
})

test('the exit status is 0 for valid, 1 for not valid, 3 for what could not be checked', () => {
  expect([exitCode('valid'), exitCode('invalid'), exitCode('unknown')]).toEqual([0, 1, 3])
})

test.each([
  ['SIG_INVALID', 'invalid'],
  ['INCLUSION_INVALID', 'invalid'],
  ['CHECKPOINT_SIG_INVALID', 'invalid'],
  ['CHAIN_BROKEN', 'invalid'],
  ['ENTRY_MISMATCH', 'invalid'],
  ['KEY_NOT_VALID_AT_ARRIVAL', 'invalid'],
  ['BUNDLE_FORMAT', 'invalid'],
  ['ISSUER_UNTRUSTED', 'untrusted'],
  ['LOG_UNTRUSTED', 'untrusted'],
  ['TRUST_MISSING', 'untrusted'],
  ['PAST_SEAL_UNTRUSTED', 'untrusted'],
  ['BODY_ERASED', 'untrusted'],
  ['NO_EXTERNAL_TIME', 'warning'],
  ['KEY_LATER_REVOKED', 'warning'],
] as const)('%s is %s', (code, severity) => {
  expect(finding(code, '').severity).toBe(severity)
})
