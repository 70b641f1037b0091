import type { CompiledQuery } from 'kysely'
import { Fault } from '../../base/fault.ts'
import { HASH_LENGTH, type NodeRef, nodeId } from '../../log/tree.ts'
import { kept } from '../../store/kept.ts'
import { nodeHashes } from '../../store/node-hashes.ts'
import type { Store } from '../../store/store.ts'

export interface Head {
  size: number
  note: string
}

export interface NewestHead extends Head {
  /** Which log it is of: 1 for the first, more for one that went on after a loss. */
  generation: number
}

export interface LogReader {
  /** The newest signed checkpoint, or undefined while the log is empty. */
  head(): Promise<NewestHead | undefined>
  /** The first checkpoint that covers `size` entries or more: the one that was answered with. */
  checkpointCovering(size: number): Promise<Head | undefined>
  entryAt(position: number): Promise<Uint8Array | undefined>
  /** The kept hashes of nodes; the function throws {@link MissingPart} for one that is not there. */
  hashes(refs: Iterable<NodeRef>): Promise<(ref: NodeRef) => Uint8Array>
}

/** A part that the log should keep and does not: the store was damaged. */
export class MissingPart extends Fault {
  /** @param what for the operator; whoever asked learns only that it is missing */
  constructor(what: string) {
    const cause = `${what} is missing from the log`
    super('store_unavailable', 'The log is damaged. The operator runs akashi log fsck.', { cause })
  }
}

/** Looks hashes up by node; throws {@link MissingPart} for a node that has none. */
export function hashesIn(found: ReadonlyMap<number, Uint8Array>): (ref: NodeRef) => Uint8Array {
  return (ref) => {
    const hash = found.get(nodeId(ref))
    if (!hash) throw new MissingPart(`node ${ref.level}/${ref.index}`)
    return hash
  }
}

/** The newest signed checkpoint, for a snapshot. */
export function createNewestHead(store: Store): () => CompiledQuery<NewestHead> {
  return kept(store.db, (db) =>
    db
      .selectFrom('logCheckpoint')
      .select(['size', 'generation', 'note'])
      .orderBy('size', 'desc')
      .orderBy('generation', 'desc')
      .limit(1),
  )
}

/** Reads of the log's tables, each a kept statement. */
export function logReader(store: Store): LogReader {
  const newest = createNewestHead(store)
  const covering = kept(store.db, (db, size: number) =>
    db
      .selectFrom('logCheckpoint')
      .select(['size', 'note'])
      .where('size', '>=', size)
      .orderBy('size')
      .orderBy('generation')
      .limit(1),
  )
  const entry = kept(store.db, (db, position: number) =>
    db.selectFrom('logEntry').select('entry').where('position', '=', position),
  )
  const together = nodeHashes(store.db)
  const one = kept(store.db, (db, id: number) =>
    db.selectFrom('logNode').select('hash').where('id', '=', id),
  )

  async function hashesOf(ids: readonly number[]): Promise<Map<number, Uint8Array>> {
    const [row] = await store.all(together(JSON.stringify(ids)))
    const hashes = row?.hashes ?? new Uint8Array()
    const found = new Map<number, Uint8Array>()
    if (hashes.length === ids.length * HASH_LENGTH) {
      ids.forEach((id, i) => {
        found.set(id, hashes.subarray(i * HASH_LENGTH, (i + 1) * HASH_LENGTH))
      })
      return found
    }
    // One is missing; asked for one by one they tell which.
    for (const id of ids) {
      const [node] = await store.all(one(id))
      if (node) found.set(id, node.hash)
    }
    return found
  }

  return {
    head: async () => (await store.all(newest()))[0],
    checkpointCovering: async (size) => (await store.all(covering(size)))[0],
    entryAt: async (position) => (await store.all(entry(position)))[0]?.entry,
    async hashes(refs) {
      // In the order of the table, whose pages are then read one after the other.
      const ids = [...new Set(Array.from(refs, nodeId))].sort((a, b) => a - b)
      return hashesIn(ids.length === 0 ? new Map() : await hashesOf(ids))
    },
  }
}
