import { Fault } from '../../base/fault.ts'

/** What keeps a premium from being computed: no terms or rates for the day, a term that is over. */
const UNDECIDED: readonly string[] = ['state_conflict', 'claim_invalid', 'amount_invalid']

/** undefined where that cannot be told now, which the page then says. */
export async function undecided<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked
  } catch (error) {
    if (error instanceof Fault && UNDECIDED.includes(error.code)) return undefined
    throw error
  }
}
