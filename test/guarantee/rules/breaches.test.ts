import { describe, expect, test } from 'vitest'
import type { Judged } from '../../../src/guarantee/sufficiency.ts'
import { certificate } from '../sample.ts'
import {
  ADVANCE,
  advance,
  amended,
  CONTRACT_GUARANTEE,
  FUJI,
  interim,
  lacking,
  ofTwoYears,
  said,
  security,
  version,
  WORKS,
  withRules,
} from './judged.ts'

describe('a rule that does not hold is found, its near twin is not', () => {
  const cases: [found: string, breach: Judged, twin: Judged][] = [
    [
      'V01 block amount_invalid',
      security({ guaranteedAmount: 50_000_001 }),
      security({ guaranteedAmount: 50_000_000 }),
    ],
    [
      'V02 warn advance_above_rate',
      advance({ guaranteedAmount: 20_100_000 }),
      advance({ guaranteedAmount: 20_000_000 }),
    ],
    [
      'V02 warn advance_above_rate',
      advance({ contractPrice: 49_999_999 }),
      advance({ contractPrice: 50_000_000 }),
    ],
    [
      'V02 warn advance_above_rate',
      advance({}, withRules({ rateAdvanceWorks: 300_000 })),
      advance({ guaranteedAmount: 15_000_000 }, withRules({ rateAdvanceWorks: 300_000 })),
    ],
    [
      'V03 warn consulting_advance_above_rate',
      advance({ worksCategory: 'consulting', guaranteedAmount: 15_100_000 }),
      advance({ worksCategory: 'consulting', guaranteedAmount: 15_000_000 }),
    ],
    [
      'V04 warn interim_above_rate',
      interim({ guaranteedAmount: 10_100_000 }),
      interim({ guaranteedAmount: 10_000_000 }),
    ],
    [
      'V04 warn advances_above_rate',
      interim({}, { related: certificate({ guaranteedAmount: 20_000_001 }) }),
      interim({}),
    ],
    ['V05 info base_is_fiscal_year', advance({ fiscalYearAmount: 50_000_000 }), advance({})],
    [
      'V02 warn advance_above_rate',
      advance({ fiscalYearAmount: 49_000_000 }),
      advance({ fiscalYearAmount: 49_000_000 }, withRules({ base: 'contract' })),
    ],
    [
      'V06 warn not_rounded_down',
      advance({ guaranteedAmount: 19_950_000 }),
      advance({ guaranteedAmount: 19_950_000 }, withRules({ roundDownTo: 50_000 })),
    ],
    [
      'V06 warn not_rounded_down',
      advance({ guaranteedAmount: 19_999_999 }),
      advance({ guaranteedAmount: 19_999_999 }, withRules({ roundDownTo: 0 })),
    ],
    [
      'V07 warn price_below_minimum',
      advance({ contractPrice: 999_999, guaranteedAmount: 300_000 }),
      advance({ contractPrice: 1_000_000, guaranteedAmount: 300_000 }),
    ],
    [
      'V07 warn term_below_minimum',
      advance({}, withRules({ minAdvanceDays: 121 })),
      advance({}, withRules({ minAdvanceDays: 120 })),
    ],
    [
      'V08 warn cap_exceeded',
      advance({}, withRules({ capTotal: 19_999_999 })),
      advance({}, withRules({ capTotal: 20_000_000 })),
    ],
    [
      'V08 warn cap_exceeded',
      interim({}, withRules({ capTotal: 29_999_999 })),
      interim({}, withRules({ capTotal: 30_000_000 })),
    ],
    [
      'V09 warn advance_above_rate_after_decrease',
      amended(certificate({ contractPrice: 39_999_999 }), version(1, {})),
      amended(certificate({ contractPrice: 40_000_000 }), version(1, {})),
    ],
    [
      'V10 warn guarantee_below_rate',
      security({ guaranteedAmount: 4_999_999 }),
      security({ guaranteedAmount: 5_000_000 }),
    ],
    [
      'V11 warn low_bid_guarantee_below_rate',
      security({ lowBid: true, guaranteedAmount: 14_999_999 }),
      security({ lowBid: true, guaranteedAmount: 15_000_000 }),
    ],
    [
      'V11 warn low_bid_advance_above_rate',
      advance({ lowBid: true, guaranteedAmount: 10_100_000 }),
      advance({ lowBid: true, guaranteedAmount: 10_000_000 }),
    ],
    [
      'V12 not_checkable contract_guarantee_required',
      advance({ contractPrice: 5_000_000, guaranteedAmount: 2_000_000 }, { related: undefined }),
      advance({ contractPrice: 4_999_999, guaranteedAmount: 1_900_000 }, { related: undefined }),
    ],
    [
      'V12 not_checkable contract_guarantee_required',
      advance(
        { worksCategory: 'consulting', contractPrice: 1_000_000, guaranteedAmount: 300_000 },
        { related: undefined },
      ),
      advance({ worksCategory: 'consulting', contractPrice: 1_000_000, guaranteedAmount: 300_000 }),
    ],
    [
      'V13 warn ends_before_completion',
      advance({ coverage: { end: '2026-03-19' } }),
      advance({ coverage: { end: '2026-03-20' } }),
    ],
    [
      'V13 warn ends_before_completion',
      advance({ ...ofTwoYears, finalYear: false, coverage: { end: '2026-03-30' } }),
      advance({ ...ofTwoYears, finalYear: false, coverage: { end: '2026-03-31' } }),
    ],
    [
      'V13 warn ends_before_completion',
      advance({ ...ofTwoYears, finalYear: true, coverage: { end: '2026-03-31' } }),
      advance({ ...ofTwoYears, finalYear: true, coverage: { end: '2027-02-26' } }),
    ],
    [
      'V13 warn ends_before_completion',
      advance({
        ...ofTwoYears,
        finalYear: false,
        documentDate: '2026-04-01',
        coverage: { end: '2027-02-25' },
      }),
      advance({
        ...ofTwoYears,
        finalYear: false,
        documentDate: '2026-03-31',
        coverage: { end: '2026-03-31' },
      }),
    ],
    [
      'V14 warn ends_before_completion',
      security({ coverage: { start: '2025-11-21', end: '2026-03-19' } }),
      security(
        { coverage: { start: '2025-11-21', end: '2026-03-19' } },
        withRules({ graceDays: 1 }),
      ),
    ],
    [
      'V14 warn starts_after_works',
      security({ coverage: { start: '2025-11-22', end: '2026-03-20' } }),
      security({ coverage: { start: '2025-11-20', end: '2026-03-20' } }),
    ],
    [
      'V15 warn price_raised_guarantee_unchanged',
      amended(
        { ...CONTRACT_GUARANTEE, contractPrice: 40_000_000 },
        version(1, { contractPrice: 32_000_000, guaranteedAmount: 5_000_000 }),
      ),
      amended(
        { ...CONTRACT_GUARANTEE, contractPrice: 40_000_000 },
        version(1, { contractPrice: 32_000_001, guaranteedAmount: 5_000_000 }),
      ),
    ],
    [
      'V15 warn price_raised_guarantee_unchanged',
      security({}, { contract: { ...WORKS, contractPrice: 62_500_000 } }),
      security(
        { guaranteedAmount: 6_250_000 },
        { contract: { ...WORKS, contractPrice: 62_499_999 } },
      ),
    ],
    [
      'V16 block kind_not_accepted',
      security({}, { owner: { ...FUJI, kinds: ['advance_payment'] } }),
      security({}, { owner: { ...FUJI, kinds: ['contract'] } }),
    ],
    ['V16 block kind_not_accepted', advance({ kind: 'bank_guarantee' as 'contract' }), advance({})],
    [
      'V16 block owner_not_started',
      advance({ worksContractDate: '2025-11-13' }),
      advance({ worksContractDate: '2025-11-14' }),
    ],
    ['V17 block owner_unknown', advance({}, { owner: undefined }), advance({})],
    [
      'V18 warn works_name_differs',
      advance({}, { contract: { ...WORKS, worksName: '市道裏町線道路改良工事' } }),
      advance({}, { contract: { ...WORKS, worksName: '市道本町線　道路改良工事' } }),
    ],
    [
      'V18 warn works_number_differs',
      advance({}, { contract: { ...WORKS, worksNumber: '第25-102号' } }),
      advance({}, { contract: { ...WORKS, worksNumber: '第２５-101号' } }),
    ],
    [
      'V19 warn interim_without_advance',
      interim({}, { related: CONTRACT_GUARANTEE }),
      interim({}, { related: ADVANCE }),
    ],
    [
      'V19 warn interim_without_advance',
      interim({ relatedContractNumber: '12345-678902' }),
      interim({ relatedContractNumber: '12345678901' }),
    ],
    [
      'V19 warn interim_without_advance',
      interim({ worksName: '別の工事' }),
      interim({ worksName: '市道本町線 道路改良工事' }),
    ],
    [
      'V19 warn approved_after_issue',
      interim({ interimApprovalDate: '2026-02-02' }),
      interim({ interimApprovalDate: '2026-02-01' }),
    ],
    ['V20 warn deposit_bank_missing', lacking(ADVANCE, 'depositBank'), advance({})],
    ['V20 warn deposit_bank_unexpected', security({ depositBank: '富士見銀行' }), security({})],
    [
      'V21 warn history_out_of_order',
      amended(ADVANCE, version(1, {}, { event: 'amend' })),
      amended(ADVANCE, version(1, {})),
    ],
    [
      'V21 warn history_out_of_order',
      amended(ADVANCE, version(1, {}), version(2, {}, { arrivedAt: '2025-11-20T00:00:00.000Z' })),
      amended(ADVANCE, version(1, {}), version(2, {}, { arrivedAt: '2025-11-21T00:00:00.000Z' })),
    ],
    [
      'V22 info issued_after_works_contract',
      security({ documentDate: '2025-11-21' }),
      security({ documentDate: '2025-11-20' }),
    ],
    ['V23 warn paper_original_exists', advance({}, { hasPaperOriginal: true }), advance({})],
  ]

  test.each(cases)('%s (%#)', (found, breach, twin) => {
    expect(said(breach)).toContain(found)
    expect(said(twin)).not.toContain(found)
    expect(
      said(twin).filter((line) => line.startsWith(`${found.split(' ')[0]} not_checkable`)),
    ).toEqual([])
  })
})
