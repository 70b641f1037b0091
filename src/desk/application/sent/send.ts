import type { CompiledQuery } from 'kysely'
import type { Member } from '../../../accounts/member.ts'
import { type Instant, instant } from '../../../base/time.ts'
import type { Clock } from '../../../ports.ts'
import { kept } from '../../../store/kept.ts'
import { type Store, StoreFault } from '../../../store/store.ts'
import type { ApplicationContent, AppliedKind, LineStatus, SentContent } from '../content.ts'
import { fixedParts, isEditable } from '../draft/editable.ts'
import { revisionQuery } from '../draft/revision.ts'
import type { Current } from '../draft/rows.ts'
import { formOf } from '../form/fields.ts'
import { stepQueries } from './line-step.ts'
import { createSentApplications, type SentApplication } from './sent-application.ts'

export interface SendPorts {
  store: Store
  clock: Pick<Clock, 'now'>
  /** The next 受付番号 of a company, with the query that takes it in our commit. */
  nextNumber(
    issuer: string,
    series: 'application',
  ): Promise<{ number: string; query: CompiledQuery }>
  /** Letters that go with the commit of a sent application. */
  tellSent(
    told: { issuer: string; org: string; application: string; number: string },
    content: SentContent,
    at: Instant,
  ): Promise<CompiledQuery[]>
}

/** What is sent: the application as it was confirmed. */
export interface ToSend {
  current: Current
  content: ApplicationContent
  issuer: string
  /** Of the page that confirmed it: the same page sends once. */
  sendKey: string
}

const TRIES = 20

/** Sends applications to the company. */
export function createSend(ports: SendPorts) {
  const { store, clock } = ports
  const applications = createSentApplications(store)
  const byKey = kept(store.db, (db, sendKey: string) =>
    db.selectFrom('application').select(['id', 'org']).where('sendKey', '=', sendKey),
  )

  /** The queries of one try; `before` is what was sent earlier, where it was returned. */
  async function queriesOf(member: Member, sending: ToSend): Promise<CompiledQuery[]> {
    const { current } = sending
    const { id, org } = current
    const before = await applications.byId(id, { org })
    const at = instant(clock.now())
    const given = before ? undefined : await ports.nextNumber(sending.issuer, 'application')
    const number = given?.number ?? before?.number ?? ''
    const content = contentWith(sending.content, before)
    const issuer = before?.issuer ?? sending.issuer
    return [
      ...(given ? [given.query] : []),
      revisionQuery(store.db, {
        ...{ application: id, revision: current.revision + 1, byUser: member.user, at, content },
        // What is returned once more asks for an answer of its own.
        form: formOf({ ...current.form, answer: '' }),
      }),
      headQuery(store, { ...sending, issuer, content }, number, current.sentAt ?? at),
      ...lineQueries(store, id, content, before).concat(
        steps(store, member, id, content, before, at),
      ),
      ...(await ports.tellSent({ issuer, org, application: id, number }, content, at)),
    ]
  }

  return {
    /**
     * Sends once: whatever was sent with the same key before is found again.
     * @returns `behind` when somebody wrote the application after it was confirmed
     */
    async send(member: Member, sending: ToSend): Promise<'sent' | 'behind'> {
      const { current } = sending
      if (!isEditable(current.sentAt !== null, current.statuses)) return 'sent'
      for (let turn = 1; ; turn++) {
        const [known] = await store.all(byKey(sending.sendKey))
        if (known) return 'sent'
        try {
          await store.commit(await queriesOf(member, sending))
          return 'sent'
        } catch (error) {
          if (!(error instanceof StoreFault) || error.reason !== 'conflict') throw error
          const [again] = await store.all(byKey(sending.sendKey))
          if (again) return 'sent'
          if (await wasWritten(store, current)) return 'behind'
          if (turn === TRIES) throw error
        }
      }
    },
  }
}

async function wasWritten(store: Store, { id, revision }: Current): Promise<boolean> {
  const newest = store.db
    .selectFrom('applicationRevision')
    .select('revision')
    .where('application', '=', id)
    .where('revision', '>', revision)
    .limit(1)
  return (await store.all(newest.compile())).length > 0
}

/** Lines that are not open stay as they were sent; closed ones are part of it no more. */
function contentWith(
  content: ApplicationContent,
  before: SentApplication | undefined,
): SentContent {
  if (!before) return content
  const fixed = fixedParts(statusesOf(before))
  return {
    ...content,
    sentAnew: content.lines.map(({ kind }) => kind).filter((kind) => !fixed.has(kind)),
    works: fixed.has('works') ? before.content.works : content.works,
    lines: content.lines.map((line) =>
      fixed.has(line.kind)
        ? (before.content.lines.find(({ kind }) => kind === line.kind) ?? line)
        : line,
    ),
  }
}

/** How far the lines of a sent application have come. */
export function statusesOf({ lines }: SentApplication): Partial<Record<AppliedKind, LineStatus>> {
  return Object.fromEntries(lines.map(({ kind, status }) => [kind, status]))
}

function headQuery({ db }: Store, sending: ToSend, number: string, sentAt: Instant) {
  const { current, content, issuer, sendKey } = sending
  const { worksName } = content.works
  const { branch } = content.information
  return db
    .updateTable('application')
    .set({ number, issuer, branch, worksName, sendKey, sentAt })
    .where('id', '=', current.id)
    .compile()
}

function lineQueries(
  { db }: Store,
  application: string,
  { lines }: ApplicationContent,
  before: SentApplication | undefined,
): CompiledQuery[] {
  return lines.map(({ kind, format, guaranteedAmount }) => {
    const known = before?.lines.some((line) => line.kind === kind)
    const facts = { format, guaranteedAmount }
    return known
      ? db
          .updateTable('applicationLine')
          .set(facts)
          .where('application', '=', application)
          .where('kind', '=', kind)
          .compile()
      : db
          .insertInto('applicationLine')
          .values({ application, kind, ...facts, status: 'submitted', contractNumber: null })
          .compile()
  })
}

/** Returned lines are submitted anew or, where they were unticked, taken back; new ones begin. */
function steps(
  { db }: Store,
  { user }: Member,
  application: string,
  { lines, answer }: SentContent,
  before: SentApplication | undefined,
  at: Instant,
): CompiledQuery[] {
  const step = (kind: AppliedKind, number: number, status: LineStatus) =>
    stepQueries(db, {
      ...{ application, kind, step: number, status, at, byUser: user },
      ...(answer !== undefined && { note: answer }),
    })
  const wanted = lines.map(({ kind }) => kind)
  const known = before?.lines ?? []
  const fresh = wanted.filter((kind) => !known.some((line) => line.kind === kind))
  const returned = known.filter(({ status }) => status === 'returned')
  return [
    ...fresh.flatMap((kind) => step(kind, 1, 'submitted')),
    ...returned.flatMap((line) =>
      step(line.kind, line.step + 1, wanted.includes(line.kind) ? 'submitted' : 'withdrawn'),
    ),
  ]
}
