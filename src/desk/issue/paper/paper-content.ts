import type { SentApplication } from '../../application/sent/sent-application.ts'
import type { CertificatePaper } from '../../print/certificate-paper.ts'

/** What sheets say besides their certificate; kept with them, so that each print is the same. */
export type PaperContent = Pick<
  CertificatePaper,
  'office' | 'details' | 'amended' | 'switched' | 'replacing'
>

/** 認定番号 of an interim advance, which the certificate itself has no place for. */
export function detailsOf(
  application: SentApplication | undefined,
  kind: string,
): Pick<PaperContent, 'details'> {
  const line = application?.content.lines.find((one) => one.kind === kind)
  const approvalNumber = line?.interim?.approvalNumber
  return approvalNumber === undefined ? {} : { details: { approvalNumber } }
}
