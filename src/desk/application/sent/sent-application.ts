import type { Instant } from '../../../base/time.ts'
import { kept } from '../../../store/kept.ts'
import type { Store } from '../../../store/store.ts'
import type { ApplicationContent, AppliedKind, Format, LineStatus } from '../content.ts'
import { APPLIED_KINDS } from '../content.ts'

/** One guarantee of a sent application, with how far it has come. */
export interface SentLine {
  kind: AppliedKind
  format: Format
  status: LineStatus
  guaranteedAmount: number
  contractNumber: string | null
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
  sentAt: Instant
  /** Of the revision that was sent last. */
  revision: number
  sentBy: string
  content: ApplicationContent
  lines: SentLine[]
  attachments: AttachmentSeen[]
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
    const [[row], [sent], lines, steps, attachments] = await store.snapshot([
      queries.application(id),
      queries.newestSent(id),
      queries.lines(id),
      queries.steps(id),
      queries.attachments(id),
    ])
    if (!row || !sent?.content || row.number === null || row.sentAt === null) return undefined
    if ('org' in side ? row.org !== side.org : row.issuer !== side.issuer) return undefined
    const { number, sentAt, sendKey: _key, worksName: _name, ...rest } = row
    return {
      ...rest,
      number,
      sentAt,
      revision: sent.revision,
      sentBy: sent.byUser,
      content: JSON.parse(sent.content) as ApplicationContent,
      lines: lines.sort(byKind).map((line) => lineOf(line, steps)),
      attachments,
    }
  }

  return { byId }
}

type LineRow = Omit<SentLine, 'kind' | 'status' | 'step' | 'steps'> & {
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

function lineOf({ kind, status, ...line }: LineRow, all: readonly StepRow[]): SentLine {
  const steps = all
    .filter((step) => step.kind === kind)
    .map(({ kind: _, ...step }) => ({ ...step, status: step.status as LineStatus }))
  return {
    ...line,
    kind: kind as AppliedKind,
    status: status as LineStatus,
    step: steps.length,
    steps,
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
    newestSent: kept(db, (db, id: string) =>
      db
        .selectFrom('applicationRevision')
        .select(['revision', 'content', 'byUser'])
        .where('application', '=', id)
        .where('content', 'is not', null)
        .orderBy('revision', 'desc')
        .limit(1),
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
        .select(['id', 'purpose', 'name', 'mediaType', 'size', 'addedAt'])
        .where('application', '=', id)
        .orderBy('addedAt')
        .orderBy('id'),
    ),
  }
}
