import { addDays } from '../../base/time.ts'
import type { Certificate } from '../certificate.ts'
import {
  ADVANCE,
  ADVANCES,
  before,
  type Facts,
  INTERIM,
  over,
  type Rule,
  rule,
  SECURITIES,
  under,
} from './rule.ts'
import { type RuleValues, shareDown, shareUp } from './values.ts'

/** The rules of sums: V01–V12 and V15 of domain.md §9, by number; two conditions are two rows. */
export const AMOUNT_RULES: readonly Rule[] = [
  rule({
    rule: 'V01',
    code: 'amount_invalid',
    severity: 'block',
    breach: ({ certificate }) => over(certificate.guaranteedAmount, certificate.contractPrice),
  }),
  rule({
    rule: 'V02',
    code: 'advance_above_rate',
    kinds: ADVANCE,
    needs: ['worksCategory'],
    applies: (facts) => !facts.decreased && facts.worksCategory !== 'consulting',
    breach: (facts) => over(amountOf(facts), shareDown(facts.base, facts.values.rateAdvanceWorks)),
  }),
  rule({
    rule: 'V03',
    code: 'consulting_advance_above_rate',
    kinds: ADVANCE,
    needs: ['worksCategory'],
    applies: (facts) => !facts.decreased && [undefined, 'consulting'].includes(facts.worksCategory),
    breach: (facts) =>
      over(amountOf(facts), shareDown(facts.base, facts.values.rateAdvanceConsulting)),
  }),
  rule({
    rule: 'V04',
    code: 'interim_above_rate',
    kinds: INTERIM,
    breach: (facts) => over(amountOf(facts), shareDown(facts.base, facts.values.rateInterim)),
  }),
  rule({
    rule: 'V04',
    code: 'advances_above_rate',
    kinds: INTERIM,
    needs: ['related'],
    breach: (facts) => over(bothAdvances(facts), shareDown(facts.base, facts.values.rateTotal)),
  }),
  rule({
    rule: 'V05',
    code: 'base_is_fiscal_year',
    severity: 'info',
    kinds: ADVANCES,
    breach: ({ certificate: { fiscalYearAmount }, values }) =>
      fiscalYearAmount !== undefined && values.base === 'fiscalYear'
        ? { field: 'fiscalYearAmount', actual: fiscalYearAmount }
        : undefined,
  }),
  rule({
    rule: 'V06',
    code: 'not_rounded_down',
    kinds: ADVANCES,
    applies: ({ values }) => values.roundDownTo > 0,
    breach: (facts) =>
      amountOf(facts) % facts.values.roundDownTo === 0
        ? undefined
        : { field: 'guaranteedAmount', actual: amountOf(facts), limit: facts.values.roundDownTo },
  }),
  rule({
    rule: 'V07',
    code: 'price_below_minimum',
    kinds: ADVANCES,
    breach: ({ price, values }) => under('contractPrice', price, values.minAdvancePrice),
  }),
  rule({
    rule: 'V07',
    code: 'term_below_minimum',
    kinds: ADVANCES,
    needs: ['worksPeriod.start', 'worksPeriod.end'],
    applies: ({ values }) => values.minAdvanceDays > 0,
    breach: (facts) =>
      before(
        'worksPeriod.end',
        facts['worksPeriod.end'],
        addDays(facts['worksPeriod.start'], facts.values.minAdvanceDays - 1),
      ),
  }),
  rule({
    rule: 'V08',
    code: 'cap_exceeded',
    kinds: ADVANCE,
    applies: ({ values }) => values.capTotal > 0,
    breach: (facts) => over(amountOf(facts), facts.values.capTotal),
  }),
  rule({
    rule: 'V08',
    code: 'cap_exceeded',
    kinds: INTERIM,
    needs: ['related'],
    applies: ({ values }) => values.capTotal > 0,
    breach: (facts) => over(bothAdvances(facts), facts.values.capTotal),
  }),
  rule({
    rule: 'V09',
    code: 'advance_above_rate_after_decrease',
    kinds: ADVANCE,
    applies: ({ decreased }) => decreased,
    breach: (facts) => over(amountOf(facts), limitAfterDecrease(facts)),
  }),
  rule({
    rule: 'V10',
    code: 'guarantee_below_rate',
    kinds: SECURITIES,
    breach: (facts) =>
      under('guaranteedAmount', amountOf(facts), shareUp(facts.price, facts.values.rateContract)),
  }),
  rule({
    rule: 'V11',
    code: 'low_bid_guarantee_below_rate',
    kinds: SECURITIES,
    needs: ['lowBid'],
    breach: (facts) => {
      const least = shareUp(facts.price, facts.values.rateLowBidContract)
      return facts.lowBid ? under('guaranteedAmount', amountOf(facts), least) : undefined
    },
  }),
  rule({
    rule: 'V11',
    code: 'low_bid_advance_above_rate',
    kinds: ADVANCE,
    needs: ['lowBid'],
    applies: ({ decreased }) => !decreased,
    breach: (facts) => {
      const most = shareDown(facts.base, facts.values.rateLowBidAdvance)
      return facts.lowBid ? over(amountOf(facts), most) : undefined
    },
  }),
  rule({
    rule: 'V12',
    code: 'contract_guarantee_required',
    severity: 'info',
    kinds: ADVANCES,
    needs: ['contractGuarantee'],
    applies: ({ price, worksCategory, values }) => price >= requiredFrom(worksCategory, values),
    // One given satisfies the rule; that none exists is not to be seen from here.
    breach: () => undefined,
  }),
  rule({
    rule: 'V15',
    code: 'price_raised_guarantee_unchanged',
    kinds: SECURITIES,
    needs: ['initial'],
    breach: (facts) => {
      const { initial, price, values } = facts
      const limit = shareUp(initial.contractPrice, values.changeRatio)
      const raised = amountOf(facts) > initial.guaranteedAmount
      return price >= limit && !raised
        ? { field: 'contractPrice', actual: price, limit }
        : undefined
    },
  }),
]

function amountOf({ certificate }: Facts): number {
  return certificate.guaranteedAmount
}

function bothAdvances({ certificate, related }: Facts & { related: Certificate }): number {
  return certificate.guaranteedAmount + related.guaranteedAmount
}

/** An advance paid before a decrease may stand above the rate, up to a share of the new price. */
function limitAfterDecrease({ base, price, values, worksCategory }: Facts): number {
  const { rateAdvanceConsulting, rateAdvanceWorks, rateAfterDecrease } = values
  const rate = worksCategory === 'consulting' ? rateAdvanceConsulting : rateAdvanceWorks
  return Math.max(shareDown(base, rate), shareDown(price, rateAfterDecrease))
}

/** Where the category is not known, the lower threshold: rather ask once too often. */
function requiredFrom(category: Facts['worksCategory'], values: RuleValues): number {
  const { minContractGuaranteeConsulting, minContractGuaranteeWorks } = values
  if (category === 'consulting') return minContractGuaranteeConsulting
  if (category !== undefined) return minContractGuaranteeWorks
  return Math.min(minContractGuaranteeConsulting, minContractGuaranteeWorks)
}
