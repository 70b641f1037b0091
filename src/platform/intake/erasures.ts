import { equalBytes } from '../../base/bytes.ts'
import { type Entry, parseEntry } from '../../log/entry.ts'
import { kept } from '../../store/kept.ts'
import type { Store } from '../../store/store.ts'

/** Where the database says that the log speaks of an erasure; nothing of it is believed yet. */
export interface Erasure {
  /** Position of the `erase` entry. */
  at: number
  /** Its bytes, null when the log has lost it. */
  bytes: Uint8Array | null
  /** The entry; undefined when the bytes are none. */
  entry: Entry | undefined
}

/** The erasures of a guarantee's versions, by the position of the version. */
export function createErasures(
  store: Store,
): (issuer: string, numberKey: string) => Promise<Map<number, Erasure>> {
  const rows = kept(store.db, (db, issuer: string, numberKey: string) =>
    db
      .selectFrom('version')
      .innerJoin('erasure', 'erasure.position', 'version.position')
      .leftJoin('logEntry', 'logEntry.position', 'erasure.entry')
      .select(['version.position', 'erasure.entry as at', 'logEntry.entry as bytes'])
      .where('issuer', '=', issuer)
      .where('numberKey', '=', numberKey),
  )
  return async (issuer, numberKey) =>
    new Map(
      (await store.all(rows(issuer, numberKey))).map(({ position, at, bytes }) => [
        position,
        { at, bytes, entry: bytes ? parseEntry(bytes) : undefined },
      ]),
    )
}

/** Whether an entry says of this record, and no other, that its body was erased. */
export function isErasureOf(entry: Entry | undefined, record: Entry | undefined): boolean {
  return (
    record?.kind === 'record' &&
    entry?.kind === 'erase' &&
    entry.issuer === record.issuer &&
    equalBytes(entry.sha256, record.sha256)
  )
}
