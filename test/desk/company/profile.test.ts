import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { Fault } from '../../../src/base/fault.ts'
import { profileWarnings, readProfile, termsOn } from '../../../src/desk/company/profile.ts'

type Json = Record<string, unknown>

const ISSUER = { id: 'sample', numberPattern: '^[0-9]{5}-[0-9]{6}$' }
const EXAMPLE = readFileSync(new URL('../../../docs/issuer-profile.json', import.meta.url), 'utf8')

/** The example of the manual with one member set otherwise, by its path; undefined takes it away. */
function changed(path: string, value: unknown): Json {
  const profile = JSON.parse(EXAMPLE) as Json
  const names = path.split('.')
  const last = names.pop() as string
  const parent = names.reduce((at, name) => at[name] as Json, profile)
  if (value === undefined) delete parent[last]
  else parent[last] = value
  return profile
}

function faultsOf(value: unknown, issuer = ISSUER): [string, string][] {
  try {
    readProfile(value, issuer)
    return []
  } catch (error) {
    const { code, errors = [] } = error as Fault
    expect(code).toBe('body_invalid')
    return errors.map(({ field, detail }) => [field, detail])
  }
}

const CLASSED_TWICE = [
  { organisation: 'a', contractorClass: 'A' },
  { organisation: 'a', contractorClass: 'B' },
]

describe('a company profile', () => {
  test('the example of the manual is one, and warns of its cliff', () => {
    const profile = readProfile(JSON.parse(EXAMPLE), ISSUER)
    expect(profile.branches).toHaveLength(1)
    expect(profileWarnings(profile)).toMatchObject([{ field: 'rateTables.2.tiers.bands' }])
  })

  test('the company of the demo has one', () => {
    const demo = readFileSync(new URL('../../../db/demo/companies.json', import.meta.url), 'utf8')
    expect(faultsOf(JSON.parse(demo)['akashi-east'], { ...ISSUER, id: 'akashi-east' })).toEqual([])
  })

  test.each<[string, string, unknown, string, RegExp]>([
    ['no name', 'issuerName', undefined, 'issuerName', /text/],
    ['a member that is not known', 'discount', 5, 'discount', /not known/],
    ['no office', 'branches', [], 'branches', /office that is active/],
    ['no active office', 'branches.0.isActive', false, 'branches', /office that is active/],
    ['a mail address without a host', 'branches.0.mail', 'honten', 'branches.0.mail', /mail/],
    ['a telephone of letters', 'branches.0.phone', '03-ABCD-0100', 'branches.0.phone', /telephone/],
    ['a time past the day', 'branches.0.openTo', '24:00', 'branches.0.openTo', /HH:MM/],
    ['hours turned round', 'branches.0.openTo', '08:00', 'branches.0.openTo', /after openFrom/],
    ['a late cut-off', 'branches.0.cutoffTime', '17:01', 'branches.0.cutoffTime', /between/],
    [
      'a holiday that does not exist',
      'branches.0.closedDates',
      ['2026-02-30'],
      'branches.0.closedDates.0',
      /day/,
    ],
    [
      'a prefix past the pattern',
      'numbering.guarantee.prefix',
      '000-',
      'numbering.guarantee',
      /pattern of sample/,
    ],
    ['a digit too few', 'numbering.guarantee.digits', 5, 'numbering.guarantee', /pattern/],
    ['a serial past its digits', 'numbering.sheet.next', 1e6, 'numbering.sheet.next', /digits/],
    ['a serial of none', 'numbering.sheet.next', 0, 'numbering.sheet.next', /1/],
    ['a prefix in lower case', 'numbering.sheet.prefix', 'a', 'numbering.sheet.prefix', /A-Z/],
    ['no numbers of notices', 'numbering.notice', undefined, 'numbering.notice', /object/],
    [
      'a table of another company',
      'rateTables.1.issuerId',
      'other',
      'rateTables.1.issuerId',
      /must be sample/,
    ],
    [
      'a table of unknown terms',
      'rateTables.1.termsId',
      'x',
      'rateTables.1.termsId',
      /terms\.interim/,
    ],
    [
      'a gap in a table',
      'rateTables.1.tiers.bands.0.upTo',
      5,
      'rateTables.1.tiers.bands.0.upTo',
      /null/,
    ],
    ['terms without rates', 'rateTables', [], 'terms.contract', /no rate table/],
    ['no terms', 'terms', {}, 'terms', /one kind/],
    ['terms of another kind', 'terms.performance_bond', [], 'terms.performance_bond', /not known/],
    ['no way to pay', 'paymentMethods', [], 'paymentMethods', /one at least/],
    ['a way to pay twice', 'paymentMethods', ['per_case', 'per_case'], 'paymentMethods.1', /twice/],
    ['another way to pay', 'paymentMethods', ['card'], 'paymentMethods.0', /monthly_lump/],
    [
      'an account of six digits',
      'premiumAccount.number',
      '123456',
      'premiumAccount.number',
      /seven/,
    ],
    ['a holder in kanji', 'premiumAccount.holderKana', '見本', 'premiumAccount.holderKana', /kana/],
    [
      'a holder in half-width kana',
      'premiumAccount.holderKana',
      'ﾐﾎﾝ',
      'premiumAccount.holderKana',
      /full-width/,
    ],
    ['a holder of spaces', 'premiumAccount.holderKana', '　', 'premiumAccount.holderKana', /kana/],
    ['savings', 'premiumAccount.type', 'savings', 'premiumAccount.type', /ordinary, current/],
    ['an account without a bank', 'premiumAccount.bankName', '', 'premiumAccount.bankName', /text/],
    ['a bank code', 'premiumAccount.code', '0000', 'premiumAccount.code', /not known/],
    ['no days to pay', 'premiumDueDays', 0, 'premiumDueDays', /1 to 90/],
    ['half a day to pay', 'premiumDueDays', 1.5, 'premiumDueDays', /1 to 90/],
    ['four eyes in words', 'fourEyes', 'yes', 'fourEyes', /true or false/],
    [
      'a firm classed twice',
      'contractorClasses',
      CLASSED_TWICE,
      'contractorClasses.1.organisation',
      /twice/,
    ],
  ])('%s is refused', (_, path, value, field, detail) => {
    expect(faultsOf(changed(path, value))).toContainEqual([field, expect.stringMatching(detail)])
  })

  test.each<[string, unknown]>([
    ['branches.0.cutoffTime', '17:00'],
    ['branches.0.fax', '03-0000-0101'],
    ['numbering.sheet.next', 999_999],
    ['paymentMethods', ['per_case']],
    ['premiumAccount', undefined],
    ['premiumAccount.type', 'current'],
    ['premiumAccount.holderKana', 'カ）ミホンホショウ　ＡＢ－１'],
    ['premiumDueDays', undefined],
    ['premiumDueDays', 90],
    ['terms.interim_advance_payment.0.sha256', 'A'.repeat(43)],
  ])('the twin that is allowed: %s %j', (path, value) => {
    expect(faultsOf(changed(path, value))).toEqual([])
  })

  test('another pattern asks for other numbers', () => {
    const other = { id: 'sample', numberPattern: '^KH[0-9]{8}$' }
    const faults = faultsOf(JSON.parse(EXAMPLE), other)
    expect(faults.map(([field]) => field)).toEqual(['numbering.guarantee'])
    const fitting = changed('numbering.guarantee', { prefix: 'KH26', digits: 6, next: 1 })
    expect(faultsOf(fitting, other)).toEqual([])
  })
})

describe('the terms of a day', () => {
  const terms = [
    { id: 'sample-contract-2025-04', title: '契約保証約款', effectiveFrom: '2025-04-01' },
    { id: 'new', title: '契約保証約款（改正）', effectiveFrom: '2026-04-01' },
  ]
  const profile = readProfile(changed('terms.contract', terms), ISSUER)

  test.each([
    ['2025-03-31', undefined],
    ['2025-04-01', 'sample-contract-2025-04'],
    ['2026-03-31', 'sample-contract-2025-04'],
    ['2026-04-01', 'new'],
  ])('on %s they are %s', (day, id) => {
    expect(termsOn(profile, 'contract', day)?.id).toBe(id)
  })

  test('stand on a certificate as they are named', () => {
    expect(termsOn(profile, 'contract', '2026-04-01')).toEqual({
      id: 'new',
      title: '契約保証約款（改正）',
    })
  })
})
