import { type Instant, instant } from '../../base/time.ts'
import type { Ports } from '../../ports.ts'
import { kept } from '../../store/kept.ts'
import { minuteOf } from './access.ts'

/**
 * Turns the counts of minutes that are over into rows of the access log: one `lookup_failed` for
 * each source and minute, with `count` and `minute`. Done twice at once it finds nothing the second
 * time.
 */
export function createSettleTallies({ store, clock }: Ports) {
  const insert = kept(store.db, (db, at: Instant, minute: Instant) =>
    db
      .insertInto('accessNote')
      .columns(['at', 'kind', 'source', 'detail'])
      .expression(
        db
          .selectFrom('accessTally')
          .select((eb) => [
            eb.val(at).as('at'),
            eb.val('lookup_failed').as('kind'),
            'source',
            eb
              .fn<string>('json_object', [
                eb.val('count'),
                eb.cast('count', 'text'),
                eb.val('minute'),
                'minute',
              ])
              .as('detail'),
          ])
          .where('minute', '<', minute)
          .orderBy('minute')
          .orderBy('source'),
      ),
  )
  const remove = kept(store.db, (db, minute: Instant) =>
    db.deleteFrom('accessTally').where('minute', '<', minute),
  )

  const due = kept(store.db, (db, minute: Instant) =>
    db.selectFrom('accessTally').select('count').where('minute', '<', minute).limit(1),
  )

  return async function settleTallies(): Promise<void> {
    const now = clock.now()
    const minute = minuteOf(now)
    if ((await store.all(due(minute))).length === 0) return
    await store.commit([insert(instant(now), minute), remove(minute)])
  }
}
