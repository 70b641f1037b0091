import type { Kysely, SelectQueryBuilder } from 'kysely'
import { kept } from '../store/kept.ts'
import type { Store } from '../store/store.ts'
import type { Tables } from '../store/tables.ts'
import type { Build, Column, Format } from './format.ts'

/** Selected rows in one piece of text. */
export interface Block {
  rows: number
  text: Uint8Array | null
}

/** A table as it is walked through, by its key. */
export interface Rows {
  /** The selected rows with keys in [from, to), ascending. */
  read(from: number, to: number): Promise<Block>
  /** The key behind the `most`th selected row from `from` on; `to` when there are fewer before it. */
  reach(from: number, to: number, most: number): Promise<number>
}

/** How a table is walked through. */
export interface Walk extends Rows {
  /** Keys that one statement looks at: what a look-up beside it may have to wait for. */
  width: number
  /** @throws MissingPart when rows with keys in [from, to) are missing */
  check?(from: number, to: number): Promise<void>
}

/** About a quarter of a millisecond where every row is selected. */
export const USUAL_WIDTH = 256

type Key = 'logFact.position' | 'accessNote.id'

/** The selected rows with keys in [from, to). */
export type Select = (
  db: Kysely<Tables>,
  from: number,
  to: number,
) => SelectQueryBuilder<Tables, 'logFact' | 'accessNote', object>

/**
 * Joins lines in the database and takes them as bytes, which spares reading UTF-8 into strings and
 * writing it again.
 */
export function createRows(
  store: Store,
  { key, select }: { key: Key; select: Select },
  format: Format,
  columns: readonly Column[],
): Rows {
  const block = kept(store.db, (db, from: number, to: number) =>
    select(db, from, to).select((narrow) => {
      const build = narrow as unknown as Build
      const joined = build.fn.agg<string>('group_concat', [
        format.line(build, columns),
        build.val(format.between),
      ])
      const text = build(joined, '||', build.val(format.after))
      return [
        build.fn.countAll<number>().as('rows'),
        build.cast<Uint8Array | null>(text, 'blob').as('text'),
      ]
    }),
  )
  const last = kept(store.db, (db, from: number, to: number, skipped: number) =>
    select(db, from, to).select(`${key} as key`).orderBy(key).limit(1).offset(skipped),
  )

  return {
    read: async (from, to) => (await store.all(block(from, to)))[0] as Block,
    async reach(from, to, most) {
      const [row] = await store.all(last(from, to, most - 1))
      return row ? row.key + 1 : to
    },
  }
}

/** A page looks further in one go than a stream: most of it is rows that it does not take. */
const PAGE_WIDTHS = 8

/**
 * Blocks from key `next` to `end`, `limit` rows together at most; everybody else gets a turn after
 * each, also where nothing is selected. `next` of a block is where the one behind it begins.
 */
export async function* blocksOf(
  { read, reach, width, check }: Walk,
  { next, end }: { next: number; end: number },
  limit: number | undefined,
  turn: () => Promise<void>,
): AsyncGenerator<Block & { next: number }> {
  let left = limit
  for (let at = next; at < end && left !== 0; ) {
    const to =
      left === undefined
        ? Math.min(at + width, end)
        : await reach(at, Math.min(at + width * PAGE_WIDTHS, end), left)
    const block = await read(at, to)
    if (block.rows < to - at) await check?.(at, to)
    at = to
    if (left !== undefined) left -= block.rows
    yield { ...block, next: at }
    await turn()
  }
}
