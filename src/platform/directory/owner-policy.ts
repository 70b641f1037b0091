import { foldName } from '../../base/text.ts'
import type { Certificate } from '../../guarantee/certificate.ts'
import { readOwnerPolicy } from '../../guarantee/owner-policy.ts'
import type { OwnerPolicy } from '../../guarantee/sufficiency.ts'
import type { Ports } from '../../ports.ts'
import { kept } from '../../store/kept.ts'
import type { Tables } from '../../store/tables.ts'

type OwnerRow = Pick<
  Tables['owner'],
  'code' | 'name' | 'startDate' | 'startBasis' | 'kinds' | 'aliases'
>

/**
 * The registered owner that a certificate names: by `code`, else by any spelling of name or title.
 * `unreadable`, and reported, when what is stored of it is damaged.
 */
export function createOwnerPolicy({ store, report }: Pick<Ports, 'store' | 'report'>) {
  const columns = ['id', 'code', 'name', 'startDate', 'startBasis', 'kinds', 'aliases'] as const
  const byCode = kept(store.db, (db, code: string) =>
    db.selectFrom('owner').select(columns).where('code', '=', code),
  )
  const byName = kept(store.db, (db, name: string, title: string) =>
    db
      .selectFrom('owner')
      .select(columns)
      .where('id', 'in', (sub) =>
        sub
          .selectFrom('ownerName')
          .select('ownerName.owner')
          .where((eb) => eb.or([eb('folded', '=', name), eb('folded', '=', title)])),
      )
      .orderBy('id')
      .limit(1),
  )
  const rulesOf = kept(store.db, (db, owner: number) =>
    db.selectFrom('ownerRule').select(['fromDay', 'values']).where('owner', '=', owner),
  )

  return async function ownerPolicy({
    code,
    name,
    title,
  }: Certificate['owner']): Promise<OwnerPolicy | 'unreadable' | undefined> {
    const coded = code === undefined ? [] : await store.all(byCode(code))
    const [row] = coded.length
      ? coded
      : await store.all(byName(foldName(name), foldName(title ?? name)))
    if (!row) return undefined
    const policy = policyOf(row, await store.all(rulesOf(row.id)))
    if (policy) return policy
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
