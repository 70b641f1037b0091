import { Fault } from '../../base/fault.ts'
import { dayInTokyo, type Instant, instant } from '../../base/time.ts'
import type { Certificate } from '../../guarantee/certificate.ts'
import type { DeskPorts } from '../../ports.ts'
import type { AppliedKind } from '../application/content.ts'
import {
  createSentApplications,
  type SentApplication,
  type SentLine,
} from '../application/sent/sent-application.ts'
import type { Company } from '../company/company.ts'
import type { GivenNumber } from '../company/numbers.ts'
import { termsOn } from '../company/profile.ts'
import { acceptanceOf } from './acceptance.ts'
import { certificateOf } from './certificate-of.ts'
import { detailsOf, type PaperContent } from './paper/paper-content.ts'
import type { TellPaper } from './paper/paper-done.ts'
import { digestOf } from './seen.ts'
import type { Signing, SigningKeys } from './signing-keys.ts'

export interface IssueParts {
  ports: DeskPorts
  signingKeys: SigningKeys
  company: Pick<Company, 'profileOf' | 'nextNumber' | 'officeOf'>
  /** Of what is issued on paper; what is electronic is told of when it has arrived. */
  tell: TellPaper
}

/** The guarantee that is to be issued. */
export interface IssueAbout {
  issuer: string
  application: string
  kind: AppliedKind
}

/** A guarantee as it would be issued now, to the letter: shown first, then done. */
export interface IssueDraft {
  application: SentApplication
  line: SentLine
  at: Instant
  /** The number that it would be given. */
  number: GivenNumber
  certificate: Certificate
  /** With what the record would be signed; none for sheets of paper. */
  signing?: Signing
  /** On paper: the number of 正, and what the sheets say beside the certificate. */
  sheets?: { number: GivenNumber; content: PaperContent }
  /** Stands for everything in it that a person confirms. */
  digest: string
}

/**
 * What would be issued now.
 * @throws Fault not_found, state_conflict when the line is not ready or the company has no terms,
 *   key_… when the company's key may not sign
 */
export function createIssueDraft({ ports, signingKeys, company }: Omit<IssueParts, 'tell'>) {
  const sent = createSentApplications(ports.store)

  return async function draft({ issuer, application: id, kind }: IssueAbout): Promise<IssueDraft> {
    const application = await sent.byId(id, { issuer })
    if (!application) throw new Fault('not_found', 'There is no such application.')
    const line = readyLine(application, kind)
    const isPaper = line.format === 'paper'
    const signing = isPaper ? undefined : await signingKeys.signing(issuer)
    const at = instant(ports.clock.now())
    const number = await company.nextNumber(issuer, 'guarantee')
    const certificate = await certificateNow({ company, application, line, at }, number.number)
    const sheets = isPaper ? await sheetsNow(company, application, kind) : undefined
    const onSheets = sheets && { sheet: sheets.number.number, ...sheets.content }
    return {
      ...{ application, line, at, number, certificate },
      ...(signing && { signing }),
      ...(sheets && { sheets }),
      digest: digestOf({ step: line.step, certificate, kid: signing?.kid, onSheets }),
    }
  }
}

/** No premium, no certificate, unless it is paid by the month (desk-domain.md §0.3). */
function readyLine({ lines }: SentApplication, kind: AppliedKind): SentLine {
  const line = lines.find((one) => one.kind === kind)
  if (!line) throw new Fault('not_found', 'The application has no such guarantee.')
  const monthly = line.asked.paymentMethod === 'monthly_lump'
  if (line.status === 'premium_settled' || (monthly && line.status === 'accepted')) return line
  throw new Fault('state_conflict', `The guarantee is not ready to be issued: ${line.status}.`)
}

interface Now {
  company: IssueParts['company']
  application: SentApplication
  line: SentLine
  at: Instant
}

/** Dated today; under the terms of the day on which it was accepted, as its premium is. */
async function certificateNow(
  { company, application: { issuer, content }, line, at }: Now,
  contractNumber: string,
): Promise<Certificate> {
  const profile = await company.profileOf(issuer)
  const made = dayInTokyo(acceptanceOf(line)?.at ?? at)
  const terms = termsOn(profile, line.kind, made)
  if (!terms) {
    throw new Fault('state_conflict', `${issuer} has no terms for ${line.kind} on ${made}.`)
  }
  return certificateOf(content, line.asked, {
    ...{ contractNumber, terms, profile },
    documentDate: dayInTokyo(at),
  })
}

async function sheetsNow(
  company: IssueParts['company'],
  application: SentApplication,
  kind: AppliedKind,
) {
  const { issuer, branch } = application
  const number = await company.nextNumber(issuer, 'sheet')
  const office = await company.officeOf(issuer, branch)
  return { number, content: { office, ...detailsOf(application, kind) } }
}
