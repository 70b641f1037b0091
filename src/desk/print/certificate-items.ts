import type { Day } from '../../base/time.ts'
import type { Certificate } from '../../guarantee/certificate.ts'
import { bothDays, yenText } from './words.ts'

/** What a certificate on paper says beside the record. */
export interface CertificateDetails {
  /** 認定番号 of an interim advance. */
  approvalNumber?: string
  /** 落札決定日, of a 契約保証 before the signing. */
  awardDate?: Day
  /** 会計年度 of the 今年度対象額, 令和7年度. */
  fiscalYear?: string
}

export interface Item {
  label: string
  value: string
  /** The sum, in the largest type. */
  large?: boolean
}

const NONE = '―（記載なし）'

/** The rows of 「記」 in their order (desk-domain.md §2.1), by kind. */
export function certificateItems(certificate: Certificate, details: CertificateDetails): Item[] {
  const isContract = certificate.kind === 'contract' || certificate.kind === 'performance_bond'
  return [
    { label: '保証金額', value: `金${yenText(certificate.guaranteedAmount)}`, large: true },
    term(certificate, isContract),
    { label: '工事名', value: worksText(certificate) },
    ...optional('工事場所', certificate.worksPlace),
    ...signing(certificate, details),
    { label: '請負金額', value: `金${yenText(certificate.contractPrice)}` },
    ...(isContract ? [] : fiscalYear(certificate, details)),
    ...optional('工期', certificate.worksPeriod && between(certificate.worksPeriod)),
    ...parties(certificate),
    ...(isContract ? [] : [{ label: '預託金融機関', value: certificate.depositBank ?? NONE }]),
    ...interim(certificate, details),
    ...remarks(certificate),
  ]
}

function term({ coverage, claimDeadline }: Certificate, isContract: boolean): Item {
  const deadline = claimDeadline ? `\n請求期限　${bothDays(claimDeadline)}` : ''
  if (isContract && coverage.start !== undefined) {
    const period = between({ start: coverage.start, end: coverage.end })
    return { label: '保証期間', value: `${period}${deadline}` }
  }
  const label = isContract ? '保証期間' : '保証期限'
  const until = isContract ? 'まで' : ''
  return { label, value: `${bothDays(coverage.end)}${until}${deadline}` }
}

function worksText({ worksName, worksNumber }: Certificate): string {
  return worksNumber === undefined ? worksName : `${worksName}\n工事番号　${worksNumber}`
}

function signing({ worksContractDate }: Certificate, { awardDate }: CertificateDetails): Item[] {
  if (worksContractDate) return [{ label: '請負契約締結日', value: bothDays(worksContractDate) }]
  return optional('落札決定日', awardDate && `${bothDays(awardDate)}（請負契約は未締結）`)
}

function fiscalYear({ fiscalYearAmount }: Certificate, details: CertificateDetails): Item[] {
  if (fiscalYearAmount === undefined) return []
  const year = details.fiscalYear ? `　${details.fiscalYear}` : ''
  const value = `金${yenText(fiscalYearAmount)}（出来高予定額又は支払限度額${year}）`
  return [{ label: '今年度対象額', value }]
}

function parties({ contractor, jvName, jvMembers = [] }: Certificate): Item[] {
  const { name, address, representative } = contractor
  const lines = [address, jvName, jvName ? `代表者　${name}` : name, representative]
  const value = lines.filter((line) => line !== undefined).join('\n')
  return [
    { label: '保証契約者', value },
    ...jvMembers.map((value, index) => ({ label: `構成員 ${index + 1}`, value })),
  ]
}

function interim(certificate: Certificate, { approvalNumber }: CertificateDetails): Item[] {
  if (certificate.kind !== 'interim_advance_payment') return []
  const { interimApprovalDate: on, relatedContractNumber: advance } = certificate
  const approval = [on && bothDays(on), approvalNumber && `認定番号 ${approvalNumber}`]
  return [
    ...optional('中間前払金の認定', approval.filter(Boolean).join('　') || undefined),
    ...optional('当初前払金の保証契約番号', advance),
  ]
}

function remarks({ specialClauses = [], multiYear, finalYear, lowBid }: Certificate): Item[] {
  const lines = [
    ...specialClauses,
    ...(multiYear ? [`債務負担行為に係る契約${finalYear ? '（最終年度）' : ''}`] : []),
    ...(lowBid ? ['低入札価格調査を経た契約'] : []),
  ]
  return [{ label: '特記事項', value: lines.join('\n') || NONE }]
}

function between({ start, end }: { start: Day; end: Day }): string {
  return `${bothDays(start)}から\n${bothDays(end)}まで`
}

function optional(label: string, value: string | undefined): Item[] {
  return value === undefined ? [] : [{ label, value }]
}
