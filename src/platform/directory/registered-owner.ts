import { foldName } from '../../base/text.ts'
import type { Certificate } from '../../guarantee/certificate.ts'
import { kept } from '../../store/kept.ts'
import type { Store } from '../../store/store.ts'
import type { Tables } from '../../store/tables.ts'

/** An owner with one of its rules; nulls where it has none. */
export type OwnerRow = Pick<
  Tables['owner'],
  'code' | 'name' | 'startDate' | 'startBasis' | 'kinds' | 'aliases'
> & { id: number } & { [Column in 'fromDay' | 'values']: Tables['ownerRule'][Column] | null }

/**
 * The owner that a certificate names, by `code`, else by any spelling of name or title: a row for
 * each of its rules, one row where it has none, no row where nobody is registered so.
 */
export function createRegisteredOwner(store: Store) {
  const named = kept(store.db, (db, code: string | null, name: string, title: string) =>
    db
      .selectFrom('owner')
      .leftJoin('ownerRule', 'ownerRule.owner', 'owner.id')
      .select(['id', 'code', 'name', 'startDate', 'startBasis', 'kinds', 'aliases'])
      .select(['fromDay', 'values'])
      .where('id', '=', ({ fn, selectFrom }) =>
        fn.coalesce(
          selectFrom('owner').select('owner.id').where('code', '=', code),
          selectFrom('ownerName')
            .select('ownerName.owner')
            .where('folded', 'in', [name, title])
            .orderBy('ownerName.owner')
            .limit(1),
        ),
      )
      .orderBy('fromDay'),
  )

  return ({ code, name, title }: Certificate['owner']): Promise<OwnerRow[]> =>
    store.all(named(code ?? null, foldName(name), foldName(title ?? name)))
}

/** The id of the owner that a certificate names; undefined where nobody is registered so. */
export function createOwnerId(store: Store) {
  const registeredOwner = createRegisteredOwner(store)
  return async (owner: Certificate['owner']): Promise<number | undefined> =>
    (await registeredOwner(owner))[0]?.id
}
