import type { CompiledQuery, Kysely, Selectable } from 'kysely'
import type { Tables } from '../../../store/tables.ts'

type Sheet = Selectable<Tables['paperSheet']>
/** A step; what it came to is billed beside it. */
type Step = Omit<Selectable<Tables['paperStep']>, 'statement'>

/** What was done, and with it 正 and 副 of the certificate that it prints, where it prints one. */
export function stepQueries(
  db: Kysely<Tables>,
  step: Step,
  sheet: string | undefined,
): CompiledQuery[] {
  const written = db.insertInto('paperStep').values(step).compile()
  if (sheet === undefined) return [written]
  const { issuer, numberKey, seq, certificate, madeAt, madeBy } = step
  const row = { issuer, numberKey, seq, certificate, madeAt, madeBy }
  return [written, ...sheetQueries(db, { ...row, sheet })]
}

/** 正 and 副 of one paper certificate; the 副 has the number of its 正 and a mark of its own. */
function sheetQueries(
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

/** All sheets of a guarantee that are not void yet, up to a step and from another on, become void. */
export function voidQuery(
  db: Kysely<Tables>,
  { issuer, numberKey }: Pick<Sheet, 'issuer' | 'numberKey'>,
  { from, to, at, why }: { from: number; to: number; at: string; why: string },
): CompiledQuery {
  return db
    .updateTable('paperSheet')
    .set({ voidedAt: at, voidReason: why })
    .where('issuer', '=', issuer)
    .where('numberKey', '=', numberKey)
    .where('seq', '>=', from)
    .where('seq', '<=', to)
    .where('voidedAt', 'is', null)
    .compile()
}
