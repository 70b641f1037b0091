import type { Ports } from '../../src/ports.ts'
import { type Store, StoreFault } from '../../src/store/store.ts'

/** How a call on a port goes wrong. */
export type How =
  /** It is refused, and nothing came of it. */
  | 'not done'
  /** It is done, but whoever called sees an error. */
  | 'done unseen'

export interface Failure {
  /** The call that fails, counted from 0 over all ports. */
  at: number
  how: How
  reason: StoreFault['reason']
}

export interface Faulty {
  ports: Ports
  /** Every call so far: `store.commit`. */
  calls: string[]
}

/** Calls that write: only those can be done unseen. */
export const WRITES = ['store.commit', 'store.commitAside', 'guard.write']

/** The ports with one call that fails; without `failure` they only count. */
export function faulty(ports: Ports, failure?: Failure): Faulty {
  const calls: string[] = []

  function wrap<Args extends unknown[], Result>(
    name: string,
    call: (...args: Args) => Promise<Result> | Result,
  ): (...args: Args) => Promise<Result> {
    return async (...args) => {
      calls.push(name)
      if (!failure || calls.length - 1 !== failure.at) return call(...args)
      if (failure.how === 'done unseen') await call(...args)
      throw errorOf(name, failure)
    }
  }

  /** Whatever the store can be asked, so that what it learns is tested without a word. */
  function everyCall(store: Store): Store {
    const wrapped = Object.entries(store).map(([name, call]) => {
      const isCall = typeof call === 'function' && name !== 'close'
      return [name, isCall ? wrap(`store.${name}`, call.bind(store)) : call]
    })
    return Object.fromEntries(wrapped)
  }

  const { store, guard, logSigner, receiptSigner } = ports
  return {
    calls,
    ports: {
      ...ports,
      store: everyCall(store),
      guard: {
        ...guard,
        // The port says what it could not read; it never rejects.
        read: async () => {
          const read = wrap('guard.read', guard.read)
          return read().catch(() => ({ state: 'unreadable' }) as const)
        },
        write: wrap('guard.write', guard.write),
      },
      logSigner: { ...logSigner, sign: wrap('logSigner.sign', logSigner.sign) },
      receiptSigner: { ...receiptSigner, sign: wrap('receiptSigner.sign', receiptSigner.sign) },
    },
  }
}

function errorOf(name: string, { reason }: Failure): Error {
  const error = new Error(`${name} failed`)
  return name.startsWith('store.') ? new StoreFault(reason, error) : error
}
