import { equalBytes } from '../../base/bytes.ts'
import { Fault } from '../../base/fault.ts'
import { parseCheckpoint } from '../../log/checkpoint.ts'
import { frontierRefs, rootOf } from '../../log/tree.ts'
import type { Ports } from '../../ports.ts'
import { type Head, logReader } from './log-reader.ts'

export interface ForkGuard {
  /**
   * Compares the database with the last checkpoint that was answered. An old backup put back would
   * otherwise sign a second history on the same positions.
   * @param read the database's head; called after the guard was read, since another process may
   *   append and write the guard in between: a guard read last would look like a rollback
   * @returns the head that stood the comparison
   * @throws Fault log_rollback_detected
   */
  check<H extends Head>(read: () => Promise<H>): Promise<H>
}

export function createForkGuard({ store, guard }: Ports): ForkGuard {
  const log = logReader(store)

  return {
    async check(read) {
      let kept = await guard.read()
      if (kept.state === 'absent') {
        // Where the disk had no room for the first note, it may have some now.
        await guard.retry().catch(() => {})
        kept = await guard.read()
      }
      const head = await read()
      if (kept.state === 'kept' && kept.note === head.note) return head
      if (kept.state === 'absent' && head.size === 0) return head
      if (kept.state !== 'kept') {
        throw rollback(`the guard file is ${kept.state} although the log has entries`)
      }
      const answered = parseCheckpoint(kept.note)
      if (!answered) throw rollback('the guard file cannot be read as a checkpoint')
      const { origin = answered.origin } = parseCheckpoint(head.note) ?? {}
      if (answered.origin !== origin) {
        throw rollback(`the database holds the log ${origin}, and ${answered.origin} was answered`)
      }
      if (answered.size > head.size) {
        throw rollback(
          `the log has ${head.size} entries, and a checkpoint of ${answered.size} was answered before`,
        )
      }
      const refs = frontierRefs(answered.size)
      const root = rootOf(refs.map(await log.hashes(refs)))
      if (!equalBytes(root, answered.root)) {
        throw rollback(`the first ${answered.size} entries are others than those answered before`)
      }
      return head
    },
  }
}

function rollback(why: string): Fault {
  return new Fault(
    'log_rollback_detected',
    `Nothing is appended: ${why}. The operator puts the newest database back; or runs akashi doctor --accept-guard where nothing was lost, akashi log reopen where something was.`,
  )
}
