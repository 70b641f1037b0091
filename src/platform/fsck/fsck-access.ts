import { equalBytes } from '../../base/bytes.ts'
import type { AccessHeadEntry } from '../../log/entry.ts'
import type { Store } from '../../store/store.ts'
import {
  type AccessRow,
  CHAIN_START,
  commitmentTo,
  type Detail,
  readDetail,
  rowHash,
} from '../access/access-chain.ts'
import { createSealRows } from '../access/seal-rows.ts'
import type { TellFault } from './fsck-fault.ts'
import { createFsckTables } from './fsck-tables.ts'

/** Entries of the log that hold a head of the access log, by position. */
export type AccessHeads = ReadonlyMap<number, AccessHeadEntry>

/**
 * Derives the access log's chain again from its rows and holds the seals, then the heads that the
 * log has of it, against it. What is not sealed yet cannot be judged.
 */
export function createAccessCheck(store: Store) {
  const rows = createSealRows(store)
  const headRows = createFsckTables(store).accessHeads

  /** The hash of the chain after the rows of one seal, and how many they are. */
  async function derive(before: Uint8Array, after: number, until: number, tell: TellFault) {
    let hash = before
    let count = 0
    for (let last = after; ; ) {
      const notes = await rows.notes(last, until)
      for (const note of notes) hash = nextHash(hash, note, tell)
      count += notes.length
      const end = notes.at(-1)?.id
      if (end === undefined || end === until) return { hash, count }
      last = end
    }
  }

  /** Hashes of the chain after each seal, by rows in it. */
  async function chain(tell: TellFault): Promise<Map<number, Uint8Array>> {
    const derived = new Map<number, Uint8Array>()
    let [before, count, last] = [CHAIN_START, 0, Number.MIN_SAFE_INTEGER]
    for (;;) {
      const seals = await rows.seals(count)
      for (const seal of seals) {
        const found = await derive(before, last, seal.lastNote, tell)
        const fault = sealFault(seal, count, found)
        if (fault) tell({ table: 'accessSeal', at: seal.start, detail: fault })
        derived.set(seal.count, found.hash)
        // Goes on from what is stored, so that one change is told once.
        before = seal.hash
        count = seal.count
        last = seal.lastNote
      }
      if (seals.length === 0) return derived
    }
  }

  return async function checkAccess(heads: AccessHeads, tell: TellFault): Promise<void> {
    const derived = await chain(tell)
    const counts = await headRows()
    for (const [at, { count, sha256 }] of heads) {
      const hash = derived.get(count)
      if (!hash || !equalBytes(hash, sha256)) {
        const detail = `the access log has another head after ${count} rows`
        tell({ table: 'logEntry', at, detail })
      }
      if (counts.get(at) !== count) {
        tell({ table: 'accessHead', at, detail: 'not as its entry says' })
      }
      counts.delete(at)
    }
    for (const at of counts.keys()) {
      tell({ table: 'accessHead', at, detail: 'no access-head entry stands here' })
    }
  }
}

function sealFault(
  seal: { start: number; count: number; hash: Uint8Array },
  before: number,
  found: { hash: Uint8Array; count: number },
): string | undefined {
  if (seal.start !== before) return `the seal before it ends at ${before}`
  if (seal.count !== seal.start + found.count) return `it is of ${found.count} rows`
  return equalBytes(seal.hash, found.hash) ? undefined : 'another hash than its rows give'
}

/** Names that are still there are held against their commitment; it stands for those erased. */
function nextHash(before: Uint8Array, row: AccessRow, tell: TellFault): Uint8Array {
  const wrong = (detail: string) => tell({ table: 'accessNote', at: row.id, detail })
  let detail: Detail = { facts: [], names: [] }
  try {
    detail = readDetail(row.detail)
  } catch {
    wrong('its detail is no JSON')
  }
  const { salt, commitment } = row
  const kept = salt !== null || detail.names.length > 0
  const agree = salt && commitment && equalBytes(commitmentTo(detail.names, salt), commitment)
  if (kept && !agree) wrong('other names than the ones it was sealed with')
  return rowHash(before, row, detail.facts, commitment)
}
