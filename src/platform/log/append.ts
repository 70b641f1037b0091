import { Fault } from '../../base/fault.ts'
import type { Identity, Ports } from '../../ports.ts'
import { StoreFault } from '../../store/store.ts'
import { createCommitGroup } from './commit-group.ts'
import type { Proposal, Waiting } from './proposal.ts'

/**
 * Resolves when the entry is durable, or with what the proposal had ready.
 * @throws Fault of the proposal, or log_busy, clock_behind, clock_jump, log_rollback_detected,
 *   disk_full: then nothing of it was appended; store_unavailable and any other error do not tell
 */
export type Append = <Result>(proposal: Proposal<Result>) => Promise<Result>

/**
 * The one writer of the log in this process. All that wait form a group: one clock reading, one
 * checkpoint signature, one commit. Against other processes the primary key of the position is the
 * compare-and-swap.
 */
export function createAppend(ports: Ports, identity: Identity): Append {
  const { clock, random } = ports
  const { largestGroup, tries, inTurn = (deed) => deed() } = ports.writing
  const commitGroup = createCommitGroup(ports, identity)
  const waiting: Waiting[] = []
  let running = false

  async function drain(): Promise<void> {
    running = true
    await clock.sleep(0)
    while (waiting.length > 0) await settle(waiting.splice(0, largestGroup))
    running = false
  }

  async function settle(group: Waiting[]): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await inTurn(() => commitGroup(group))
      } catch (error) {
        const lost = error instanceof StoreFault && error.reason === 'conflict'
        if (!lost || attempt === tries) {
          for (const { reject } of group) reject(lost ? logBusy(tries) : error)
          return
        }
        await clock.sleep(attempt * 10 + ((random(1)[0] as number) % 20))
      }
    }
  }

  return <Result>(proposal: Proposal<Result>) =>
    new Promise<Result>((resolve, reject) => {
      waiting.push({ proposal, resolve: resolve as (result: unknown) => void, reject })
      if (!running) void drain()
    })
}

function logBusy(tries: number): Fault {
  return new Fault('log_busy', `Another writer was faster ${tries} times. Send it again.`, {
    retryAfter: 1,
  })
}
