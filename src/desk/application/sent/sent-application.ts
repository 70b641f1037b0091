import type { Instant } from '../../../base/time.ts'
import { kept } from '../../../store/kept.ts'
import type { Store } from '../../../store/store.ts'
import type { ApplicationLine, AppliedKind, Format, LineStatus, SentContent } from '../content.ts'
import { APPLIED_KINDS } from '../content.ts'

/** One guarantee of a sent application, with how far it has come. */
export interface SentLine {
  kind: AppliedKind
  format: Format
  status: LineStatus
  guaranteedAmount: number
  contractNumber: string | null
  /** What was applied for: of the newest sending that has it, for who takes it back sends it no more. */
  asked: ApplicationLine
  /** Of its newest step. */
  step: number
  /** Everything that happened, oldest first. */
  steps: { status: LineStatus; at: Instant; byUser: string | null; note: string | null }[]
}

/** An application as the company has it: what was sent last, not what is being edited. */
export interface SentApplication {
  id: string
  /** 受付番号. */
  number: string
  issuer: string
  org: string
  branch: string | null
  copyOf: string | null
  createdBy: string
  createdAt: Instant
  /** Of the first sending. */
  sentAt: Instant
  /** Of the revision that was sent last. */
  revision: number
  content: SentContent
  lines: SentLine[]
  /** As they were sent last. */
  attachments: SentPaper[]
  /** What an earlier sending had and the last one has not. */
  removed: SentPaper[]
  /** Every sending, oldest first; all after the first answer a 差し戻し. */
  sendings: Sending[]
}

/** One sending, with what was sent. */
export interface Sending {
  revision: number
  at: Instant
  byUser: string
  content: SentContent
}

/** A paper that the company has; new: it came with the newest of several sendings. */
export interface SentPaper extends AttachmentSeen {
  isNew: boolean
}

/** When it was sent last. */
export function lastSentAt({ sendings, sentAt }: SentApplication): Instant {
  return sendings.at(-1)?.at ?? sentAt
}

/** The guarantees that went with the last sending. */
export function lastSentKinds({ content: { lines, sentAnew } }: SentApplication): AppliedKind[] {
  return sentAnew ?? lines.map(({ kind }) => kind)
}

/** A paper without its bytes. */
export interface AttachmentSeen {
  id: string
  purpose: 'works' | 'interim' | 'other'
  name: string
  mediaType: string
  size: number
  addedAt: Instant
}

/** Whose application it must be: the contractor's, or one that was sent to the company. */
export type Side = { org: string } | { issuer: string }

/** Reads applications that were sent; one of another firm is as one that does not exist. */
export function createSentApplications(store: Store) {
  const queries = createQueries(store)

  /** @returns undefined when there is none, it was not sent, or it is another firm's */
  async function byId(id: string, side: Side): Promise<SentApplication | undefined> {
    const [[row], sent, lines, steps, papers] = await store.snapshot([
      queries.application(id),
      queries.sent(id),
      queries.lines(id),
      queries.steps(id),
      queries.attachments(id),
    ])
    const sendings = sent.map(sendingOf)
    const last = sendings.at(-1)
    if (!row || !last || row.number === null || row.sentAt === null) return undefined
    if ('org' in side ? row.org !== side.org : row.issuer !== side.issuer) return undefined
    const { number, sentAt, sendKey: _key, worksName: _name, ...rest } = row
    return {
      ...rest,
      number,
      sentAt,
      revision: last.revision,
      content: last.content,
      lines: lines.sort(byKind).flatMap((line) => lineOf(line, steps, sendings)),
      ...papersIn(papers, sendings),
      sendings,
    }
  }

  return { byId }
}

type LineRow = Omit<SentLine, 'kind' | 'status' | 'asked' | 'step' | 'steps'> & {
  kind: string
  status: string
}
type StepRow = {
  kind: string
  status: string
  at: string
  byUser: string | null
  note: string | null
}

function lineOf(
  { kind, status, ...line }: LineRow,
  all: readonly StepRow[],
  sendings: readonly Sending[],
): SentLine[] {
  const asked = sendings
    .flatMap(({ content }) => content.lines)
    .findLast((one) => one.kind === kind)
  if (!asked) return []
  const steps = all
    .filter((step) => step.kind === kind)
    .map(({ kind: _, ...step }) => ({ ...step, status: step.status as LineStatus }))
  const known = { kind: kind as AppliedKind, status: status as LineStatus }
  return [{ ...line, ...known, asked, step: steps.length, steps }]
}

function sendingOf({ content, ...row }: SentRow): Sending {
  return { ...row, content: JSON.parse(content ?? '') as SentContent }
}

type SentRow = Omit<Sending, 'content'> & { content: string | null }
type PaperRow = AttachmentSeen & { addedIn: number; removedIn: number | null }

/** What the company has of the papers; what came or went since the last sending, it has not seen. */
function papersIn(rows: readonly PaperRow[], sendings: readonly Sending[]) {
  const [before, last] = [sendings.at(-2)?.revision, sendings.at(-1)?.revision ?? 0]
  const papers = rows
    .filter(({ addedIn }) => addedIn <= last)
    .map(({ addedIn, removedIn, ...paper }) => ({
      gone: removedIn !== null && removedIn <= last,
      paper: { ...paper, isNew: before !== undefined && addedIn > before },
    }))
  return {
    attachments: papers.filter(({ gone }) => !gone).map(({ paper }) => paper),
    removed: papers.filter(({ gone }) => gone).map(({ paper }) => paper),
  }
}

function byKind(one: { kind: string }, other: { kind: string }): number {
  const place = ({ kind }: { kind: string }) => APPLIED_KINDS.indexOf(kind as AppliedKind)
  return place(one) - place(other)
}

function createQueries({ db }: Store) {
  return {
    application: kept(db, (db, id: string) =>
      db.selectFrom('application').selectAll().where('id', '=', id),
    ),
    sent: kept(db, (db, id: string) =>
      db
        .selectFrom('applicationRevision')
        .select(['revision', 'content', 'byUser', 'at'])
        .where('application', '=', id)
        .where('content', 'is not', null)
        .orderBy('revision'),
    ),
    lines: kept(db, (db, id: string) =>
      db
        .selectFrom('applicationLine')
        .select(['kind', 'format', 'status', 'guaranteedAmount', 'contractNumber'])
        .where('application', '=', id),
    ),
    steps: kept(db, (db, id: string) =>
      db
        .selectFrom('lineStep')
        .select(['kind', 'status', 'at', 'byUser', 'note'])
        .where('application', '=', id)
        .orderBy('step'),
    ),
    attachments: kept(db, (db, id: string) =>
      db
        .selectFrom('attachment')
        .select(['id', 'purpose', 'name', 'mediaType', 'size', 'addedAt', 'addedIn', 'removedIn'])
        .where('application', '=', id)
        .orderBy('addedAt')
        .orderBy('addedIn')
        .orderBy('id'),
    ),
  }
}
