import type { Ports } from '../../ports.ts'
import type { Append } from '../log/append.ts'
import { createAnchor } from './anchor.ts'
import { createSeal } from './seal.ts'

/**
 * What is due each minute: the access log sealed, and its head in the log once a day. Any number of
 * processes may do it at once. Never rejects: what fails is reported and tried again the next time.
 */
export function createHousekeeping(ports: Ports, append: Append) {
  const steps = { seal: createSeal(ports), anchor: createAnchor(ports, append) }

  return async function housekeeping(): Promise<void> {
    for (const [step, act] of Object.entries(steps)) {
      try {
        await act()
      } catch (error) {
        ports.report('housekeeping_failed', { step, error: String(error) })
      }
    }
  }
}
