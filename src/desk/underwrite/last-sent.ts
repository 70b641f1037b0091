import type { Instant } from '../../base/time.ts'
import type { Store } from '../../store/store.ts'
import type { ApplicationContent } from '../application/content.ts'

/** What was sent last, and when. */
export interface LastSent {
  content: ApplicationContent
  at: Instant
}

/** What was sent last of each application; nothing for one that was never sent. */
export async function lastSent(
  store: Store,
  applications: readonly string[],
): Promise<Map<string, LastSent>> {
  if (applications.length === 0) return new Map()
  const revisions = store.db
    .selectFrom('applicationRevision')
    .select(['application', 'content', 'at'])
    .where('application', 'in', [...new Set(applications)])
    .where('content', 'is not', null)
    .orderBy('revision')
  const rows = await store.all(revisions.compile())
  // The newest comes last and stands.
  return new Map(
    rows.map(({ application, content, at }) => [
      application,
      { content: JSON.parse(content ?? '') as ApplicationContent, at },
    ]),
  )
}
