import type { CompiledQuery, Kysely } from 'kysely'
import type { Instant } from '../../../base/time.ts'
import { type Store, StoreFault } from '../../../store/store.ts'
import type { Tables } from '../../../store/tables.ts'
import type { ApplicationContent } from '../content.ts'
import type { Form } from '../form/fields.ts'

/** A state of an application that is to be kept. */
export interface NextRevision {
  application: string
  revision: number
  form: Form
  byUser: string
  at: Instant
  /** What was checked, where it is sent. */
  content?: ApplicationContent
}

/**
 * Takes a revision of an application. It is the right to write what goes with it: whoever comes
 * second gets StoreFault `conflict`.
 */
export function revisionQuery(
  db: Kysely<Tables>,
  { form, content, ...row }: NextRevision,
): CompiledQuery {
  const texts = { form: JSON.stringify(form), content: content ? JSON.stringify(content) : null }
  return db
    .insertInto('applicationRevision')
    .values({ ...row, ...texts })
    .compile()
}

/** Whether it was kept; not where somebody else took the same revision. */
export async function commitOrNot(
  store: Store,
  queries: readonly CompiledQuery[],
): Promise<boolean> {
  try {
    await store.commit(queries)
    return true
  } catch (error) {
    if (error instanceof StoreFault && error.reason === 'conflict') return false
    throw error
  }
}
