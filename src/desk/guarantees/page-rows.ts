import type { Expression, ExpressionBuilder, Kysely, Selectable } from 'kysely'
import { asked, askedFor } from '../../store/asked.ts'
import { kept } from '../../store/kept.ts'
import type { Store } from '../../store/store.ts'
import type { Tables } from '../../store/tables.ts'
import { BETWEEN } from '../issue/version-rows.ts'
import type { Choice, Place } from './choice.ts'
import { createFewHold } from './letters.ts'

/** A guarantee as the desk's table has it. */
export type Issued = Selectable<Tables['issued']>

/** What lists show of a guarantee; each column costs a page fifty texts. */
export const SHOWN = [
  ...(['issuer', 'numberKey', 'contractNumber', 'kind', 'format', 'state'] as const),
  ...(['worksName', 'ownerName', 'contractPrice', 'issuedAt'] as const),
] as const

/** A guarantee as lists show it; of its contractor a company alone is told. */
export type Listed = Pick<Issued, (typeof SHOWN)[number]> & { contractorName?: string }

/** Whose guarantees: those of a contractor's organisation, or those that a company gave. */
export type Side = { org: string } | { issuer: string }

/** Above every text that stands in a column of times, ids and codes. */
const LAST = '~'

/** A statement's arguments; those of what is not chosen stand in no condition. */
const BOUNDS = [
  ...(['owner', 'at', 'atIssuer', 'atNumberKey', 'edge'] as const),
  ...(['kind', 'format', 'branch', 'works', 'contractor', 'first', 'last'] as const),
] as const

type Bounds = Record<(typeof BOUNDS)[number], string>

const FIELDS = ['kind', 'format', 'branch'] as const
const TEXTS = ['works', 'contractor'] as const

/** What a statement is made for. */
interface Shape {
  side: 'org' | 'issuer'
  /** From a place on, newest first; or before it, oldest first. */
  order: 'desc' | 'asc'
  chosen: readonly (keyof Choice)[]
  /** Whether what is looked for is looked for among those alone that hold some letters. */
  few: boolean
  most: number
}

/**
 * A page out of an index that holds all that is chosen by, walked from where the page begins; or,
 * where few guarantees hold what is looked for, out of those few. SQLite keeps the order of a CROSS
 * JOIN, so that it is this order and not its guess.
 */
function pageQuery(
  db: Kysely<Tables>,
  columns: readonly (keyof Issued)[],
  shape: Shape,
  bounds: Bounds,
) {
  const { order, few, most } = shape
  const of = (name: keyof Bounds) => askedFor(db, bounds[name])
  if (!few) {
    return db
      .selectFrom('issued')
      .select(columns)
      .where((build) => isChosen(build, shape, of))
      .orderBy('issuedAt', order)
      .orderBy('issuer', order)
      .orderBy('numberKey', order)
      .limit(most)
  }
  return db
    .selectFrom(holding(db, bounds))
    .crossJoin('issued')
    .whereRef('issued.issuer', '=', 'few.issuer')
    .whereRef('issued.numberKey', '=', 'few.numberKey')
    .select(columns.map((column) => `issued.${column}` as const))
    .where((build) => isChosen(build, shape, of))
    .orderBy('issued.issuedAt', order)
    .orderBy('issued.issuer', order)
    .orderBy('issued.numberKey', order)
    .limit(most)
}

/** The guarantees whose `searchText` holds letters between two, each once. */
function holding(db: Kysely<Tables>, { first, last }: Bounds) {
  return db
    .selectFrom(asked(db, { first, last }))
    .crossJoin('issuedLetters')
    .select(['issuedLetters.issuer', 'issuedLetters.numberKey'])
    .distinct()
    .whereRef('letters', '>=', 'asked.first')
    .whereRef('letters', '<=', 'asked.last')
    .as('few')
}

type Build = ExpressionBuilder<Tables, 'issued'>

/** @param of an argument, at which SQLite looks once and not row by row */
function isChosen(
  build: Build,
  { side, order, chosen }: Shape,
  of: (name: keyof Bounds) => Expression<string>,
) {
  const place = build.refTuple('issued.issuedAt', 'issued.issuer', 'issued.numberKey')
  const start = build.tuple(of('at'), of('atIssuer'), of('atNumberKey'))
  return build.and([
    build(`issued.${side}`, '=', of('owner')),
    build(place, order === 'desc' ? '<' : '>', start),
    build('issued.issuedAt', order === 'desc' ? '>=' : '<', of('edge')),
    ...FIELDS.filter((field) => chosen.includes(field)).map((field) =>
      build(`issued.${field}`, '=', of(field)),
    ),
    ...TEXTS.filter((field) => chosen.includes(field)).map((field) =>
      holds(build, field, of(field)),
    ),
  ])
}

/**
 * Whether the part of `searchText` for works, or that for the contractor, holds its text. Most
 * guarantees hold a text nowhere, which is asked first; that for the works comes first, so that where
 * a text is first found tells of it.
 */
function holds(build: Build, field: (typeof TEXTS)[number], wanted: Expression<string>) {
  const instr = (text: Expression<string>) => build.fn<number>('instr', [text, wanted])
  const text = build.ref('issued.searchText')
  const bound = build.fn<number>('instr', [text, build.val(BETWEEN)])
  if (field === 'works') {
    const end = build(bound, '-', build.fn<number>('length', [wanted]))
    return build.between(instr(text), build.val(1), build(end, '+', build.val(1)))
  }
  const behind = build.fn<string>('substr', [text, bound])
  return build.and([build(instr(text), '>', 0), build(instr(behind), '>', 0)])
}

/** Pages of a list, by statements that are prepared when they are first needed. */
export function createPageRows<Column extends keyof Issued>(
  store: Store,
  columns: readonly Column[],
) {
  const fewHold = createFewHold(store)
  const statements = new Map<string, ReturnType<typeof pageStatement>>()

  function statementOf(shape: Shape): ReturnType<typeof pageStatement> {
    const name = Object.values(shape).join()
    const known = statements.get(name) ?? pageStatement(store, columns, shape)
    statements.set(name, known)
    return known
  }

  /**
   * Guarantees of a choice, at most `most`: from a place on newest first, or back from it oldest
   * first. `most` is one of a few numbers, for each of which there are statements of its own.
   */
  return async function page(
    side: Side,
    choice: Choice,
    start: Place | undefined,
    back: boolean,
    most: number,
  ): Promise<Pick<Issued, Column>[]> {
    const { kind = '', format = '', branch = '', works = '', contractor = '' } = choice
    const texts = [works, contractor].filter((text) => text !== '')
    const letters = texts.length > 0 ? await fewHold(texts) : undefined
    const query = statementOf({
      side: 'org' in side ? 'org' : 'issuer',
      order: back ? 'asc' : 'desc',
      chosen: [...FIELDS, ...TEXTS].filter((field) => choice[field]),
      few: letters !== undefined,
      most,
    })
    return store.all(
      query({
        owner: 'org' in side ? side.org : side.issuer,
        ...beginning(choice, start, back),
        ...{ kind, format, branch, works, contractor },
        ...(letters ?? NO_LETTERS),
      }),
    )
  }
}

const NO_LETTERS = { first: '', last: '' }

function pageStatement(store: Store, columns: readonly (keyof Issued)[], shape: Shape) {
  const query = kept(
    store.db,
    (db, ...values: string[]) => {
      const bounds = Object.fromEntries(BOUNDS.map((name, at) => [name, values[at]]))
      return pageQuery(db, columns, shape, bounds as Bounds)
    },
    BOUNDS.length,
  )
  return (bounds: Bounds) => query(...BOUNDS.map((name) => bounds[name]))
}

/** Where the walk begins, which 期間 may put further on, and the time at which it ends. */
function beginning({ from = '', until = LAST }: Choice, start: Place | undefined, back: boolean) {
  const isWithin = start && (back ? start.issuedAt >= from : start.issuedAt < until)
  const end = { issuedAt: back ? from : until, issuer: '', numberKey: '' }
  const { issuedAt: at, issuer: atIssuer, numberKey: atNumberKey } = isWithin ? start : end
  return { at, atIssuer, atNumberKey, edge: back ? until : from }
}
