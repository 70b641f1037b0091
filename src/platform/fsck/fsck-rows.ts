import { kept } from '../../store/kept.ts'
import type { Store } from '../../store/store.ts'
import type { CheckpointRow } from './fsck-checkpoints.ts'
import type { FsckFault } from './fsck-fault.ts'

/** One stretch of the log as stored; nothing of it is believed yet. */
export interface LogPage {
  /** From the asked position on, ascending. */
  entries: { position: number; entry: Uint8Array }[]
  /** Hashes by node id, from the asked id on. */
  nodes: ReadonlyMap<number, Uint8Array>
  /** Those of sizes from the asked one on, ascending. */
  checkpoints: CheckpointRow[]
}

const PAGE = 1000

/** A page completes at most two nodes for each entry, and those before it completed theirs. */
const PAGE_NODES = 2 * PAGE + 64

/** One for each entry at most, and one more where a log was reopened. */
const PAGE_CHECKPOINTS = PAGE + 64

/** Reads of the log's own tables, in pages. */
export function createFsckRows(store: Store) {
  const entries = kept(store.db, (db, from: number) =>
    db
      .selectFrom('logEntry')
      .selectAll()
      .where('position', '>=', from)
      .orderBy('position')
      .limit(PAGE),
  )
  const nodes = kept(store.db, (db, from: number) =>
    db.selectFrom('logNode').selectAll().where('id', '>=', from).orderBy('id').limit(PAGE_NODES),
  )
  const checkpoints = kept(store.db, (db, after: number) =>
    db
      .selectFrom('logCheckpoint')
      .selectAll()
      .where('size', '>', after)
      .orderBy('size')
      .orderBy('generation')
      .limit(PAGE_CHECKPOINTS),
  )

  return {
    /** @param from position of the first entry @param firstNode id of the first node */
    async page(from: number, firstNode: number): Promise<LogPage> {
      // Entries first: what was committed with them is then there, whatever comes later.
      const found = await store.all(entries(from))
      const stored = await store.all(nodes(firstNode))
      return {
        entries: found,
        nodes: new Map(stored.map(({ id, hash }) => [id, hash])),
        checkpoints: await store.all(checkpoints(from)),
      }
    },
    /** Whether there are entries past the first `size`. */
    goesOn: async (size: number): Promise<boolean> => (await store.all(entries(size))).length > 0,
    beyond: createBeyond(store),
  }
}

/** What stands outside the tree of `size` entries, and the head that is missing for them. */
function createBeyond(store: Store) {
  const nodes = kept(store.db, (db, count: number) =>
    db
      .selectFrom('logNode')
      .select('id')
      .where((eb) => eb.or([eb('id', '<', 0), eb('id', '>=', count)])),
  )
  const checkpoints = kept(store.db, (db, size: number) =>
    db.selectFrom('logCheckpoint').select('size').where('size', '>', size),
  )
  const newest = kept(store.db, (db) =>
    db.selectFrom('logCheckpoint').select('size').orderBy('size', 'desc').limit(1),
  )

  return async (size: number, nodeCount: number): Promise<FsckFault[]> => {
    const faults: FsckFault[] = []
    for (const { id: at } of await store.all(nodes(nodeCount))) {
      faults.push({ table: 'logNode', at, detail: 'no entries give this node' })
    }
    for (const { size: at } of await store.all(checkpoints(size))) {
      faults.push({ table: 'logCheckpoint', at, detail: `the log has ${size} entries only` })
    }
    const signed = (await store.all(newest()))[0]?.size ?? 0
    if (signed < size) {
      faults.push({ table: 'logCheckpoint', at: size, detail: 'missing for the newest entries' })
    }
    return faults
  }
}
