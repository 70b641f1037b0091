import { Fault, type FaultCode } from '../../src/base/fault.ts'

/** The Fault with which a deed was refused; anything else that happens fails the test. */
export async function faultOf(deed: Promise<unknown>): Promise<Fault> {
  try {
    await deed
  } catch (error) {
    if (error instanceof Fault) return error
    throw error
  }
  throw new Error('nothing was refused')
}

/** The code of that Fault. */
export async function codeOf(deed: Promise<unknown>): Promise<FaultCode> {
  return (await faultOf(deed)).code
}
