import { Fault } from '../../src/base/fault.ts'

/** The Fault that a deed refuses with; anything else is thrown on, nothing thrown is an error. */
export function faultOf(deed: () => unknown): Fault {
  try {
    deed()
  } catch (error) {
    if (error instanceof Fault) return error
    throw error
  }
  throw new Error('nothing was refused')
}
