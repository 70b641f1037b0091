import { foldName } from '../base/text.ts'
import type { Certificate } from '../guarantee/certificate.ts'
import type { OwnerPolicy } from '../guarantee/sufficiency.ts'
import { kept } from '../store/kept.ts'
import type { Store } from '../store/store.ts'
import type { Tables } from '../store/tables.ts'

type OwnerRow = Pick<
  Tables['owner'],
  'code' | 'name' | 'startDate' | 'startBasis' | 'kinds' | 'aliases'
>

/** The registered owner that a certificate names: by `code`, else by any spelling of name or title. */
export function createOwnerPolicy(store: Store) {
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
  }: Certificate['owner']): Promise<OwnerPolicy | undefined> {
    const coded = code === undefined ? [] : await store.all(byCode(code))
    const [row] = coded.length
      ? coded
      : await store.all(byName(foldName(name), foldName(title ?? name)))
    if (!row) return undefined
    const rules = await store.all(rulesOf(row.id as unknown as number))
    return policyOf(row as unknown as OwnerRow, rules)
  }
}

function policyOf(
  row: OwnerRow,
  rules: readonly Pick<Tables['ownerRule'], 'fromDay' | 'values'>[],
): OwnerPolicy {
  return {
    names: [row.name, ...(JSON.parse(row.aliases) as string[])],
    start: { date: row.startDate, basis: row.startBasis as OwnerPolicy['start']['basis'] },
    kinds: JSON.parse(row.kinds) as OwnerPolicy['kinds'],
    rules: rules.map(({ fromDay, values }) => ({ from: fromDay, values: JSON.parse(values) })),
    ...(row.code !== null && { code: row.code }),
  }
}
