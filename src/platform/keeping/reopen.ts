import { base64 } from '../../base/bytes.ts'
import { Fault } from '../../base/fault.ts'
import { instant } from '../../base/time.ts'
import { checkpointText, parseCheckpoint, signNote, vkey } from '../../log/checkpoint.ts'
import { parseDecimal } from '../../log/decimal.ts'
import { rootOf } from '../../log/tree.ts'
import type { Identity, Ports } from '../../ports.ts'
import { StoreFault } from '../../store/store.ts'
import { createFsck } from '../fsck/fsck.ts'
import { createTipReader, type Tip } from '../log/log-tip.ts'
import { createReopenings, type Reopening } from '../log/reopenings.ts'

/**
 * The way back after a real loss: entries that were answered for are gone, and receipts for them
 * exist. The log as it stands is sealed; `<origin>/2` (then `/3`) begins with its entries, byte for
 * byte, under a first checkpoint of the same size and root. The same key signs, under another name.
 * @param isBackup whether the backup that was restored ends with this head
 * @throws Fault state_conflict where there is nothing to seal, nothing was lost, the database is not
 *   that backup, or the log does not agree with itself
 */
export function createReopen(ports: Ports, identity: Identity) {
  const { store, clock, guard, logSigner } = ports
  const tipReader = createTipReader(ports, identity)
  const fsck = createFsck(ports, identity)
  const reopenings = createReopenings(store)

  async function signed(origin: string, { size, frontier }: Tip): Promise<string> {
    const text = checkpointText({ origin, size, root: rootOf(frontier) })
    return signNote(text, origin, logSigner.publicKey, (message) => logSigner.sign(message))
  }

  return async function reopen(
    isBackup: (head: { size: number; note: string }) => boolean,
  ): Promise<Reopening> {
    const tip = await tipReader.read()
    if (tip.size === 0)
      throw conflict('The log has no entry, so nothing was lost. Start the server.')
    if (!isBackup(tip)) {
      throw conflict(
        'The database is not the backup that --from names. Put that in its place first: akashi restore.',
      )
    }
    const answered = await lastAnswered(ports, tip)
    const { faults } = await fsck(() => {}, { guard: false })
    if (faults > 0) {
      throw conflict(
        `The log has ${faults} faults, which akashi log fsck lists. Restore another backup.`,
      )
    }
    const [first] = await reopenings()
    const firstOrigin = first?.sealedOrigin ?? identity.origin
    const generation = Math.max(tip.generation, generationOf(answered, firstOrigin)) + 1
    const reopening: Reopening = {
      generation,
      origin: `${firstOrigin}/${generation}`,
      sealedOrigin: identity.origin,
      sealedVkey: vkey(identity.origin, logSigner.publicKey),
      sealedSize: tip.size,
      sealedRoot: base64(rootOf(tip.frontier)),
      at: instant(clock.now()),
    }
    const note = await signed(reopening.origin, tip)
    try {
      await store.commit([
        store.db.insertInto('logReopening').values(reopening).compile(),
        store.db.insertInto('logCheckpoint').values({ size: tip.size, generation, note }).compile(),
      ])
    } catch (error) {
      if (!(error instanceof StoreFault) || error.reason !== 'conflict') throw error
      throw conflict(
        'Another process is writing this log. Stop the server, and restore the backup.',
      )
    }
    await guard.write(note)
    return reopening
  }
}

/**
 * The origin of the last note that this node answered with, where that is still known.
 * @throws Fault state_conflict when it is the very head of the database
 */
async function lastAnswered({ guard }: Ports, { note }: Tip): Promise<string | undefined> {
  const state = await guard.read()
  if (state.state !== 'kept') return undefined
  if (state.note === note) {
    throw conflict(
      'The guard stands at this very head: nothing that was answered is lost, and the server can start. If you know better, remove the file GUARD_PATH and run this again.',
    )
  }
  return parseCheckpoint(state.note)?.origin
}

/** An old backup does not know of the logs that began after it; the guard may. */
function generationOf(origin: string | undefined, first: string): number {
  if (!origin?.startsWith(`${first}/`)) return 1
  return parseDecimal(origin.slice(first.length + 1)) ?? 1
}

function conflict(detail: string): Fault {
  return new Fault('state_conflict', detail)
}
