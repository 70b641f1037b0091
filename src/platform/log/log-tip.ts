import { equalBytes } from '../../base/bytes.ts'
import { Fault } from '../../base/fault.ts'
import type { Instant } from '../../base/time.ts'
import { noteVerifier, openCheckpoint, parseCheckpoint } from '../../log/checkpoint.ts'
import { parseEntry } from '../../log/entry.ts'
import { frontierRefs, rootOf } from '../../log/tree.ts'
import type { Identity, Ports } from '../../ports.ts'
import { logReader, type NewestHead } from './log-reader.ts'

/** The right edge of the log, from which it grows. */
export interface Tip extends NewestHead {
  /** Roots of the complete subtrees, largest first: log/tree.ts frontierRefs. */
  frontier: Uint8Array[]
  lastArrived: Instant | undefined
}

const EMPTY: Tip = { size: 0, note: '', generation: 1, frontier: [], lastArrived: undefined }

export interface TipReader {
  /**
   * The newest tip, checked against its own signature: nothing is signed on top of a damaged log.
   * @throws Fault store_unavailable
   */
  read(): Promise<Tip>
  /** What this process has just committed, so that the next read is one small statement. */
  remember(tip: Tip): void
}

export function createTipReader(ports: Ports, { origin }: Identity): TipReader {
  const log = logReader(ports.store)
  const verifier = noteVerifier(origin, ports.logSigner.publicKey)
  let known = EMPTY

  async function checked(head: NewestHead): Promise<Tip> {
    const named = parseCheckpoint(head.note)?.origin
    if (named !== undefined && named !== origin) {
      throw new Fault(
        'store_unavailable',
        `The log goes on as ${named}, and this process knows it as ${origin}. Start it again.`,
      )
    }
    const checkpoint = await openCheckpoint(head.note, verifier, ports.verifyEd25519)
    // Before it is counted in: a damaged size may be one that no tree has.
    if (checkpoint?.size !== head.size) throw disagrees()
    const refs = frontierRefs(head.size)
    const frontier = refs.map(await log.hashes(refs))
    const last = parseEntry((await log.entryAt(head.size - 1)) ?? new Uint8Array())
    if (!equalBytes(checkpoint.root, rootOf(frontier)) || !last) throw disagrees()
    return { ...head, frontier, lastArrived: last.arrived }
  }

  return {
    async read() {
      const head = await log.head()
      if (!head) return EMPTY
      if (head.note !== known.note) known = await checked(head)
      return known
    },
    remember(tip) {
      known = tip
    },
  }
}

function disagrees(): Fault {
  return new Fault(
    'store_unavailable',
    'The log does not agree with its own checkpoint. The operator runs akashi log fsck.',
  )
}
