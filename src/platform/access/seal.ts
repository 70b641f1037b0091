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
import { type ChainHead, createSealRows, PAGE } from './seal-rows.ts'

/** Groups of statements in one run: it ends also where there are millions of rows, on Workers too. */
const MOST_GROUPS = 16

/**
 * Chains the rows that came since the last seal, in the order of their ids. SQLite and D1 give ids
 * in the order of commits, so that no row can appear before one that is sealed. Of several sealers
 * one seals a row; the others find it sealed and leave the rest to the next run.
 * @returns rows sealed
 */
export function createSeal({ store, clock, random, writing }: Ports) {
  const { largestGroup } = writing
  const rows = createSealRows(store, Math.min(PAGE, largestGroup))
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
    for (let statements = 0; statements < MOST_GROUPS * largestGroup; ) {
      const head = await rows.head()
      const notes = await rows.notes(head.lastNote)
      if (notes.length === 0) break
      const queries = sealed(head, notes)
      try {
        await store.commit(queries)
      } catch (error) {
        if (error instanceof StoreFault && error.reason === 'conflict') break
        throw error
      }
      count += notes.length
      statements += queries.length + 2
      // Lets in the look-ups that have arrived meanwhile.
      await clock.sleep(0)
    }
    return count
  }
}
