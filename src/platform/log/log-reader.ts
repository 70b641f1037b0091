import { Fault } from '../../base/fault.ts'
import type { NodeRef } from '../../log/tree.ts'
import { nodeId } from '../../log/tree.ts'
import { kept } from '../../store/kept.ts'
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

/** Nodes asked for in one statement; D1 takes at most 100 parameters. */
const AT_ONCE = 64
const NO_NODE = -1

/** Reads of the log's tables, each a kept statement. */
export function logReader(store: Store): LogReader {
  const newest = kept(store.db, (db) =>
    db
      .selectFrom('logCheckpoint')
      .select(['size', 'note', 'generation'])
      .orderBy('size', 'desc')
      .orderBy('generation', 'desc')
      .limit(1),
  )
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
  const nodes = kept(
    store.db,
    (db, ...ids: number[]) =>
      db.selectFrom('logNode').select(['id', 'hash']).where('id', 'in', ids),
    AT_ONCE,
  )

  return {
    head: async () => (await store.all(newest()))[0],
    checkpointCovering: async (size) => (await store.all(covering(size)))[0],
    entryAt: async (position) => (await store.all(entry(position)))[0]?.entry,
    async hashes(refs) {
      const ids = [...new Set(Array.from(refs, nodeId))]
      const found = new Map<number, Uint8Array>()
      for (let at = 0; at < ids.length; at += AT_ONCE) {
        const some = ids.slice(at, at + AT_ONCE)
        while (some.length < AT_ONCE) some.push(NO_NODE)
        for (const { id, hash } of await store.all(nodes(...some))) found.set(id, hash)
      }
      return hashesIn(found)
    },
  }
}
