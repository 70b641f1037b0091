import type { CompiledQuery, Kysely, Selectable } from 'kysely'
import type { Tables } from '../../store/tables.ts'

type Sheet = Selectable<Tables['paperSheet']>

/** 正 and 副 of one paper certificate; the 副 has the number of its 正 and a mark of its own. */
export function sheetQueries(
  db: Kysely<Tables>,
  row: Omit<Sheet, 'copy' | 'voidedAt' | 'voidReason'>,
): CompiledQuery[] {
  const standing = { voidedAt: null, voidReason: null }
  return [
    db
      .insertInto('paperSheet')
      .values({ ...row, copy: '正', ...standing })
      .compile(),
    db
      .insertInto('paperSheet')
      .values({ ...row, sheet: `${row.sheet}-2`, copy: '副', ...standing })
      .compile(),
  ]
}
