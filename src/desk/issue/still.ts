import type { CompiledQuery, Selectable } from 'kysely'
import type { Store } from '../../store/store.ts'
import type { Tables } from '../../store/tables.ts'

type Seen = Pick<
  Selectable<Tables['submission']>,
  'id' | 'issuer' | 'numberKey' | 'state' | 'keySince'
>

/**
 * For the commit of what follows from a submission: its `conflict` says that the submission stands
 * otherwise than it was seen, or that a newer key has taken the place of the one which it replaces.
 * Where all is as it was it adds nothing; else it adds the guarantee once more, which its key forbids.
 */
export function stillQuery({ db }: Store, seen: Seen): CompiledQuery {
  const { id, issuer, numberKey, state, keySince } = seen
  return db
    .insertInto('issued')
    .expression(({ selectFrom, not, exists, or, eb }) =>
      selectFrom('issued')
        .selectAll()
        .where('issuer', '=', issuer)
        .where('numberKey', '=', numberKey)
        .where(
          or([
            not(
              exists(
                selectFrom('submission')
                  .select('id')
                  .where('id', '=', id)
                  .where('state', '=', state),
              ),
            ),
            ...(keySince === null ? [] : [eb('keySince', '<>', keySince)]),
          ]),
        ),
    )
    .compile()
}
