import type { CompiledQuery } from 'kysely'
import type { Ports } from '../../ports.ts'
import { kept } from '../../store/kept.ts'
import { StoreFault } from '../../store/store.ts'
import {
  type AccessRow,
  commitmentTo,
  NAME_SALT_LENGTH,
  readDetail,
  rowHash,
} from './access-chain.ts'
import { type ChainHead, createSealRows } from './seal-rows.ts'

/** Seals in one run: a hundred thousand rows, so that a run ends also where there are millions. */
const MOST_SEALS = 200

/**
 * Chains the rows that came since the last seal, in the order of their ids. SQLite and D1 give ids
 * in the order of commits, so that no row can appear before one that is sealed. Of several sealers
 * one seals a row; the others find it sealed and leave the rest to the next run.
 * @returns rows sealed
 */
export function createSeal({ store, clock, random }: Ports) {
  const rows = createSealRows(store)
  // A row that another sealer has committed to is left as it is; the seal then tells.
  const commit = kept(store.db, (db, salt: Uint8Array, commitment: Uint8Array, id: number) =>
    db
      .updateTable('accessNote')
      .set({ salt, commitment })
      .where('id', '=', id)
      .where('commitment', 'is', null),
  )
  const insert = kept(
    store.db,
    (db, start: number, count: number, lastNote: number, hash: Uint8Array) =>
      db.insertInto('accessSeal').values({ start, count, lastNote, hash }),
  )

  function sealed(head: ChainHead, notes: readonly AccessRow[]): CompiledQuery[] {
    const queries: CompiledQuery[] = []
    let { hash, lastNote } = head
    for (const note of notes) {
      const { facts, names } = readDetail(note.detail)
      let { commitment } = note
      if (names.length > 0 && commitment === null) {
        const salt = random(NAME_SALT_LENGTH)
        commitment = commitmentTo(names, salt)
        queries.push(commit(salt, commitment, note.id))
      }
      hash = rowHash(hash, note, facts, commitment)
      lastNote = note.id
    }
    return [...queries, insert(head.count, head.count + notes.length, lastNote, hash)]
  }

  return async function seal(): Promise<number> {
    let count = 0
    for (let seals = 0; seals < MOST_SEALS; seals++) {
      const head = await rows.head()
      const notes = await rows.notes(head.lastNote)
      if (notes.length === 0) break
      try {
        await store.commit(sealed(head, notes))
      } catch (error) {
        if (error instanceof StoreFault && error.reason === 'conflict') break
        throw error
      }
      count += notes.length
      // Lets in the look-ups that have arrived meanwhile.
      await clock.sleep(0)
    }
    return count
  }
}
