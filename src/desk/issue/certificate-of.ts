import type { Day } from '../../base/time.ts'
import type { Certificate } from '../../guarantee/certificate.ts'
import type { ApplicationContent, ApplicationLine } from '../application/content.ts'
import type { CompanyProfile } from '../company/profile.ts'

interface Given {
  contractNumber: string
  documentDate: Day
  terms: Certificate['terms']
  profile: CompanyProfile
}

/** The certificate of a guarantee as it was applied for: the first snapshot of its history. */
export function certificateOf(
  { contractor, works, information }: ApplicationContent,
  line: ApplicationLine,
  { contractNumber, documentDate, terms, profile }: Given,
): Certificate {
  const { ownerCode, ownerName, worksPeriod, ...stated } = works
  const branch = profile.branches.find(({ id }) => id === information.branch)
  const { interim, guaranteedAmount, fiscalYearAmount, depositBank } = line
  return {
    ...stated,
    kind: line.kind,
    contractNumber,
    owner: { name: ownerName, ...(ownerCode !== undefined && { code: ownerCode }) },
    contractor,
    worksPeriod,
    guaranteedAmount,
    ...(fiscalYearAmount !== undefined && { fiscalYearAmount }),
    ...(depositBank !== undefined && { depositBank }),
    coverage: coverageOf(works, line),
    documentDate,
    ...(interim && {
      interimApprovalDate: interim.approvedDate,
      relatedContractNumber: interim.advanceContractNumber,
    }),
    terms,
    ...(branch && { issuerBranch: branch.name }),
    issuerName: profile.issuerName,
    issuerAddress: profile.issuerAddress,
    issuerRepresentative: profile.issuerRepresentative,
  }
}

/**
 * 保証期限 of an advance is a day, 保証期間 of a 契約保証 a term. In every year of a works over several
 * but the last, an advance is over with the fiscal year (desk-domain.md §0.6).
 */
function coverageOf(
  {
    worksPeriod: { start, end },
    worksContractDate,
    multiYear,
    finalYear,
  }: ApplicationContent['works'],
  { kind }: ApplicationLine,
): Certificate['coverage'] {
  if (kind === 'contract') return { start: earlier(worksContractDate ?? start, end), end }
  const yearEnd = fiscalYearEnd(worksContractDate ?? start)
  return { end: multiYear === true && finalYear !== true ? earlier(yearEnd, end) : end }
}

function earlier(one: Day, other: Day): Day {
  return one < other ? one : other
}

/** 31 March after a day. */
function fiscalYearEnd(day: Day): Day {
  const year = Number(day.slice(0, 4))
  return day.slice(5) <= '03-31' ? `${year}-03-31` : `${year + 1}-03-31`
}
