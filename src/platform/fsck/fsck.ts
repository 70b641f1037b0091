import { base64, equalBytes } from '../../base/bytes.ts'
import { Fault } from '../../base/fault.ts'
import { type AccessHeadEntry, type Entry, parseEntry } from '../../log/entry.ts'
import { append, EMPTY_ROOT, leafHash, type NodeRef, nodeId } from '../../log/tree.ts'
import type { Identity, Ports } from '../../ports.ts'
import { createForkGuard } from '../log/fork-guard.ts'
import { createTipReader } from '../log/log-tip.ts'
import { createAccessCheck } from './fsck-access.ts'
import { type BesidePass, openBesidePass } from './fsck-beside.ts'
import { type CheckpointPass, openCheckpointPass } from './fsck-checkpoints.ts'
import type { FsckFault, TellFault } from './fsck-fault.ts'
import { createFsckRows, type LogPage } from './fsck-rows.ts'

export interface FsckReport {
  /** Entries read. */
  size: number
  /** Derived from these entries alone, base64. */
  root: string
  faults: number
}

/** The tree as the entries so far make it. */
interface Derived {
  size: number
  frontier: Uint8Array[]
  root: Uint8Array
  /** Node ids up to here, without it, are accounted for. */
  nodes: number
  arrived: string
  /** Those of its entries that hold a head of the access log. */
  accessHeads: Map<number, AccessHeadEntry>
}

interface Passes {
  beside: BesidePass
  checkpoints: CheckpointPass
}

/**
 * Derives the whole log again from its entries, page by page, and holds every stored hash, body,
 * checkpoint and row, then the access log and the guard, against it. Before that the engine is asked
 * about its own: a row that an index misses is not met by who looks it up. Reads only; faults are
 * told as they are found.
 */
export function createFsck(ports: Ports, identity: Identity) {
  const rows = createFsckRows(ports.store)
  const checkAccess = createAccessCheck(ports.store)
  const checkGuard = createGuardCheck(ports, identity)

  return async function fsck(onFault: TellFault, parts = { guard: true }): Promise<FsckReport> {
    let faults = 0
    const tell: TellFault = (fault) => {
      faults++
      onFault(fault)
    }
    for (const detail of await ports.store.damage()) tell({ table: 'database', detail })
    const derived: Derived = {
      size: 0,
      frontier: [],
      root: EMPTY_ROOT,
      nodes: 0,
      arrived: '',
      accessHeads: new Map(),
    }
    const passes = {
      beside: await openBesidePass(ports.store, tell),
      checkpoints: await openCheckpointPass(ports, identity),
    }
    while (await derive(derived, passes, tell)) {
      const beyond = await rows.beyond(derived.size, derived.nodes)
      const strays = await passes.beside.end(derived.size)
      // What a running server has appended meanwhile is no fault, but the rest of the log.
      if (await rows.goesOn(derived.size)) continue
      for (const fault of [...beyond, ...strays, ...passes.checkpoints.end()]) tell(fault)
      break
    }
    await checkAccess(derived.accessHeads, tell)
    if (parts.guard) for (const fault of await checkGuard()) tell(fault)
    return { size: derived.size, root: base64(derived.root), faults }
  }

  /** Whether the entries could be followed to the last one. */
  async function derive(derived: Derived, passes: Passes, tell: TellFault): Promise<boolean> {
    for (;;) {
      const page = await rows.page(derived.size, derived.nodes)
      if (page.entries.length === 0) return true
      const gap = page.entries.findIndex(({ position }, i) => position !== derived.size + i)
      if (gap >= 0) page.entries.length = gap
      const entries = readEntries(page, derived, tell)
      await grow(page, derived, tell, passes.checkpoints)
      await passes.beside.page(derived.size - page.entries.length, entries)
      if (gap < 0) continue
      const detail = 'missing; what follows cannot be checked without it'
      tell({ table: 'logEntry', at: derived.size, detail })
      return false
    }
  }
}

/** The entries of a page by position; each readable and no earlier than the one before. */
function readEntries(page: LogPage, derived: Derived, tell: TellFault): Map<number, Entry> {
  const entries = new Map<number, Entry>()
  for (const { position, entry: bytes } of page.entries) {
    const entry = parseEntry(bytes)
    if (!entry) {
      tell({ table: 'logEntry', at: position, detail: 'not a log entry' })
      continue
    }
    if (entry.arrived < derived.arrived) {
      const detail = `arrived ${entry.arrived}, before the entry before it`
      tell({ table: 'logEntry', at: position, detail })
    }
    derived.arrived = entry.arrived
    if (entry.kind === 'access-head') derived.accessHeads.set(position, entry)
    entries.set(position, entry)
  }
  return entries
}

/** Grows the derived tree by a page, from checkpoint to checkpoint, and compares on the way. */
async function grow(
  page: LogPage,
  derived: Derived,
  tell: TellFault,
  checkpoints: CheckpointPass,
): Promise<void> {
  const leaves = page.entries.map(({ entry }) => leafHash(entry))
  const start = derived.size
  const end = start + leaves.length
  const notes = page.checkpoints.filter(({ size }) => size <= end)
  for (const stop of [...notes, undefined]) {
    const until = stop?.size ?? end
    const grown = append(
      derived.size,
      derived.frontier,
      leaves.slice(derived.size - start, until - start),
    )
    for (const { ref, hash } of grown.nodes) compareNode(page, ref, hash, tell)
    Object.assign(derived, { size: grown.size, frontier: grown.frontier, root: grown.root })
    derived.nodes += grown.nodes.length
    if (!stop) continue
    const detail = await checkpoints.check(stop, derived.root)
    if (detail) tell({ table: 'logCheckpoint', at: stop.size, detail })
  }
}

function compareNode(page: LogPage, ref: NodeRef, derived: Uint8Array, tell: TellFault): void {
  const id = nodeId(ref)
  const stored = page.nodes.get(id)
  if (stored && equalBytes(stored, derived)) return
  const what = stored ? 'another hash than its entries give' : 'missing'
  tell({ table: 'logNode', at: id, detail: `level ${ref.level}, index ${ref.index}: ${what}` })
}

function createGuardCheck(ports: Ports, identity: Identity) {
  const forkGuard = createForkGuard(ports)

  return async (): Promise<FsckFault[]> => {
    try {
      await forkGuard.check(() => createTipReader(ports, identity).read())
      return []
    } catch (error) {
      if (!(error instanceof Fault)) throw error
      // A log too damaged to be compared has been told already, by what is wrong in it.
      const guarded = error.code === 'log_rollback_detected'
      return guarded ? [{ table: 'guard', detail: error.message }] : []
    }
  }
}
