import { Fault } from '../../base/fault.ts'
import { checkpointText, signNote } from '../../log/checkpoint.ts'
import { formatEntry } from '../../log/entry.ts'
import { inclusionSteps, proofsOf } from '../../log/proof.ts'
import { append, frontierRefs, leafHash, nodeId } from '../../log/tree.ts'
import type { Identity, Ports } from '../../ports.ts'
import { kept } from '../../store/kept.ts'
import { StoreFault } from '../../store/store.ts'
import { clockAccepted } from './clock-accepted.ts'
import { createClockWatch } from './clock-watch.ts'
import { createForkGuard } from './fork-guard.ts'
import { createFactInsert, factRow } from './log-facts.ts'
import { hashesIn } from './log-reader.ts'
import { createTipReader, type Tip } from './log-tip.ts'
import type { Decision, Group, Landed, Waiting } from './proposal.ts'

interface Accepted {
  waiting: Waiting
  decision: Extract<Decision<unknown>, { kind: 'append' }>
}

/**
 * One try at a group: read the tip, check guard and clock, judge, sign, commit, guard, answer.
 * Rejects with StoreFault `conflict` when another writer was faster, else with a Fault; then
 * nothing was appended and nobody was answered.
 */
export function createCommitGroup(
  ports: Ports,
  identity: Identity,
): (group: readonly Waiting[]) => Promise<void> {
  const { store, guard, report } = ports
  const tipReader = createTipReader(ports, identity)
  const forkGuard = createForkGuard(ports)
  const clockWatch = createClockWatch(ports.clock, () => clockAccepted(store))
  const grow = createGrowth(ports, identity)

  return async (group) => {
    try {
      const tip = await forkGuard.check(() => tipReader.read())
      const arrived = await clockWatch.stamp(tip.lastArrived)
      const { accepted, answers } = await judge(group, {
        arrived,
        head: tip.note,
        memory: new Map(),
      })
      if (accepted.length > 0) {
        const grown = await grow(tip, accepted)
        await store.commit(grown.queries)
        tipReader.remember({ ...grown.tip, lastArrived: arrived })
        // The entries are durable: a guard that lags only asks for less, and must not deny them.
        await guard.write(grown.tip.note).catch((error: unknown) => {
          report('guard_not_written', { error: String(error) })
        })
        accepted.forEach(({ waiting, decision }, i) => {
          settle(waiting, () => decision.done(grown.landed(i)))
        })
      }
      for (const answer of answers) answer()
    } catch (error) {
      throw faultOfStore(error)
    }
  }
}

/** Runs the proposals in order; each sees in the group's memory what the earlier ones changed. */
async function judge(
  proposals: readonly Waiting[],
  group: Group,
): Promise<{ accepted: Accepted[]; answers: (() => void)[] }> {
  const accepted: Accepted[] = []
  const answers: (() => void)[] = []
  for (const waiting of proposals) {
    try {
      const decision = await waiting.proposal(group)
      if (decision.kind === 'append') accepted.push({ waiting, decision })
      else answers.push(() => settle(waiting, decision.result))
    } catch (error) {
      // A broken store fails the whole group; any other reason is this proposal's own.
      if (error instanceof StoreFault) throw error
      answers.push(() => waiting.reject(faultOfStore(error)))
    }
  }
  return { accepted, answers }
}

/** After the commit each is answered for itself: what is durable must not be denied to the others. */
function settle(waiting: Waiting, result: () => unknown): void {
  try {
    waiting.resolve(result())
  } catch (error) {
    waiting.reject(error)
  }
}

type Grow = (
  tip: Tip,
  accepted: readonly Accepted[],
) => Promise<{
  queries: Parameters<Ports['store']['commit']>[0]
  tip: Omit<Tip, 'lastArrived'>
  /** Where the i-th of the accepted landed. */
  landed: (i: number) => Landed
}>

/** The tree grown by the accepted entries, signed, and the queries that make it so. */
function createGrowth({ store, logSigner }: Ports, { origin }: Identity): Grow {
  const insertEntry = kept(store.db, (db, position: number, entry: Uint8Array) =>
    db.insertInto('logEntry').values({ position, entry }),
  )
  const insertNode = kept(store.db, (db, id: number, hash: Uint8Array) =>
    db.insertInto('logNode').values({ id, hash }),
  )
  const insertCheckpoint = kept(store.db, (db, size: number, generation: number, note: string) =>
    db.insertInto('logCheckpoint').values({ size, generation, note }),
  )
  const insertFact = createFactInsert(store)

  return async (tip, accepted) => {
    const entries = accepted.map(({ decision }) => formatEntry(decision.entry))
    const { size, root, frontier, nodes } = append(tip.size, tip.frontier, entries.map(leafHash))
    const note = await signNote(
      checkpointText({ origin, size, root }),
      origin,
      logSigner.publicKey,
      (message) => logSigner.sign(message),
    )
    const hashes = new Map(nodes.map(({ ref, hash }) => [nodeId(ref), hash]))
    frontierRefs(tip.size).forEach((ref, i) => {
      hashes.set(nodeId(ref), tip.frontier[i] as Uint8Array)
    })
    const proofOf = proofsOf(hashesIn(hashes))
    return {
      queries: [
        ...entries.map((entry, i) => insertEntry(tip.size + i, entry)),
        ...nodes.map(({ ref, hash }) => insertNode(nodeId(ref), hash)),
        insertCheckpoint(size, tip.generation, note),
        ...byPlace(accepted.map(({ decision }, i) => decision.rows(tip.size + i))),
        ...accepted.map(({ decision: { entry, facts } }, i) =>
          insertFact(factRow(tip.size + i, entry, facts)),
        ),
      ],
      tip: { size, note, generation: tip.generation, frontier },
      landed: (i) => ({
        index: tip.size + i,
        size,
        note,
        entry: entries[i] as Uint8Array,
        hashes: proofOf(inclusionSteps(tip.size + i, size)),
      }),
    }
  }
}

/** The first row of each, then the second: what goes into one table stands together. */
function byPlace<Row>(rows: readonly Row[][]): Row[] {
  const most = Math.max(...rows.map(({ length }) => length))
  return Array.from({ length: most }, (_, place) => rows.flatMap((own) => own[place] ?? [])).flat()
}

/** A commit may have been kept although its answer was lost. */
const UNTOLD =
  'Whether it was stored is not known. Send it again, byte for byte: what was stored is answered with its receipt, and stands once.'

function faultOfStore(error: unknown): unknown {
  if (!(error instanceof StoreFault) || error.reason === 'conflict') return error
  return error.reason === 'full'
    ? new Fault('disk_full', 'Nothing was stored. Try again when the operator has made room.', {
        cause: error,
      })
    : new Fault('store_unavailable', UNTOLD, { cause: error })
}
