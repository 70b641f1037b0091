import type { Access, Ports } from '../../ports.ts'
import type { Append } from '../log/append.ts'
import { createAnchor } from './anchor.ts'
import type { Budgets } from './budget.ts'
import { createSeal } from './seal.ts'
import { createSettleTallies } from './settle-tallies.ts'

/**
 * What is due each minute: rows that could not be written tried again, failures that were only counted
 * written down, budgets that are whole again forgotten, the access log sealed, and its head in the log
 * once a day. Any number of processes may do it at once. Never rejects: what fails is reported and
 * tried again the next time.
 */
export function createHousekeeping(
  ports: Ports,
  append: Append,
  { access, budgets }: { access: Access; budgets: Budgets },
) {
  const steps = {
    access: access.retry,
    tallies: createSettleTallies(ports),
    budgets: budgets.forget,
    seal: createSeal(ports),
    anchor: createAnchor(ports, append),
  }

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
