import { Fault } from '../../base/fault.ts'
import type { Day } from '../../base/time.ts'
import type { Certificate } from '../../guarantee/certificate.ts'
import type { AppliedKind } from '../application/content.ts'
import type { SentApplication } from '../application/sent/sent-application.ts'
import { type CompanyProfile, termsOn } from '../company/profile.ts'
import { certificateOf } from '../issue/certificate-of.ts'

/**
 * The certificate as it would be issued on a day, its number still open: what is underwritten.
 * @throws Fault state_conflict where the company has no terms for the kind that day
 */
export function draftCertificate(
  { content, lines }: SentApplication,
  kind: AppliedKind,
  profile: CompanyProfile,
  documentDate: Day,
): Certificate {
  const terms = termsOn(profile, kind, documentDate)
  const line = lines.find((one) => one.kind === kind)
  if (!terms || !line) {
    throw new Fault('state_conflict', `There are no terms for ${kind} on ${documentDate}.`)
  }
  return certificateOf(content, line.asked, { contractNumber: '-', documentDate, terms, profile })
}
