import { Memo } from '../../base/memo.ts'
import type { Certificate } from '../../guarantee/certificate.ts'
import { readOwnerPolicy } from '../../guarantee/owner-policy.ts'
import type { OwnerPolicy } from '../../guarantee/sufficiency.ts'
import type { Ports } from '../../ports.ts'
import { createRegisteredOwner, type OwnerRow } from './registered-owner.ts'

/** What a registered owner asks for, with the id of its row. */
type RegisteredPolicy = OwnerPolicy & { id: number }

/** Owners whose rows need not be read a second time. */
const REMEMBERED = 200

/**
 * The policy of the registered owner that a certificate names. `unreadable`, and reported, when
 * what is stored of it is damaged.
 */
export function createOwnerPolicy({ store, report }: Pick<Ports, 'store' | 'report'>) {
  const registeredOwner = createRegisteredOwner(store)
  const remembered = new Memo<RegisteredPolicy | undefined>(REMEMBERED)

  return async function ownerPolicy(
    named: Certificate['owner'],
  ): Promise<RegisteredPolicy | 'unreadable' | undefined> {
    const [row, ...more] = await registeredOwner(named)
    if (!row) return undefined
    const policy = remembered.get(JSON.stringify([row, more]), () => policyOf([row, ...more]))
    if (policy) return policy
    report('owner_unreadable', { owner: row.id, name: row.name })
    return 'unreadable'
  }
}

function policyOf(rows: readonly [OwnerRow, ...OwnerRow[]]): RegisteredPolicy | undefined {
  const [row] = rows
  try {
    const policy = readOwnerPolicy({
      names: [row.name, ...JSON.parse(row.aliases)],
      start: { date: row.startDate, basis: row.startBasis },
      kinds: JSON.parse(row.kinds),
      rules: rows.flatMap(({ fromDay, values }) =>
        fromDay === null || values === null ? [] : [{ from: fromDay, values: JSON.parse(values) }],
      ),
      ...(row.code !== null && { code: row.code }),
    })
    return policy && { ...policy, id: row.id }
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TypeError) return undefined
    throw error
  }
}
