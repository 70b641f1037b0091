import { Fault } from '../../base/fault.ts'
import type { Access, Ports } from '../../ports.ts'
import { type Budget, createBudgetBook } from './budget-book.ts'
import { createPseudonym } from './pseudonym.ts'
import { createWaitingRoom } from './waiting-room.ts'

/** Who asks, as far as a request tells. */
export interface Visitor {
  /** The network it came from: web/source.ts. */
  source: string
  /** What a right answer left in the browser: device.ts. */
  device?: string | undefined
  /** Aborted when nobody waits for the answer any more. */
  gone?: () => AbortSignal
}

/** A visitor of whom nothing is known; all such share one budget. */
export const UNKNOWN: Visitor = { source: '' }

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE

/** Ten failures a minute, once thirty are spent. */
const OF_SOURCE = { burst: 30, step: MINUTE / 10 }
/** Twenty an hour. */
const OF_CONTRACT = { burst: 20, step: HOUR / 20 }

/** Seconds that the first answer past a budget waits; each further one a second more. */
const FIRST = { source: 1, contract: 2 }
const LONGEST = 10

const MOST_TOLD = 1000

/**
 * Slows whoever fails, and locks nobody out. Only failures count: per source, or per device where a
 * right answer has left its mark, and per contract number, known or not. Past a budget the answer
 * waits, one to ten seconds; when too many wait already, it is a refusal.
 */
export function createBudget(ports: Ports, access: Access) {
  const { clock, report } = ports
  const pseudonym = createPseudonym(ports.sessionSecret)
  const book = createBudgetBook(ports)
  const room = createWaitingRoom(clock)
  const tell = createTeller(ports)

  const lineOf = ({ source, device }: Visitor) => device ?? pseudonym('source', source)
  function budgetsOf(visitor: Visitor, contract: string | undefined): Budget[] {
    const own = { id: lineOf(visitor), ...OF_SOURCE }
    return contract === undefined ? [own] : [own, { id: contract, ...OF_CONTRACT }]
  }

  /** @returns false at once, where there was no place to wait in */
  const hold = (line: string, seconds: number, { gone }: Visitor): Promise<boolean> =>
    room.wait(line, seconds * SECOND, gone?.())

  async function refuse({ source }: Visitor): Promise<never> {
    await access.count(source)
    throw refused()
  }

  /** What cannot be counted keeps nobody from an answer. */
  const orWithin = (over: Promise<number[]>): Promise<number[]> =>
    over.catch((error: unknown) => {
      report('budget_not_kept', { error: String(error) })
      return []
    })

  /** Seconds that another failure would wait. */
  async function waitNow(budgets: readonly Budget[]): Promise<number> {
    const [own = 0, its = 0] = await orWithin(book.peek(budgets))
    return secondsFor(own, its)
  }

  return {
    /**
     * Counts a failure; resolves when its answer may be given.
     * @param numberKey the contract number that was tried, where one was
     * @param waited whether it has waited before it was tried
     * @returns whether it was held back
     * @throws Fault rate_limited
     */
    async failed(visitor: Visitor, numberKey?: string, waited = false): Promise<boolean> {
      const { source } = visitor
      const line = lineOf(visitor)
      if (!waited && room.isFull(line)) return refuse(visitor)
      const contract = numberKey === undefined ? undefined : pseudonym('contract', numberKey)
      const budgets = budgetsOf(visitor, contract)
      // Past a budget a refusal spends nothing; within it a crowd of others refuses nobody.
      if (!waited && room.isCrowded() && (await waitNow(budgets)) > 0) return refuse(visitor)
      const [own = 0, its = 0] = await orWithin(book.spend(budgets))
      if (contract !== undefined && its > 0) tell(contract)
      const seconds = secondsFor(own, its)
      if (seconds === 0) {
        const detail = contract === undefined ? {} : { contract }
        await access.note({ kind: 'lookup_failed', source, detail })
        return waited
      }
      await access.count(source)
      if (!waited && !(await hold(line, seconds, visitor))) throw refused()
      return true
    },

    /**
     * Where a try itself is dear, waits before it, if another failure would be past a budget.
     * @returns whether it was held back
     * @throws Fault rate_limited, also for what would have been right
     */
    async before(visitor: Visitor, numberKey: string): Promise<boolean> {
      const line = lineOf(visitor)
      if (room.isFull(line)) return refuse(visitor)
      const seconds = await waitNow(budgetsOf(visitor, pseudonym('contract', numberKey)))
      if (seconds === 0) return false
      return (await hold(line, seconds, visitor)) || refuse(visitor)
    },

    forget: book.forget,
    /** Lets all go who wait, for the process is to end. */
    close: room.close,
  }
}

export type Budgets = ReturnType<typeof createBudget>

/** How long the answer waits to a try that is so many failures past the budgets. */
function secondsFor(own: number, contract: number): number {
  const wait = (first: number, over: number) =>
    over === 0 ? 0 : Math.min(LONGEST, first + over - 1)
  return Math.max(wait(FIRST.source, own), wait(FIRST.contract, contract))
}

function refused(): Fault {
  return new Fault(
    'rate_limited',
    `Too many wrong tries from your network are waiting for an answer. Try again in ${LONGEST} s.`,
    { retryAfter: LONGEST },
  )
}

/** Tells the operator of a contract past its budget, once an hour for each. */
function createTeller({ clock, report }: Ports) {
  const told = new Map<string, number>()
  return (contract: string): void => {
    const now = clock.now()
    if (now - (told.get(contract) ?? Number.NEGATIVE_INFINITY) < HOUR) return
    told.delete(contract)
    told.set(contract, now)
    const [oldest = ''] = told.keys()
    if (told.size > MOST_TOLD) told.delete(oldest)
    report('contract_past_budget', { contract, failuresAnHour: OF_CONTRACT.burst })
  }
}
