import { fromBase64 } from '../base/bytes.ts'
import type { Checkpoint } from '../log/checkpoint.ts'
import { type Entry, parseEntry } from '../log/entry.ts'
import { verifyInclusion } from '../log/proof.ts'
import { leafHash } from '../log/tree.ts'

/** An entry with its place in the log, as evidence carries it: base64 throughout. */
export interface PlacedEntry {
  entry: string
  index: number
  inclusion: readonly string[]
}

/** The log entry; undefined when the bytes are none. */
export function entryOf(placed: PlacedEntry): Entry | undefined {
  return parseEntry(bytesOf(placed.entry))
}

/** Whether the tree of `head` holds the entry at its index. */
export function isIncluded(placed: PlacedEntry, head: Checkpoint): boolean {
  const leaf = leafHash(bytesOf(placed.entry))
  return verifyInclusion(placed.index, head.size, leaf, placed.inclusion.map(bytesOf), head.root)
}

/** The parsers of log/bundle.ts let canonical base64 through, no other text. */
function bytesOf(text: string): Uint8Array {
  return fromBase64(text) as Uint8Array
}
