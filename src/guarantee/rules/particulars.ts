import { foldName } from '../../base/text.ts'
import { addDays, type Day } from '../../base/time.ts'
import type { Certificate } from '../certificate.ts'
import { numberKey } from '../contract-number.ts'
import type { Version } from '../history.ts'
import { compareNames } from '../name-variants.ts'
import type { EventKind } from '../record.ts'
import { ADVANCES, type Breach, before, INTERIM, type Rule, rule, SECURITIES } from './rule.ts'

/** Endings and restorations must stay possible whatever an owner takes by now. */
const ELIGIBILITY_EVENTS: readonly EventKind[] = ['issue', 'amend', 'correct']

/** Whether the owner takes part: V17 and V16 of domain.md §9, in the order of interface.md "Errors". */
export const OWNER_RULES: readonly Rule[] = [
  rule({
    rule: 'V17',
    code: 'owner_unknown',
    severity: 'block',
    breach: ({ owner }) => (owner ? undefined : { field: 'owner.name' }),
  }),
  rule({
    rule: 'V16',
    code: 'kind_not_accepted',
    severity: 'block',
    needs: ['owner'],
    applies: ({ event, owner }) => owner !== undefined && ELIGIBILITY_EVENTS.includes(event),
    breach: ({ owner, certificate: { kind } }) =>
      owner.kinds.includes(kind) ? undefined : { field: 'kind', actual: kind },
  }),
  rule({
    rule: 'V16',
    code: 'owner_not_started',
    severity: 'block',
    needs: ['owner', 'startBasisDate'],
    applies: ({ event, owner }) => owner !== undefined && ELIGIBILITY_EVENTS.includes(event),
    breach: ({ owner, startBasisDate }) =>
      before('worksContractDate', startBasisDate, owner.start.date),
  }),
]

/** The rules of term, particulars and papers: V13, V14, V18–V23 of domain.md §9, by number. */
export const PARTICULARS_RULES: readonly Rule[] = [
  rule({
    rule: 'V13',
    code: 'ends_before_completion',
    kinds: ADVANCES,
    needs: ['worksPeriod.end'],
    applies: ({ certificate }) => certificate.multiYear !== true,
    breach: (facts) =>
      before('coverage.end', facts.certificate.coverage.end, facts['worksPeriod.end']),
  }),
  rule({
    rule: 'V13',
    code: 'ends_before_completion',
    kinds: ADVANCES,
    needs: ['worksPeriod.end', 'finalYear'],
    applies: ({ certificate }) => certificate.multiYear === true,
    breach: (facts) => {
      const { coverage, documentDate } = facts.certificate
      const completion = facts['worksPeriod.end']
      const yearEnd = fiscalYearEnd(coverage.start ?? documentDate)
      const due = facts.finalYear || completion < yearEnd ? completion : yearEnd
      return before('coverage.end', coverage.end, due)
    },
  }),
  rule({
    rule: 'V14',
    code: 'ends_before_completion',
    kinds: SECURITIES,
    needs: ['worksPeriod.end'],
    breach: ({ certificate, values, 'worksPeriod.end': completion }) =>
      before('coverage.end', certificate.coverage.end, addDays(completion, -values.graceDays)),
  }),
  rule({
    rule: 'V14',
    code: 'starts_after_works',
    kinds: SECURITIES,
    needs: ['coverage.start', 'worksPeriod.start'],
    breach: ({ 'coverage.start': start, 'worksPeriod.start': limit }) =>
      start > limit ? { field: 'coverage.start', actual: start, limit } : undefined,
  }),
  rule({
    rule: 'V18',
    code: 'works_name_differs',
    needs: ['contract.worksName'],
    applies: ({ compared }) => compared,
    breach: ({ certificate: { worksName }, 'contract.worksName': theirs }) =>
      unlike('worksName', worksName, theirs),
  }),
  rule({
    rule: 'V18',
    code: 'works_number_differs',
    needs: ['contract.worksNumber'],
    applies: ({ compared }) => compared,
    breach: ({ certificate: { worksNumber = '' }, 'contract.worksNumber': theirs }) =>
      unlike('worksNumber', worksNumber, theirs),
  }),
  rule({
    rule: 'V19',
    code: 'interim_without_advance',
    kinds: INTERIM,
    needs: ['related'],
    breach: ({ certificate, related }) =>
      isAdvanceOfSameWorks(related, certificate) ? undefined : { field: 'relatedContractNumber' },
  }),
  rule({
    rule: 'V19',
    code: 'approved_after_issue',
    kinds: INTERIM,
    needs: ['interimApprovalDate'],
    breach: ({ certificate: { documentDate }, interimApprovalDate }) =>
      before('documentDate', documentDate, interimApprovalDate),
  }),
  rule({
    rule: 'V20',
    code: 'deposit_bank_missing',
    kinds: ADVANCES,
    breach: ({ certificate }) => (certificate.depositBank ? undefined : { field: 'depositBank' }),
  }),
  rule({
    rule: 'V20',
    code: 'deposit_bank_unexpected',
    kinds: SECURITIES,
    breach: ({ certificate }) => (certificate.depositBank ? { field: 'depositBank' } : undefined),
  }),
  rule({
    rule: 'V21',
    code: 'history_out_of_order',
    breach: ({ event, versions }) => (isInOrder(event, versions) ? undefined : {}),
  }),
  rule({
    rule: 'V22',
    code: 'issued_after_works_contract',
    severity: 'info',
    kinds: SECURITIES,
    needs: ['initial', 'worksContractDate'],
    breach: ({ initial: { documentDate: actual }, worksContractDate: limit }) =>
      actual > limit ? { field: 'documentDate', actual, limit } : undefined,
  }),
  rule({
    rule: 'V23',
    code: 'paper_original_exists',
    needs: ['hasPaperOriginal'],
    breach: ({ hasPaperOriginal }) => (hasPaperOriginal ? {} : undefined),
  }),
]

/** The 31 March that ends the Japanese fiscal year of a day. */
function fiscalYearEnd(day: Day): Day {
  const year = Number(day.slice(0, 4))
  return `${day.slice(5) > '03-31' ? year + 1 : year}-03-31`
}

function unlike(field: string, ours: string, theirs: string): Breach | undefined {
  return compareNames(theirs, ours) === 'different'
    ? { field, actual: ours, limit: theirs }
    : undefined
}

function isAdvanceOfSameWorks(
  related: Certificate,
  { relatedContractNumber, worksName }: Certificate,
) {
  const named =
    relatedContractNumber === undefined ||
    numberKey(relatedContractNumber) === numberKey(related.contractNumber)
  return (
    related.kind === 'advance_payment' &&
    named &&
    foldName(related.worksName) === foldName(worksName)
  )
}

function isInOrder(event: EventKind, versions: readonly Version[]): boolean {
  const [first] = versions
  if ((first?.event ?? event) !== 'issue') return false
  return versions.every(({ arrivedAt }, at) => arrivedAt >= (versions[at - 1]?.arrivedAt ?? ''))
}
