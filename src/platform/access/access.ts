import type { CompiledQuery } from 'kysely'
import { type Instant, instant } from '../../base/time.ts'
import type { Access, AccessEvent, Ports } from '../../ports.ts'
import { kept } from '../../store/kept.ts'
import { createPseudonym } from './pseudonym.ts'

/** Rows that are kept while they cannot be written; past that they are only counted. */
const MOST_PENDING = 1000

type Row = Omit<AccessEvent, 'kind'> & { kind: AccessEvent['kind'] | 'gap'; at: Instant }

/** Failures past a budget of one source in one minute. */
interface Tally {
  source: string
  minute: Instant
  count: number
}

/**
 * The access log's door. Rows that come together are committed together. One that cannot be
 * written keeps nobody from an answer: it is tried again with the next and each minute, and where too
 * many wait, a `gap` row tells how many are missing.
 */
export function createAccess({ store, clock, report, sessionSecret }: Ports): Access {
  const queryOf = createQueries(store)
  const pseudonym = createPseudonym(sessionSecret)
  let pending: Row[] = []
  let tallies: Tally[] = []
  let missing = 0
  let flushed: Promise<void> | undefined

  async function flush(): Promise<void> {
    await clock.sleep(0)
    flushed = undefined
    const rows = pending
    const counts = tallies
    const lost = missing
    pending = []
    tallies = []
    missing = 0
    const gap: Row = { kind: 'gap', at: instant(clock.now()), detail: { count: String(lost) } }
    try {
      await store.commitAside([
        ...[...rows, ...(lost > 0 ? [gap] : [])].map(queryOf.row),
        ...counts.map(queryOf.tally),
      ])
    } catch (error) {
      report('access_not_written', { rows: rows.length, error: String(error) })
      pending = [...rows, ...pending]
      tallies = [...counts, ...tallies]
      missing += lost + pending.splice(MOST_PENDING).length
      for (const { count } of tallies.splice(MOST_PENDING)) missing += count
    }
  }

  return {
    note({ source, ...event }) {
      const hashed = source && { source: pseudonym('source', source) }
      pending.push({ ...event, ...hashed, at: instant(clock.now()) })
      flushed ??= flush()
      return flushed
    },
    count(address) {
      const source = pseudonym('source', address)
      const minute = minuteOf(clock.now())
      const tally = tallies.find((one) => one.source === source && one.minute === minute)
      if (tally) tally.count++
      else tallies.push({ source, minute, count: 1 })
      flushed ??= flush()
      return flushed
    },
    async retry() {
      if (pending.length === 0 && tallies.length === 0 && missing === 0) return
      flushed ??= flush()
      await flushed
    },
  }
}

const MINUTE = 60_000

/** The minute that holds an instant, by its start. */
export function minuteOf(now: number): Instant {
  return instant(now - (now % MINUTE))
}

function createQueries(store: Ports['store']) {
  const insert = kept(
    store.db,
    (
      db,
      at: string,
      kind: string,
      issuer: string | null,
      numberKey: string | null,
      source: string | null,
      detail: string,
    ) => db.insertInto('accessNote').values({ at, kind, issuer, numberKey, source, detail }),
  )
  const add = kept(store.db, (db, source: string, minute: Instant, count: number) =>
    db
      .insertInto('accessTally')
      .values({ source, minute, count })
      .onConflict((conflict) =>
        conflict
          .columns(['source', 'minute'])
          .doUpdateSet((eb) => ({ count: eb('accessTally.count', '+', count) })),
      ),
  )
  return {
    row({ at, kind, issuer, numberKey, source, detail = {} }: Row): CompiledQuery {
      const text = JSON.stringify(detail)
      return insert(at, kind, issuer ?? null, numberKey ?? null, source ?? null, text)
    },
    tally: ({ source, minute, count }: Tally): CompiledQuery => add(source, minute, count),
  }
}
