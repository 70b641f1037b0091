import { instant } from '../base/time.ts'
import type { Access, AccessEvent, Ports } from '../ports.ts'
import { kept } from '../store/kept.ts'

/**
 * The access log's door. Rows that come together are committed together; a row that cannot be
 * written is reported and does not keep anybody from an answer.
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
  let pending: AccessEvent[] = []
  let flushed: Promise<void> | undefined

  async function flush(): Promise<void> {
    await clock.sleep(0)
    const events = pending
    pending = []
    flushed = undefined
    const at = instant(clock.now())
    const rows = events.map(({ kind, issuer = null, numberKey = null, detail = {} }) =>
      insert(at, kind, issuer, numberKey, JSON.stringify(detail)),
    )
    try {
      await store.commit(rows)
    } catch (error) {
      report('access_not_written', { rows: rows.length, error: String(error) })
    }
  }

  return {
    note(event) {
      pending.push(event)
      flushed ??= flush()
      return flushed
    },
  }
}
