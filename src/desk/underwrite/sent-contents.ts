import type { Store } from '../../store/store.ts'
import type { ApplicationContent } from '../application/content.ts'

/** What was sent last of each application; nothing for one that was never sent. */
export async function sentContents(
  store: Store,
  applications: readonly string[],
): Promise<Map<string, ApplicationContent>> {
  if (applications.length === 0) return new Map()
  const revisions = store.db
    .selectFrom('applicationRevision')
    .select(['application', 'content'])
    .where('application', 'in', [...new Set(applications)])
    .where('content', 'is not', null)
    .orderBy('revision')
  const rows = await store.all(revisions.compile())
  // The newest comes last and stands.
  return new Map(
    rows.map((row) => [row.application, JSON.parse(row.content ?? '') as ApplicationContent]),
  )
}
