import { instant } from '../../base/time.ts'
import { parseEntry } from '../../log/entry.ts'
import type { Ports } from '../../ports.ts'
import { kept } from '../../store/kept.ts'
import type { Store } from '../../store/store.ts'
import type { AcceptedClock } from './clock-watch.ts'
import { logReader } from './log-reader.ts'

const NAME = 'clockAccepted'

/** What the operator last said of the clock; undefined when never. */
export async function clockAccepted(store: Store): Promise<AcceptedClock | undefined> {
  const row = kept(store.db, (db, name: string) =>
    db.selectFrom('setting').select('value').where('name', '=', name),
  )
  const [setting] = await store.all(row(NAME))
  return setting && (JSON.parse(setting.value) as AcceptedClock)
}

/** Notes that the operator has looked at the clock, now, and says that it is right. */
export async function acceptClock({ store, clock }: Pick<Ports, 'store' | 'clock'>): Promise<void> {
  const log = logReader(store)
  const head = await log.head()
  const entry = head && (await log.entryAt(head.size - 1))
  const last = entry && parseEntry(entry)?.arrived
  const value = JSON.stringify({ at: instant(clock.now()), last })
  await store.commit([
    store.db
      .insertInto('setting')
      .values({ name: NAME, value })
      .onConflict((on) => on.column('name').doUpdateSet({ value }))
      .compile(),
  ])
}
