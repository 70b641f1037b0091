import { parseEntry } from '../../log/entry.ts'
import { kept } from '../../store/kept.ts'
import { type Store, StoreFault } from '../../store/store.ts'
import { createOwnerId } from '../directory/registered-owner.ts'
import { createFactInsert, type EntryFacts, factRow } from '../log/log-facts.ts'
import { readStored } from './chain.ts'
import { recordFacts } from './record-facts.ts'

/** Entries read and written in one go. */
const SLICE = 200
const TRIES = 5

const MARK = 'logFact'

interface Missing {
  position: number
  entry: Uint8Array
  jws: string | null
}

/**
 * Gives entries that were appended before there were facts their rows, in slices; a start that is
 * cut short goes on at the next. What cannot be read gets no row, which akashi log fsck tells.
 * @param everywhere also looks for rows that were lost since, for which a start has no time
 */
export async function fillFacts(store: Store, everywhere = false): Promise<void> {
  const rows = createFillRows(store)
  const insert = createFactInsert(store)
  const ownerId = createOwnerId(store)
  const whole = await rows.isWhole()

  async function factsOf({ jws }: Missing): Promise<EntryFacts | undefined> {
    const record = jws === null ? undefined : readStored(jws)
    if (!record) return undefined
    return recordFacts(record, await ownerId(record.payload.certificate.owner))
  }

  async function fill(missing: readonly Missing[]): Promise<void> {
    const queries: ReturnType<typeof insert>[] = []
    for (const one of missing) {
      const entry = one.entry instanceof Uint8Array && parseEntry(one.entry)
      if (entry) queries.push(insert(factRow(one.position, entry, await factsOf(one))))
    }
    if (queries.length > 0) await store.commit(queries)
  }

  // Once whole, only a server of an older release leaves a gap, at the end.
  let from = whole && !everywhere ? await rows.newest() : 0
  for (let tries = 1; ; tries++) {
    const missing = await rows.missing(from)
    const last = missing.at(-1)
    if (!last) break
    try {
      await fill(missing)
    } catch (error) {
      if (!(error instanceof StoreFault) || error.reason !== 'conflict') throw error
      // Another process fills as well: what it has not done is read again. Damage is left to fsck.
      if (tries < TRIES) continue
    }
    from = last.position + 1
    tries = 0
  }
  if (!whole) await rows.markWhole()
}

function createFillRows(store: Store) {
  const missing = kept(store.db, (db, from: number) =>
    db
      .selectFrom('logEntry')
      .leftJoin('logFact', 'logFact.position', 'logEntry.position')
      .leftJoin('recordBody', 'recordBody.position', 'logEntry.position')
      .select(['logEntry.position', 'logEntry.entry', 'jws'])
      .where('logEntry.position', '>=', from)
      .where('logFact.position', 'is', null)
      .orderBy('logEntry.position')
      .limit(SLICE),
  )
  const newest = kept(store.db, (db) =>
    db.selectFrom('logFact').select('position').orderBy('position', 'desc').limit(1),
  )
  const mark = kept(store.db, (db) =>
    db.selectFrom('setting').select('value').where('name', '=', MARK),
  )
  const setMark = kept(store.db, (db) =>
    db
      .insertInto('setting')
      .values({ name: MARK, value: 'whole' })
      .onConflict((on) => on.column('name').doNothing()),
  )
  return {
    /** The first of them from a position on. */
    missing: (from: number): Promise<Missing[]> => store.all(missing(from)),
    newest: async () => ((await store.all(newest()))[0]?.position ?? -1) + 1,
    isWhole: async () => (await store.all(mark())).length > 0,
    markWhole: () => store.commit([setMark()]),
  }
}
