import { foldName } from '../../base/text.ts'
import type { Certificate } from '../../guarantee/certificate.ts'
import { kept } from '../../store/kept.ts'
import type { Store } from '../../store/store.ts'
import type { Tables } from '../../store/tables.ts'

export type OwnerRow = Pick<
  Tables['owner'],
  'code' | 'name' | 'startDate' | 'startBasis' | 'kinds' | 'aliases'
> & { id: number }

/** The row of the owner that a certificate names: by `code`, else by any spelling of name or title. */
export function createRegisteredOwner(store: Store) {
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

  return async function registeredOwner({
    code,
    name,
    title,
  }: Certificate['owner']): Promise<OwnerRow | undefined> {
    const coded = code === undefined ? [] : await store.all(byCode(code))
    const [row] = coded.length
      ? coded
      : await store.all(byName(foldName(name), foldName(title ?? name)))
    return row
  }
}
