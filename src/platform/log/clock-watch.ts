import { Fault } from '../../base/fault.ts'
import { type Instant, instant, milliseconds } from '../../base/time.ts'
import type { Clock } from '../../ports.ts'

const BEHIND = 2000
const JUMP = 10 * 60_000
const LONG_SILENCE = 400 * 86_400_000

/** What the operator said of the clock, and how far the log was then. */
export interface AcceptedClock {
  at: Instant
  last: Instant | undefined
}

export interface ClockWatch {
  /**
   * 電子保証発行日時 for what is appended now: never earlier than the last entry.
   * @throws Fault clock_behind when the clock is more than 2 s behind the last entry; clock_jump when
   *   it moved 10 minutes against the monotonic one, or at a start lies 400 days past the last
   *   entry; unless the operator has accepted it
   */
  stamp(lastArrived: Instant | undefined): Promise<Instant>
}

/**
 * A wrong clock must not reach the log: what is stamped once stays for ever.
 * @param accepted when the operator last said that the clock is right; asked before a refusal only
 */
export function createClockWatch(
  clock: Clock,
  accepted: () => Promise<AcceptedClock | undefined>,
): ClockWatch {
  let offset = clock.now() - clock.monotonic()
  let started = false
  /** The acceptance that stood when a jump was first refused: only a later one is about that jump. */
  let refused: { under: Instant | undefined } | undefined

  async function isAccepted(now: number, last: number, jumped: boolean): Promise<boolean> {
    const at = (await accepted())?.at
    if (!jumped) {
      return at !== undefined && milliseconds(at) > last && now <= milliseconds(at) + LONG_SILENCE
    }
    refused ??= { under: at }
    if (at === refused.under) return false
    offset = now - clock.monotonic()
    return true
  }

  return {
    async stamp(lastArrived) {
      const now = clock.now()
      const last = lastArrived === undefined ? now : milliseconds(lastArrived)
      // Once accepted, entries share the time of the last one until the clock has caught up.
      if (now < last - BEHIND && (await accepted())?.last !== lastArrived) {
        throw new Fault(
          'clock_behind',
          `The clock of the server stands at ${instant(now)}, before the last entry (${instant(last)}). The operator sets it right, or runs akashi doctor --accept-clock where the last entry is wrong.`,
        )
      }
      const jumped = Math.abs(now - clock.monotonic() - offset) > JUMP
      const silent = !started && now > last + LONG_SILENCE
      if ((jumped || silent) && !(await isAccepted(now, last, jumped))) {
        throw new Fault(
          'clock_jump',
          `The clock of the server has jumped to ${instant(now)}. The operator checks it and runs akashi doctor --accept-clock.`,
        )
      }
      started = true
      refused = undefined
      return instant(Math.max(now, last))
    },
  }
}
