import type { Instant } from '../../../base/time.ts'
import { kept } from '../../../store/kept.ts'
import type { Store } from '../../../store/store.ts'
import type { ApplicationContent } from '../content.ts'
import { APPLIED_KINDS, type AppliedKind, type BillTo, type LineStatus } from '../content.ts'
import { appliedKinds, storedForm } from '../form/fields.ts'

/** An application as the contractor's list shows it. */
export interface Listed {
  id: string
  number: string | null
  worksName: string
  /** Of its newest revision. */
  changedAt: Instant
  sentAt: Instant | null
  lines: { kind: AppliedKind; status: LineStatus | 'draft'; contractNumber: string | null }[]
}

export const PAGE_SIZE = 50

/** What one contractor has applied for, newest first. */
export function createList(store: Store) {
  const { page, ofPage, sent } = listQueries(store)

  return {
    /**
     * @param from how many to pass over
     * @returns one more than a page where there are more
     */
    async list(org: string, from: number): Promise<Listed[]> {
      const rows = await store.all(page(org, PAGE_SIZE + 1, from))
      const ids = rows.map(({ id }) => id)
      const lines = ids.length === 0 ? [] : await store.all(ofPage(ids))
      return rows.map(({ form, ...row }) => ({
        ...row,
        lines: row.sentAt === null ? draftLines(form) : linesOf(row.id, lines),
      }))
    },

    /** Where bills went before and which branch was written to last, out of what was sent. */
    async habits(org: string): Promise<{ billTos: BillTo[]; branch: string | undefined }> {
      const rows = await store.all(sent(org))
      const contents = rows.map(({ content }) => JSON.parse(content ?? '{}') as ApplicationContent)
      const [last] = rows
      return {
        billTos: contents.flatMap(({ lines }) => lines.map(({ billTo }) => billTo)),
        branch: last && last.branch !== null ? `${last.issuer}/${last.branch}` : undefined,
      }
    },
  }
}

function draftLines(form: string): Listed['lines'] {
  return appliedKinds(storedForm(form)).map((kind) => ({
    kind,
    status: 'draft' as const,
    contractNumber: null,
  }))
}

interface LineRow {
  application: string
  kind: string
  status: string
  contractNumber: string | null
}

function linesOf(id: string, rows: readonly LineRow[]): Listed['lines'] {
  const own = rows.filter(({ application }) => application === id)
  return APPLIED_KINDS.flatMap((kind) =>
    own
      .filter((row) => row.kind === kind)
      .map(({ status, contractNumber }) => ({
        kind,
        status: status as LineStatus,
        contractNumber,
      })),
  )
}

function listQueries({ db }: Store) {
  const page = kept(db, (db, org: string, limit: number, offset: number) =>
    db
      .selectFrom('application')
      .innerJoin('applicationRevision as newest', (join) =>
        join.onRef('newest.application', '=', 'application.id').on('newest.revision', '=', (eb) =>
          eb
            .selectFrom('applicationRevision as one')
            .select((all) => all.fn.max('one.revision').as('revision'))
            .whereRef('one.application', '=', 'application.id'),
        ),
      )
      .select(['application.id', 'number', 'worksName', 'sentAt', 'newest.form'])
      .select('newest.at as changedAt')
      .where('org', '=', org)
      .orderBy('application.createdAt', 'desc')
      .orderBy('application.id')
      .limit(limit)
      .offset(offset),
  )
  const sent = kept(db, (db, org: string) =>
    db
      .selectFrom('application')
      .innerJoin('applicationRevision', 'applicationRevision.application', 'application.id')
      .select(['issuer', 'branch', 'content'])
      .where('org', '=', org)
      .where('content', 'is not', null)
      .orderBy('sentAt', 'desc')
      .limit(20),
  )
  const ofPage = (ids: readonly string[]) =>
    db
      .selectFrom('applicationLine')
      .select(['application', 'kind', 'status', 'contractNumber'])
      .where('application', 'in', ids)
      .compile()
  return { page, sent, ofPage }
}
