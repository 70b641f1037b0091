import type { Expression, SqlBool } from 'kysely'
import type { Instant } from '../base/time.ts'
import type { Store } from '../store/store.ts'
import { createRows, type Rows, type Select } from './blocks.ts'
import type { Build, Column, Format } from './format.ts'
import { inScope, type Scope } from './scope.ts'

/** Which rows of the access log somebody asks for; what is absent is not asked of them. */
export interface AccessChoice {
  /** Half-open: from `from` on, before `to`. */
  from?: Instant
  to?: Instant
  issuer?: string
  numberKey?: string
  /** `lookup`, `lookup_failed`, … */
  kind?: string
}

const column = (name: string, more: Partial<Column> = {}): Column => ({
  name,
  value: (build) => build.ref(`accessNote.${name}` as 'accessNote.id'),
  ...more,
})

/** What an item of the list has, in this order: all that the chain is made of, but the salts. */
export const ACCESS_COLUMNS: readonly Column[] = [
  column('id'),
  column('at'),
  column('kind'),
  column('issuer'),
  column('numberKey', { free: true }),
  column('source', { free: true }),
  column('detail', { free: true, value: (build) => build.fn('json', ['accessNote.detail']) }),
  column('commitment', {
    value: (build) =>
      build.fn('nullif', [
        build.fn('lower', [build.fn('hex', ['accessNote.commitment'])]),
        build.val(''),
      ]),
  }),
]

/** Rows of the access log, by id. */
export function createAccessRows(
  store: Store,
  scope: Scope,
  choice: AccessChoice,
  format: Format,
): Rows {
  const select = ((db, from, to) =>
    db
      .selectFrom('accessNote')
      .where('accessNote.id', '>=', from)
      .where('accessNote.id', '<', to)
      .where((build) => build.and(conditions(build as unknown as Build, scope, choice)))) as Select
  return createRows(store, { key: 'accessNote.id', select }, format, ACCESS_COLUMNS)
}

function conditions(build: Build, scope: Scope, choice: AccessChoice): Expression<SqlBool>[] {
  const { from, to, issuer, numberKey, kind } = choice
  // Rows that could not be written at first come later than their time: no search by halves here.
  const bounds = [
    ...(from === undefined ? [] : [build('accessNote.at', '>=', from)]),
    ...(to === undefined ? [] : [build('accessNote.at', '<', to)]),
  ]
  const pairs = Object.entries({ issuer, numberKey, kind }) as ['kind', string | undefined][]
  return [
    ...bounds,
    ...pairs.flatMap(([name, value]) =>
      value === undefined ? [] : [build(`accessNote.${name}`, '=', value)],
    ),
    ...inScope(build, scope, { owner: ownerOf(build), issuer: issuerOf(build) }),
  ]
}

/** No bare column: by the index on it, rows of several issuers would come issuer by issuer. */
function issuerOf(build: Build): Expression<string> {
  return build.fn.coalesce('accessNote.issuer', build.val(''))
}

/** Of a row's guarantee, as its newest version has it. */
function ownerOf(build: Build): Expression<number | null> {
  return build
    .selectFrom('version')
    .innerJoin('logFact', 'logFact.position', 'version.position')
    .select('logFact.owner')
    .whereRef('version.issuer', '=', 'accessNote.issuer')
    .whereRef('version.numberKey', '=', 'accessNote.numberKey')
    .orderBy('version.seq', 'desc')
    .limit(1)
    .$asScalar()
}
