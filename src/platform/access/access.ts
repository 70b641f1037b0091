import { type Instant, instant } from '../../base/time.ts'
import type { Access, AccessEvent, Ports } from '../../ports.ts'
import { kept } from '../../store/kept.ts'

/** Rows that are kept while they cannot be written; past that they are only counted. */
const MOST_PENDING = 1000

type Row = Omit<AccessEvent, 'kind'> & { kind: AccessEvent['kind'] | 'gap'; at: Instant }

/**
 * The access log's door. Rows that come together are committed together. One that cannot be
 * written keeps nobody from an answer: it is tried again with the next, and where too many wait, a
 * `gap` row tells how many are missing.
 */
export function createAccess({ store, clock, report }: Ports): Access {
  const insert = kept(
    store.db,
    (
      db,
      at: string,
      kind: string,
      issuer: string | null,
      numberKey: string | null,
      detail: string,
    ) => db.insertInto('accessNote').values({ at, kind, issuer, numberKey, detail }),
  )
  let pending: Row[] = []
  let missing = 0
  let flushed: Promise<void> | undefined

  async function flush(): Promise<void> {
    await clock.sleep(0)
    flushed = undefined
    const rows = pending
    const count = missing
    pending = []
    missing = 0
    const gap: Row = { kind: 'gap', at: instant(clock.now()), detail: { count: String(count) } }
    try {
      await store.commitAside(
        [...rows, ...(count > 0 ? [gap] : [])].map(
          ({ at, kind, issuer = null, numberKey = null, detail = {} }) =>
            insert(at, kind, issuer, numberKey, JSON.stringify(detail)),
        ),
      )
    } catch (error) {
      report('access_not_written', { rows: rows.length, error: String(error) })
      pending = [...rows, ...pending]
      missing += count + pending.splice(MOST_PENDING).length
    }
  }

  return {
    note(event) {
      pending.push({ ...event, at: instant(clock.now()) })
      flushed ??= flush()
      return flushed
    },
  }
}
