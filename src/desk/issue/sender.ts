import { Fault, type FaultCode } from '../../base/fault.ts'
import { StoreFault } from '../../store/store.ts'
import { statusOf } from '../../web/answer.ts'
import { createDeliver, type DeliverParts, type Waiting } from './deliver.ts'
import { AT_ONCE, createSubmissionTries } from './submission-tries.ts'

/** Milliseconds that a page waits for the first answer, before it shows 未到着. */
const SHORTLY = 2500

/** Refusals that time alone may cure, besides all that are the platform's own trouble (5xx). */
const PASSING: readonly FaultCode[] = ['rate_limited', 'iat_in_future', 'key_not_yet_valid']

/**
 * Sends what waits: each asked again until the platform has answered, for the same bytes give the
 * same receipt, and never two at a time. What is refused for good is put down for the company to
 * see to; what cannot be reached, or a store of our own that says no, keeps all others back until the next
 * round; an error about one row keeps nobody back.
 */
export function createSender(parts: DeliverParts) {
  const { clock, report } = parts.ports
  const deliver = createDeliver(parts)
  const { due, putBack, refuse } = createSubmissionTries(parts.ports)

  /** @returns whether it makes sense to go on with others */
  async function attempt(waiting: Waiting): Promise<boolean> {
    const tries = waiting.tries + 1
    try {
      const { wrong } = await deliver(waiting)
      if (wrong === undefined) return true
      report('receipt_not_verified', { ...placeOf(waiting), wrong })
      await putBack(waiting, tries, 'receipt_not_verified')
      return true
    } catch (error) {
      // Of two at once the other one was faster; what it wrote is read anew.
      if (error instanceof StoreFault && error.reason === 'conflict') return true
      const code = error instanceof Fault ? error.code : 'internal'
      const passing = statusOf(code) >= 500 || PASSING.includes(code)
      if (!(error instanceof Fault)) {
        report('submission_failed', { ...placeOf(waiting), error: String(error) })
      }
      if (passing) await putBack(waiting, tries, code)
      else {
        report('submission_refused', { ...placeOf(waiting), code })
        await refuse(waiting, tries, code)
      }
      return code !== 'store_unavailable' && !(error instanceof StoreFault)
    }
  }

  async function round(): Promise<void> {
    for (;;) {
      const all = await due()
      for (const waiting of all) if (!(await attempt(waiting))) return
      if (all.length < AT_ONCE) return
    }
  }

  return { ...createRuns(round, () => clock.sleep(SHORTLY)), deliver }
}

/** One round after the other; who asks during one gets another behind it. */
function createRuns(round: () => Promise<void>, shortly: () => Promise<void>) {
  let running: Promise<void> | undefined
  let next: Promise<void> | undefined

  function run(): Promise<void> {
    if (running) {
      next ??= running.catch(() => {}).then(start)
      return next
    }
    return start()
  }

  function start(): Promise<void> {
    next = undefined
    running = round().finally(() => {
      running = undefined
    })
    return running
  }

  return {
    /** Sends what is due. Rejects with what the store said; the next call tries again. */
    run,
    /** Starts a round and waits a moment for it, so that a page can show how it went. */
    soon: (): Promise<void> => Promise.race([run().catch(() => {}), shortly()]),
    /** Resolves when nothing is being sent any more. */
    idle: async (): Promise<void> => {
      while (running) await running.catch(() => {})
    },
  }
}

export type Sender = ReturnType<typeof createSender>

function placeOf({ issuer, numberKey, seq }: Waiting) {
  return { issuer, numberKey, seq }
}
