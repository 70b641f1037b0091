import { describe, expect, test } from 'vitest'
import type { Certificate } from '../../src/guarantee/certificate.ts'
import { findings, type Judged } from '../../src/guarantee/sufficiency.ts'
import {
  ADVANCE,
  advance,
  amended,
  CONTRACT_GUARANTEE,
  FUJI,
  INTERIM,
  interim,
  judged,
  lacking,
  said,
  security,
  version,
  WORKS,
  withRules,
} from './rules/judged.ts'
import { certificate } from './sample.ts'

describe('every rule holds', () => {
  test.each([
    ['an advance', advance({})],
    ['a contract guarantee', security({})],
    ['a bond', security({ kind: 'performance_bond' })],
  ])('for %s: nothing is said', (_, input) => expect(findings(input)).toEqual([]))

  test('for an interim advance nothing but that a contract guarantee cannot be seen', () => {
    expect(said(interim({}))).toEqual(['V12 not_checkable contract_guarantee_required'])
  })
})

describe('a rule whose inputs are absent answers not_checkable, with what is missing', () => {
  const cases: [rule: string, field: string, input: Judged][] = [
    ['V02', 'worksCategory', lacking(ADVANCE, 'worksCategory')],
    ['V03', 'worksCategory', lacking(ADVANCE, 'worksCategory')],
    ['V04', 'related', interim({}, { related: undefined })],
    [
      'V07',
      'worksPeriod.start',
      lacking(ADVANCE, 'worksPeriod', withRules({ minAdvanceDays: 60 })),
    ],
    ['V08', 'related', interim({}, { ...withRules({ capTotal: 1 }), related: undefined })],
    ['V11', 'lowBid', lacking(ADVANCE, 'lowBid')],
    ['V11', 'lowBid', lacking(CONTRACT_GUARANTEE as Certificate, 'lowBid')],
    ['V12', 'contractGuarantee', advance({}, { related: undefined })],
    ['V13', 'worksPeriod.end', lacking(ADVANCE, 'worksPeriod')],
    ['V13', 'finalYear', advance({ multiYear: true })],
    ['V14', 'worksPeriod.end', lacking(CONTRACT_GUARANTEE as Certificate, 'worksPeriod')],
    ['V14', 'coverage.start', security({ coverage: { end: '2026-03-20' } })],
    ['V15', 'initial', judged(CONTRACT_GUARANTEE as Certificate, { event: 'amend' })],
    ['V16', 'startBasisDate', lacking(ADVANCE, 'worksContractDate')],
    [
      'V16',
      'startBasisDate',
      advance(
        {},
        { owner: { ...FUJI, start: { date: '2099-01-01', basis: 'tender_notice_date' } } },
      ),
    ],
    ['V18', 'contract.worksName', advance({}, { contract: { worksNumber: '第25-101号' } })],
    ['V18', 'contract.worksNumber', advance({}, { contract: {} })],
    ['V19', 'related', interim({}, { related: undefined })],
    ['V19', 'interimApprovalDate', lacking(INTERIM, 'interimApprovalDate')],
    ['V22', 'worksContractDate', lacking(CONTRACT_GUARANTEE as Certificate, 'worksContractDate')],
    ['V23', 'hasPaperOriginal', advance({}, { hasPaperOriginal: undefined })],
  ]

  test.each(cases)('%s: %s (%#)', (rule, field, input) => {
    const own = findings(input).filter((finding) => finding.rule === rule)
    expect(own).toContainEqual({ rule, code: expect.any(String), severity: 'not_checkable', field })
    expect(own.every(({ severity }) => severity === 'not_checkable')).toBe(true)
  })
})

describe('a finding', () => {
  test('carries field, actual and limit in yen', () => {
    expect(findings(advance({ guaranteedAmount: 20_100_000 }))).toEqual([
      {
        rule: 'V02',
        code: 'advance_above_rate',
        severity: 'warn',
        field: 'guaranteedAmount',
        actual: 20_100_000,
        limit: 20_000_000,
      },
    ])
  })

  test('that blocks stands first, in the order of the error list', () => {
    const everything = judged(
      certificate({ guaranteedAmount: 60_000_000, worksContractDate: '2025-11-13' }),
      { owner: { ...FUJI, kinds: [] } },
    )
    expect(said(everything).slice(0, 3)).toEqual([
      'V16 block kind_not_accepted',
      'V16 block owner_not_started',
      'V01 block amount_invalid',
    ])
    const unknown = findings({ ...everything, owner: undefined })
    expect(unknown.slice(0, 2).map(({ code }) => code)).toEqual(['owner_unknown', 'amount_invalid'])
  })
})

describe('what is judged', () => {
  const rules = [{ from: '2025-11-20', values: { rateAdvanceWorks: 300_000 } }]
  const owner = { ...FUJI, rules }

  test('by the rule of the works contract date, else of the document date', () => {
    expect(said(advance({ worksContractDate: '2025-11-19' }, { owner }))).toEqual([])
    expect(said(advance({ worksContractDate: '2025-11-20' }, { owner }))).toContain(
      'V02 warn advance_above_rate',
    )
    expect(said(lacking(ADVANCE, 'worksContractDate', { owner }))).toContain(
      'V02 warn advance_above_rate',
    )
    const earlier = certificate({ documentDate: '2025-11-19' })
    expect(said(lacking(earlier, 'worksContractDate', { owner }))).not.toContain(
      'V02 warn advance_above_rate',
    )
  })

  test('with the officer’s price before the certificate’s', () => {
    const contract = { ...WORKS, contractPrice: 60_000_000 }
    expect(said(security({}, { contract }))).toEqual(['V10 warn guarantee_below_rate'])
    expect(said(security({ guaranteedAmount: 6_000_000 }, { contract }))).toEqual([])
    const lower = { ...WORKS, contractPrice: 39_000_000 }
    expect(said(advance({}, { contract: lower }))).toEqual([
      'V09 warn advance_above_rate_after_decrease',
    ])
  })

  test('without what a correction takes out of force', () => {
    const mistaken = version(1, { contractPrice: 500_000_000 })
    const input = judged(certificate({ guaranteedAmount: 21_000_000 }), {
      event: 'correct',
      versions: [mistaken],
    })
    expect(said(input)).toEqual([])
    expect(said({ ...input, targetSeq: 1 })).toEqual(['V02 warn advance_above_rate'])
  })

  test('with the corrected issue as the initial certificate', () => {
    const first = version(1, { contractPrice: 40_000_000, guaranteedAmount: 5_000_000 })
    const own = CONTRACT_GUARANTEE as Certificate
    const correction = judged(own, { event: 'correct', versions: [first], targetSeq: 1 })
    expect(said(correction)).toEqual([])
    expect(said(amended(own, first))).toContain('V15 warn price_raised_guarantee_unchanged')
  })

  test.each(['cancel', 'release', 'cancel_amendment'] as const)(
    'a %s is not refused for what the owner takes by now',
    (event) => {
      const input = { versions: [version(1, {})], owner: { ...FUJI, kinds: [] } }
      expect(said(advance({ worksContractDate: '2020-01-01' }, { ...input, event }))).toEqual([])
      expect(said(advance({}, { ...input, event: 'amend' }))).toContain(
        'V16 block kind_not_accepted',
      )
    },
  )
})
