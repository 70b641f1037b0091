import type { Kysely, SelectQueryBuilder } from 'kysely'
import { kept } from '../store/kept.ts'
import type { Store } from '../store/store.ts'
import type { Tables } from '../store/tables.ts'
import type { Format } from './format.ts'

/** Selected rows in one piece of text. */
export interface Block {
  rows: number
  /** Key of the last of them; null without any. */
  last: number | null
  text: Uint8Array | null
}

/** The first `most` selected rows with keys in [from, to), ascending. */
export type ReadBlock = (from: number, to: number, most: number) => Promise<Block>

/** Rows with their keys and lines, ascending by key. */
type Lines = SelectQueryBuilder<Tables, keyof Tables, { key: number; line: unknown }>

/**
 * Joins lines in the database and takes them as bytes, which spares reading UTF-8 into strings and
 * writing it again.
 * @param lines of the first `most` rows in [from, to)
 */
export function createReadBlock(
  store: Store,
  format: Format,
  lines: (db: Kysely<Tables>, from: number, to: number, most: number) => unknown,
): ReadBlock {
  const block = kept(store.db, (db, from: number, to: number, most: number) =>
    db.selectFrom((lines(db, from, to, most) as Lines).as('lines')).select((build) => {
      const joined = build.fn.agg<string>('group_concat', ['lines.line', build.val(format.between)])
      return [
        build.fn.countAll<number>().as('rows'),
        build.fn.max<number | null, 'lines.key'>('lines.key').as('last'),
        build
          .cast<Uint8Array | null>(build(joined, '||', build.val(format.after)), 'blob')
          .as('text'),
      ]
    }),
  )
  return async (from, to, most) => (await store.all(block(from, to, most)))[0] as Block
}

/** A table as it is walked through. */
export interface Rows {
  read: ReadBlock
  /** Keys that one statement may look at, however few of them are selected. */
  width: number
  /** @throws MissingPart when rows with keys in [from, to) are missing */
  check?(from: number, to: number): Promise<void>
}

/** Rows in one block: what a look-up beside a pull may have to wait for. */
const AT_ONCE = 256

/**
 * Blocks from key `next` to `end`, `limit` rows together at most; everybody else gets a turn after
 * each, also where nothing is selected. `next` of a block is where the one behind it begins.
 */
export async function* blocksOf(
  { read, width, check }: Rows,
  { next, end }: { next: number; end: number },
  limit: number,
  turn: () => Promise<void>,
): AsyncGenerator<Block & { next: number }> {
  let left = limit
  for (let at = next; at < end && left > 0; ) {
    const to = Math.min(at + width, end)
    const most = Math.min(left, AT_ONCE)
    const block = await read(at, to, most)
    const reached = block.rows === most && block.last !== null ? block.last + 1 : to
    if (block.rows < reached - at) await check?.(at, reached)
    at = reached
    left -= block.rows
    yield { ...block, next: at }
    await turn()
  }
}
