import type { CompiledQuery } from 'kysely'
import type { Instant } from '../../base/time.ts'
import type { Certificate } from '../../guarantee/certificate.ts'
import type { EventKind } from '../../guarantee/record.ts'
import type { ApplicationContent, AppliedKind, SentContent } from '../application/content.ts'
import type { PaperDone } from '../issue/paper/paper-done.ts'
import {
  declinedLetter,
  type Frame,
  happenedLetter,
  returnedLetter,
  sentLetter,
  type Written,
} from './letters.ts'
import { paperLetter } from './paper-letter.ts'
import { type Premium, premiumLetter } from './premium-letter.ts'
import { ofDifferences } from './tell-difference.ts'
import {
  type ContentOf,
  createContentOf,
  frameOf,
  queued,
  type TellParts,
  type Told,
} from './telling.ts'
import { withdrawnLetter } from './withdrawn-letter.ts'

/** Who writes to a company's own office. */
const SERVICE = 'インターネット保証サービス'

/** What the mail of a guarantee needs to know of what happened to it. */
export interface Happening {
  issuer: string
  numberKey: string
  /** 0 for a new auth key. */
  seq: number
  org: string
  application: string
  event: EventKind | 'rekey'
  reasonCode?: string
  certificate: Certificate
  /** 電子保証発行日時, or when a new key was taken. */
  arrivedAt: Instant
}

/**
 * Mails about guarantees and applications, as queries for the commit of what they tell. An empty
 * list where the contractor wished for none (電子保証発行完了のお知らせ 希望しない), or gave no address.
 */
export function createTell(parts: TellParts) {
  const contentOf = createContentOf(parts.store)
  const differences = ofDifferences(parts, contentOf)
  const { difference, givenBack } = differences
  return {
    ...ofApplications(parts, contentOf),
    ...ofGuarantees(parts, contentOf, differences),
    ...{ difference, givenBack },
    ...toOffices(parts, contentOf),
  }
}

function ofApplications(parts: TellParts, contentOf: ContentOf) {
  /** @param given the content, by whoever writes it just now */
  async function ofApplication(
    told: Told,
    purpose: string,
    write: (frame: Frame, content: ApplicationContent) => Written,
    given?: ApplicationContent,
  ): Promise<CompiledQuery[]> {
    const { issuer, org, application } = told
    const content = given ?? (await contentOf(application))
    if (content === undefined) return []
    const written = write(await frameOf(parts, issuer, content), content)
    return queued(parts, content, { purpose, issuer, org, application }, written)
  }

  return {
    /** 送信完了, of what goes with this sending. */
    async sent(told: Told, content: SentContent, at: Instant) {
      const { works, lines, sentAnew, information } = content
      const kinds = sentAnew ?? lines.map(({ kind }) => kind)
      const reception = await parts.receptionOf(told.issuer, information.branch, at)
      const sent = { kinds, at, again: sentAnew !== undefined, reception }
      const about = { number: told.number, worksName: works.worksName, ...sent }
      return ofApplication(told, 'sent', (frame) => sentLetter(frame, about), content)
    },

    returned: (told: Told, kind: AppliedKind, reason: string) =>
      ofApplication(told, 'returned', (frame, { works: { worksName } }) =>
        returnedLetter(frame, { number: told.number, worksName, kind, reason }),
      ),

    declined: (told: Told, kind: AppliedKind, reason: string) =>
      ofApplication(told, 'declined', (frame, { works: { worksName } }) =>
        declinedLetter(frame, { number: told.number, worksName, kind, reason }),
      ),

    async premium(told: Told, premium: Omit<Premium, 'account'>) {
      const account = await parts.accountOf(told.issuer)
      return ofApplication(told, 'premium', (frame, { works: { worksName } }) =>
        premiumLetter(frame, { number: told.number, worksName, ...premium, account }),
      )
    },
  }
}

function ofGuarantees(
  parts: TellParts,
  contentOf: ContentOf,
  { differenceOf }: Pick<ReturnType<typeof ofDifferences>, 'differenceOf'>,
) {
  return {
    /** 発行完了, 変更の発行完了, 解約完了 … and what it costs: when the record has arrived, and never before. */
    async happened(what: Happening): Promise<CompiledQuery[]> {
      const { issuer, numberKey, org, application, event, reasonCode } = what
      const happened = reasonCode === 'converted_to_paper' ? 'to_paper' : event
      const difference = await differenceOf(what)
      const content = await contentOf(application)
      if (content?.information.notify !== true) return difference
      const frame = await frameOf(parts, issuer, content)
      const written = happenedLetter(frame, { ...what, happened })
      const about = { purpose: happened, issuer, org, application, numberKey }
      return [...queued(parts, content, about, written), ...difference]
    },

    /** 証書（紙）: with the commit of what is done, for there is no arrival to be waited for. */
    async onPaper(done: PaperDone): Promise<CompiledQuery[]> {
      const { issuer, numberKey, org, application, event } = done
      const content = await contentOf(application)
      if (content === undefined) return []
      const written = paperLetter(await frameOf(parts, issuer, content), done)
      const about = { purpose: `paper_${event}`, issuer, org, application, numberKey }
      return queued(parts, content, about, written)
    },
  }
}

function toOffices(parts: TellParts, contentOf: ContentOf) {
  return {
    /** 取下げ, to the office itself, where the company has given an address for it. */
    async withdrawn(
      told: Told,
      kind: AppliedKind,
      said: { reason: string; billed: boolean },
    ): Promise<CompiledQuery[]> {
      const { issuer, org, application, number } = told
      const content = await contentOf(application)
      if (content === undefined) return []
      const { contractor, works, information } = content
      const recipient = await parts.mailOf(issuer, information.branch)
      if (recipient === undefined) return []
      const { company, branch } = await parts.officeOf(issuer, information.branch)
      const to = { firm: branch === undefined ? company : `${company} ${branch}` }
      const frame = { to, office: { company: SERVICE }, origin: parts.origin }
      const facts = { number, contractor: contractor.name, worksName: works.worksName }
      const written = withdrawnLetter(frame, { ...facts, kind, ...said })
      const about = { purpose: 'withdrawn', issuer, org, application }
      return [parts.outbox.queue({ ...about, recipient, ...written })]
    },
  }
}
