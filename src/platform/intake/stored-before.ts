import { numberKey } from '../../guarantee/contract-number.ts'
import { knownNames } from '../../store/known-names.ts'
import type { Store } from '../../store/store.ts'
import type { Group } from '../log/proposal.ts'

/** Of what is to be admitted: the issuer whose key signed it, and the names it goes by. */
export interface Named {
  issuer: string
  record: { payload: { jti: string; sub: string } }
}

/** Whether anything stored has to be read for a record; where it was not asked in time, it has. */
export interface StoredBefore {
  /** A version of its issuer may have its jti. */
  jti: boolean
  /** There may be a guarantee of its issuer and number, or a version of one. */
  guarantee: boolean
}

const MEMORY = 'stored before'

/**
 * Asks once for all that wait which of them the database knows anything of. Nearly all are new, and
 * each by itself would ask two questions with no answer.
 * @param waiting all whose turn has not come, in their order, of this group and of later ones
 * @param most as many as a group has: later groups ask for their own
 */
export function createStoredBefore(store: Store, waiting: ReadonlySet<Named>, most: number) {
  const query = knownNames(store.db)

  async function ask(): Promise<Map<Named, StoredBefore>> {
    const all = [...waiting].slice(0, most)
    const names = all.map(({ issuer, record: { payload } }) => [
      issuer,
      payload.jti,
      numberKey(payload.sub),
    ])
    const answers = new Map<Named, StoredBefore>(
      all.map((named) => [named, { jti: false, guarantee: false }]),
    )
    for (const { at, jti, guarantee } of await store.all(query(JSON.stringify(names)))) {
      answers.set(all[at] as Named, { jti: jti === 1, guarantee: guarantee === 1 })
    }
    return answers
  }

  return async (named: Named, { memory }: Group): Promise<StoredBefore> => {
    const known = memory.get(MEMORY) as Awaited<ReturnType<typeof ask>> | undefined
    const answers = known ?? (await ask())
    memory.set(MEMORY, answers)
    return answers.get(named) ?? { jti: true, guarantee: true }
  }
}
