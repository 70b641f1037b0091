import { Fault } from '../../base/fault.ts'
import { checkpointText, parseCheckpoint, signNote } from '../../log/checkpoint.ts'
import { EMPTY_ROOT } from '../../log/tree.ts'
import type { Identity, Ports } from '../../ports.ts'
import { logReader } from '../log/log-reader.ts'
import { createReopenings } from '../log/reopenings.ts'
import { createFsck } from './fsck.ts'

/**
 * Takes the database's own head as the last one answered: the way on after a guard was lost, or
 * after an older database was put back knowingly. What was answered past it is given up.
 * @returns entries that the guard now stands for
 * @throws Fault state_conflict when the log does not agree with itself, or was reopened since: the one
 *   that was sealed then must not go on
 */
export function createAcceptGuard(ports: Ports, { platform, origin }: Identity) {
  const fsck = createFsck(ports, { platform, origin })
  const log = logReader(ports.store)

  const reopenings = createReopenings(ports.store)

  async function refuseSealed(): Promise<void> {
    const state = await ports.guard.read()
    const answered = state.state === 'kept' ? parseCheckpoint(state.note)?.origin : undefined
    if (answered === undefined || answered === origin) return
    if ((await reopenings()).some(({ sealedOrigin }) => sealedOrigin === answered)) return
    throw new Fault(
      'state_conflict',
      `The log goes on as ${answered}, of which this database knows nothing. Put a newer one back, or run akashi log reopen.`,
    )
  }

  return async function acceptGuard(): Promise<number> {
    await refuseSealed()
    const { faults } = await fsck(() => {}, { guard: false })
    if (faults > 0) {
      throw new Fault(
        'state_conflict',
        `The log has ${faults} faults of its own, which akashi log fsck lists. Restore it first.`,
      )
    }
    const head = await log.head()
    await ports.guard.write(head?.note ?? (await emptyNote()))
    return head?.size ?? 0
  }

  function emptyNote(): Promise<string> {
    const text = checkpointText({ origin, size: 0, root: EMPTY_ROOT })
    return signNote(text, origin, ports.logSigner.publicKey, (message) =>
      ports.logSigner.sign(message),
    )
  }
}
