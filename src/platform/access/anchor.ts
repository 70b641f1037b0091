import { dayInTokyo, type Instant, instant } from '../../base/time.ts'
import { parseEntry } from '../../log/entry.ts'
import type { Ports } from '../../ports.ts'
import { kept } from '../../store/kept.ts'
import type { Append } from '../log/append.ts'
import { createSealRows } from './seal-rows.ts'

/**
 * Appends the head of the access log's chain to the log, once a day (Asia/Tokyo) and only when rows
 * have come since the last one. From then on nobody can change a row of it without the log showing.
 * @returns whether an entry was appended
 * @throws Fault as of append
 */
export function createAnchor({ store, clock }: Ports, append: Append) {
  const rows = createSealRows(store)
  const newest = kept(store.db, (db) =>
    db
      .selectFrom('accessHead')
      .innerJoin('logEntry', 'logEntry.position', 'accessHead.position')
      .select(['count', 'entry'])
      .orderBy('accessHead.position', 'desc')
      .limit(1),
  )
  const insert = kept(store.db, (db, position: number, count: number) =>
    db.insertInto('accessHead').values({ position, count }),
  )

  /** The head that is due at `now`, if one is. */
  async function due(now: Instant) {
    const head = await rows.head()
    const [last] = await store.all(newest())
    if (head.count === (last?.count ?? 0)) return undefined
    const arrived = last && parseEntry(last.entry)?.arrived
    return arrived !== undefined && dayInTokyo(arrived) === dayInTokyo(now) ? undefined : head
  }

  return async function anchor(): Promise<boolean> {
    if (!(await due(instant(clock.now())))) return false
    // Asked again in the group: another process may have been faster.
    return append(async ({ arrived }) => {
      const head = await due(arrived)
      if (!head) return { kind: 'answer', result: () => false }
      const { count, hash: sha256 } = head
      return {
        kind: 'append',
        entry: { kind: 'access-head', issuer: '-', arrived, sha256, count },
        rows: (index) => [insert(index, count)],
        done: () => true,
      }
    })
  }
}
