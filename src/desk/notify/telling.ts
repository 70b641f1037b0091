import type { CompiledQuery } from 'kysely'
import type { Day, Instant } from '../../base/time.ts'
import type { Letter, Outbox, Ports } from '../../ports.ts'
import { kept } from '../../store/kept.ts'
import type { ApplicationContent } from '../application/content.ts'
import type { PremiumAccount } from '../company/payee.ts'
import type { Frame, Office, Written } from './letters.ts'

/** An application as a mail about it names it. */
export interface Told {
  issuer: string
  org: string
  application: string
  /** 受付番号. */
  number: string
}

export interface TellParts extends Pick<Ports, 'store'> {
  outbox: Outbox
  /** 取扱店 of a company; without a branch, the company alone. */
  officeOf(issuer: string, branch: string | undefined): Promise<Office>
  /** 受付日; undefined where there is no such office. */
  receptionOf(issuer: string, branch: string, at: Instant): Promise<Day | undefined>
  /** Where an office is told of what contractors do; undefined where it is not. */
  mailOf(issuer: string, branch: string | undefined): Promise<string | undefined>
  /** 振込先; undefined where the company has not said it. */
  accountOf(issuer: string): Promise<PremiumAccount | undefined>
  /** 支払期限 of what is told on a day; undefined where the company has set no days. */
  dueOn(issuer: string, toldOn: Day): Promise<Day | undefined>
  /** The address of this installation. */
  origin: string
}

/** What was checked last of an application; what is being written has no content yet. */
export function createContentOf(store: Ports['store']) {
  const newest = kept(store.db, (db, application: string) =>
    db
      .selectFrom('applicationRevision')
      .select('content')
      .where('application', '=', application)
      .where('content', 'is not', null)
      .orderBy('revision', 'desc')
      .limit(1),
  )
  return async (application: string) => {
    const [row] = await store.all(newest(application))
    return row?.content ? (JSON.parse(row.content) as ApplicationContent) : undefined
  }
}

export type ContentOf = ReturnType<typeof createContentOf>

export async function frameOf(
  { officeOf, origin }: TellParts,
  issuer: string,
  { contractor, information }: ApplicationContent,
): Promise<Frame> {
  const { branch, department, title, person } = information
  return {
    to: { firm: contractor.name, department, title, person },
    office: await officeOf(issuer, branch),
    origin,
  }
}

/** One mail to each address. */
export function queued(
  { outbox }: TellParts,
  { information }: ApplicationContent,
  about: Omit<Letter, 'recipient' | 'subject' | 'text'>,
  { subject, text }: Written,
): CompiledQuery[] {
  return information.emails.map((recipient) => outbox.queue({ ...about, recipient, subject, text }))
}
