import { type Instant, instant } from '../base/time.ts'
import type { Ports } from '../ports.ts'
import { kept } from '../store/kept.ts'
import type { Store } from '../store/store.ts'

const NAME = 'clockAccepted'

/** When the operator last said that the clock is right; undefined when never. */
export async function clockAccepted(store: Store): Promise<Instant | undefined> {
  const row = kept(store.db, (db, name: string) =>
    db.selectFrom('setting').select('value').where('name', '=', name),
  )
  return (await store.all(row(NAME)))[0]?.value
}

/** Notes that the operator has looked at the clock, now, and says that it is right. */
export async function acceptClock({ store, clock }: Pick<Ports, 'store' | 'clock'>): Promise<void> {
  const value = instant(clock.now())
  await store.commit([
    store.db
      .insertInto('setting')
      .values({ name: NAME, value })
      .onConflict((on) => on.column('name').doUpdateSet({ value }))
      .compile(),
  ])
}
