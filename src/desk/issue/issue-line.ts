import type { CompiledQuery } from 'kysely'
import { Fault } from '../../base/fault.ts'
import { dayInTokyo, instant } from '../../base/time.ts'
import { newAuthKey } from '../../guarantee/auth-key.ts'
import { numberKey as keyOf } from '../../guarantee/contract-number.ts'
import type { DeskPorts } from '../../ports.ts'
import { StoreFault } from '../../store/store.ts'
import type { AppliedKind } from '../application/content.ts'
import { stepQueries } from '../application/sent/line-step.ts'
import {
  createSentApplications,
  type SentApplication,
  type SentLine,
} from '../application/sent/sent-application.ts'
import type { Company } from '../company/company.ts'
import { termsOn } from '../company/profile.ts'
import { sealAuthKey } from './auth-keys.ts'
import { certificateOf } from './certificate-of.ts'
import { detailsOf, type PaperContent } from './paper/paper-content.ts'
import { stepQueries as paperStepQueries } from './paper/sheet-rows.ts'
import { signRecord } from './sign-record.ts'
import type { SigningKeys } from './signing-keys.ts'
import { searchColumns, versionQueries } from './version-rows.ts'

/** Tries at a commit while others take the same numbers. */
const TRIES = 10

export interface IssueWish {
  issuer: string
  application: string
  kind: AppliedKind
  madeBy: string
  /** The second person, where the company asks for one. */
  approvedBy?: string
}

export interface IssueParts {
  ports: DeskPorts
  signingKeys: SigningKeys
  company: Pick<Company, 'profileOf' | 'nextNumber' | 'officeOf'>
}

/**
 * Issues a guarantee that was applied for (発行): number, certificate, auth key, signed record, and
 * its place in the outbox, all in one commit; on paper the certificate with its sheets instead.
 * Whoever takes the line's next step issues it; a second one is told.
 * @throws Fault not_found, state_conflict when the line is not ready, key_… when the company's key
 *   may not sign, claim_invalid
 */
export function createIssueLine(parts: IssueParts) {
  const { store } = parts.ports
  const sent = createSentApplications(store)

  return async function issueLine(
    wish: IssueWish,
  ): Promise<{ contractNumber: string; numberKey: string }> {
    for (let tries = 1; ; tries++) {
      const application = await sent.byId(wish.application, { issuer: wish.issuer })
      if (!application) throw new Fault('not_found', 'There is no such application.')
      const line = readyLine(application, wish.kind)
      const { number, queries } = await prepared(parts, application, line, wish)
      try {
        await store.commit(queries)
        return { contractNumber: number, numberKey: keyOf(number) }
      } catch (error) {
        const taken = error instanceof StoreFault && error.reason === 'conflict'
        if (!taken || tries === TRIES) throw error
      }
    }
  }
}

/** No premium, no certificate, unless it is paid by the month (desk-domain.md §0.3). */
function readyLine({ lines, content }: SentApplication, kind: AppliedKind): SentLine {
  const line = lines.find((one) => one.kind === kind)
  const asked = content.lines.find((one) => one.kind === kind)
  if (!line || !asked) throw new Fault('not_found', 'The application has no such guarantee.')
  const monthly = asked.paymentMethod === 'monthly_lump'
  if (line.status === 'premium_settled' || (monthly && line.status === 'accepted')) return line
  throw new Fault('state_conflict', `The guarantee is not ready to be issued: ${line.status}.`)
}

async function prepared(
  parts: IssueParts,
  application: SentApplication,
  line: SentLine,
  wish: IssueWish,
): Promise<{ number: string; queries: CompiledQuery[] }> {
  const { ports, company } = parts
  const { db } = ports.store
  const { number, query } = await company.nextNumber(wish.issuer, 'guarantee')
  const at = instant(ports.clock.now())
  const step = { application: application.id, kind: line.kind, at, byUser: wish.madeBy }
  const made =
    line.format === 'electronic'
      ? await electronic(parts, application, line, wish, number)
      : await onPaper(parts, application, line, wish, number)
  const steps = stepQueries(db, { ...step, step: line.step + 1, status: 'issuing' })
  const issued = { step: line.step + 2, status: 'issued', note: '証書発送' } as const
  const numbered = db
    .updateTable('applicationLine')
    .set({ contractNumber: number })
    .where('application', '=', application.id)
    .where('kind', '=', line.kind)
  const arrived = line.format === 'paper' ? stepQueries(db, { ...step, ...issued }) : []
  return { number, queries: [query, ...made, ...steps, ...arrived, numbered.compile()] }
}

/** The row of a guarantee before anything of it has arrived. */
async function newRow(
  { ports, company }: IssueParts,
  application: SentApplication,
  line: SentLine,
  contractNumber: string,
) {
  const { issuer, org, branch, content } = application
  const at = instant(ports.clock.now())
  const documentDate = dayInTokyo(at)
  const profile = await company.profileOf(issuer)
  const terms = termsOn(profile, line.kind, documentDate)
  if (!terms) throw new Fault('state_conflict', `${issuer} has no terms for ${line.kind} today.`)
  const asked = content.lines.find(({ kind }) => kind === line.kind)
  if (!asked) throw new Fault('not_found', 'The application has no such guarantee.')
  const given = { contractNumber, documentDate, terms, profile }
  const certificate = certificateOf(content, asked, given)
  const numberKey = keyOf(contractNumber)
  const row = {
    ...{ issuer, numberKey, contractNumber, org, application: application.id },
    ...{ kind: line.kind, format: line.format, branch, newestSeq: 0, issuedAt: at },
    ...searchColumns(certificate, numberKey),
    ...{ sealedKey: null, keySince: null, arrivedAt: null },
  }
  return { row, certificate, at }
}

async function electronic(
  parts: IssueParts,
  application: SentApplication,
  line: SentLine,
  { madeBy, approvedBy }: IssueWish,
  number: string,
): Promise<CompiledQuery[]> {
  const { ports, signingKeys } = parts
  const { store, sealer, random } = ports
  const { row, certificate, at } = await newRow(parts, application, line, number)
  const { issuer, numberKey } = row
  const { jws } = await signRecord(await signingKeys.signing(issuer), {
    ...{ sub: number, seq: 1, prev: null, event: 'issue', certificate },
  })
  const sealedKey = await sealAuthKey(sealer, row, newAuthKey(random))
  const version = { issuer, numberKey, seq: 1, event: 'issue', jws, madeAt: at, madeBy }
  return [
    store.db
      .insertInto('issued')
      .values({ ...row, state: 'issuing', sealedKey, keySince: at })
      .compile(),
    ...versionQueries(store.db, { ...version, approvedBy: approvedBy ?? null }),
  ]
}

/** Outside the log: the sheets with their numbers are the originals. */
async function onPaper(
  parts: IssueParts,
  application: SentApplication,
  line: SentLine,
  { madeBy, approvedBy }: IssueWish,
  number: string,
): Promise<CompiledQuery[]> {
  const { db } = parts.ports.store
  const { row, at } = await newRow(parts, application, line, number)
  const { issuer, numberKey, certificate, branch } = row
  const sheet = await parts.company.nextNumber(issuer, 'sheet')
  const office = await parts.company.officeOf(issuer, branch)
  const paper: PaperContent = { office, ...detailsOf(application, line.kind) }
  const step = {
    ...({ issuer, numberKey, seq: 1, event: 'issue', certificate } as const),
    ...{ targetSeq: null, reason: null, reasonCode: null, paper: JSON.stringify(paper) },
    ...{ madeAt: at, madeBy, approvedBy: approvedBy ?? null },
  }
  return [
    db
      .insertInto('issued')
      .values({ ...row, state: 'in_force' })
      .compile(),
    sheet.query,
    ...paperStepQueries(db, step, sheet.number),
  ]
}
