import { Fault } from '../../base/fault.ts'
import { uuid } from '../../base/uuid.ts'
import type { Ports } from '../../ports.ts'
import { StoreFault } from '../../store/store.ts'
import { faultOf } from '../../web/answer.ts'

export interface Refusal {
  fault: Fault
  /** UUID under which the operator finds what is behind it. */
  id: string
}

/** Whatever was thrown as a fault that may be shown; what is behind it is reported under a number. */
export function createRefusals({ random, report }: Pick<Ports, 'random' | 'report'>) {
  return (where: string, thrown: unknown): Refusal => {
    const id = uuid(random(16))
    const fault = faultOf(thrown instanceof StoreFault ? ofStore(thrown) : thrown)
    if (fault.cause !== undefined) {
      report(fault.code, { id, path: where, error: stackOf(fault.cause) })
    }
    return { fault, id }
  }
}

export type Refusals = ReturnType<typeof createRefusals>

function ofStore(fault: StoreFault): Fault {
  return fault.reason === 'full'
    ? new Fault('disk_full', 'Nothing was stored. Try again later.', { cause: fault })
    : new Fault('store_unavailable', 'Try again later.', { cause: fault })
}

function stackOf(thrown: unknown): string {
  return thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown)
}
