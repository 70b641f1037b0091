import type { Certificate } from '../../guarantee/certificate.ts'
import { readOwnerPolicy } from '../../guarantee/owner-policy.ts'
import type { OwnerPolicy } from '../../guarantee/sufficiency.ts'
import type { Ports } from '../../ports.ts'
import { kept } from '../../store/kept.ts'
import type { Tables } from '../../store/tables.ts'
import { createRegisteredOwner, type OwnerRow } from './registered-owner.ts'

/** What a registered owner asks for, with the id of its row. */
type RegisteredPolicy = OwnerPolicy & { id: number }

/**
 * The policy of the registered owner that a certificate names. `unreadable`, and reported, when
 * what is stored of it is damaged.
 */
export function createOwnerPolicy({ store, report }: Pick<Ports, 'store' | 'report'>) {
  const registeredOwner = createRegisteredOwner(store)
  const rulesOf = kept(store.db, (db, owner: number) =>
    db.selectFrom('ownerRule').select(['fromDay', 'values']).where('owner', '=', owner),
  )

  return async function ownerPolicy(
    named: Certificate['owner'],
  ): Promise<RegisteredPolicy | 'unreadable' | undefined> {
    const row = await registeredOwner(named)
    if (!row) return undefined
    const policy = policyOf(row, await store.all(rulesOf(row.id)))
    if (policy) return { ...policy, id: row.id }
    report('owner_unreadable', { owner: row.id, name: row.name })
    return 'unreadable'
  }
}

function policyOf(
  row: OwnerRow,
  rules: readonly Pick<Tables['ownerRule'], 'fromDay' | 'values'>[],
): OwnerPolicy | undefined {
  try {
    return readOwnerPolicy({
      names: [row.name, ...JSON.parse(row.aliases)],
      start: { date: row.startDate, basis: row.startBasis },
      kinds: JSON.parse(row.kinds),
      rules: rules.map(({ fromDay, values }) => ({ from: fromDay, values: JSON.parse(values) })),
      ...(row.code !== null && { code: row.code }),
    })
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TypeError) return undefined
    throw error
  }
}
