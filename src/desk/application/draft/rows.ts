import { kept } from '../../../store/kept.ts'
import type { Store } from '../../../store/store.ts'
import type { AppliedKind, LineStatus } from '../content.ts'
import { type Form, storedForm } from '../form/fields.ts'
import type { Statuses } from './editable.ts'

/** One saved state of an application. */
export interface Revision {
  revision: number
  form: Form
  byUser: string
  at: string
}

/** An application as it stands, with its newest revision. */
export interface Current extends Revision {
  id: string
  /** 受付番号; none while it was never sent. */
  number: string | null
  issuer: string
  org: string
  copyOf: string | null
  createdBy: string
  sentAt: string | null
  /** The revision that was sent last. */
  sentRevision: number | null
  statuses: Statuses
}

/** Reads of applications that are being written. */
export function createRows(store: Store) {
  const application = kept(store.db, (db, id: string) =>
    db.selectFrom('application').selectAll().where('id', '=', id),
  )
  const newest = kept(store.db, (db, id: string) =>
    db
      .selectFrom('applicationRevision')
      .select(['revision', 'form', 'byUser', 'at'])
      .where('application', '=', id)
      .orderBy('revision', 'desc')
      .limit(1),
  )
  const one = kept(store.db, (db, id: string, revision: number) =>
    db
      .selectFrom('applicationRevision')
      .select(['revision', 'form', 'byUser', 'at'])
      .where('application', '=', id)
      .where('revision', '=', revision),
  )
  const newestSent = kept(store.db, (db, id: string) =>
    db
      .selectFrom('applicationRevision')
      .select('revision')
      .where('application', '=', id)
      .where('content', 'is not', null)
      .orderBy('revision', 'desc')
      .limit(1),
  )
  const lines = kept(store.db, (db, id: string) =>
    db.selectFrom('applicationLine').select(['kind', 'status']).where('application', '=', id),
  )

  return {
    /** Undefined when there is none. */
    async current(id: string): Promise<Current | undefined> {
      const [[row], [revision], [sent], statuses] = await store.snapshot([
        application(id),
        newest(id),
        newestSent(id),
        lines(id),
      ])
      if (!row || !revision) return undefined
      return {
        ...row,
        ...revision,
        form: storedForm(revision.form),
        sentRevision: sent?.revision ?? null,
        statuses: Object.fromEntries(
          statuses.map(({ kind, status }) => [kind as AppliedKind, status as LineStatus]),
        ),
      }
    },
    async revision(id: string, revision: number): Promise<Revision | undefined> {
      const [row] = await store.all(one(id, revision))
      return row && { ...row, form: storedForm(row.form) }
    },
  }
}
