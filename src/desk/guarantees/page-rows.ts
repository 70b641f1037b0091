import type { Expression, ExpressionBuilder, Kysely, Selectable } from 'kysely'
import { asked } from '../../store/asked.ts'
import { kept } from '../../store/kept.ts'
import type { Store } from '../../store/store.ts'
import type { Tables } from '../../store/tables.ts'
import { BETWEEN } from '../issue/version-rows.ts'
import type { Choice, Place } from './choice.ts'
import { createFewHold } from './letters.ts'

const LISTED = [
  'issuer',
  'numberKey',
  'contractNumber',
  'kind',
  'format',
  'state',
  'worksName',
  'ownerName',
  'contractorName',
  'contractPrice',
  'issuedAt',
  'arrivedAt',
] as const

/** A guarantee as lists show it. */
export type Listed = Pick<Selectable<Tables['issued']>, (typeof LISTED)[number]>

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
function pageQuery(db: Kysely<Tables>, { side, order, chosen, few, most }: Shape, bounds: Bounds) {
  const place = ['issued.issuedAt', 'issued.issuer', 'issued.numberKey'] as const
  return db
    .selectFrom(asked(db, bounds))
    .$if(few, (query) => query.crossJoin(holding(db, bounds)))
    .crossJoin('issued')
    .$if(few, (query) =>
      query
        .whereRef('issued.issuer', '=', db.dynamic.ref('few.issuer'))
        .whereRef('issued.numberKey', '=', db.dynamic.ref('few.numberKey')),
    )
    .select(LISTED.map((column) => `issued.${column}` as const))
    .whereRef(`issued.${side}`, '=', 'asked.owner')
    .where((build) =>
      build(
        build.refTuple(...place),
        order === 'desc' ? '<' : '>',
        build.refTuple('asked.at', 'asked.atIssuer', 'asked.atNumberKey'),
      ),
    )
    .whereRef('issued.issuedAt', order === 'desc' ? '>=' : '<', 'asked.edge')
    .where(({ eb, and, ref }) =>
      and(
        FIELDS.filter((field) => chosen.includes(field)).map((field) =>
          eb(`issued.${field}`, '=', ref(`asked.${field}`)),
        ),
      ),
    )
    .where((build) =>
      build.and(
        TEXTS.filter((field) => chosen.includes(field)).map((field) => holds(build, field)),
      ),
    )
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

type Build = ExpressionBuilder<Tables & { asked: Bounds }, 'asked' | 'issued'>

/**
 * Whether the part of `searchText` for works, or that for the contractor, holds its text. Most
 * guarantees hold a text nowhere, which is asked first.
 */
function holds(build: Build, field: (typeof TEXTS)[number]) {
  const text = build.ref('issued.searchText')
  const between = build.fn<number>('instr', [text, build.val(BETWEEN)])
  const range = field === 'works' ? [build.val(1), between] : [between]
  const holdsIt = (where: Expression<string>) =>
    build(build.fn<number>('instr', [where, build.ref(`asked.${field}`)]), '>', 0)
  return build.and([holdsIt(text), holdsIt(build.fn<string>('substr', [text, ...range]))])
}

/** Pages of a list, by statements that are prepared when they are first needed. */
export function createPageRows(store: Store) {
  const fewHold = createFewHold(store)
  const statements = new Map<string, ReturnType<typeof pageStatement>>()

  function statementOf(shape: Shape): ReturnType<typeof pageStatement> {
    const name = Object.values(shape).join()
    const known = statements.get(name) ?? pageStatement(store, shape)
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
  ): Promise<Listed[]> {
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

function pageStatement(store: Store, shape: Shape) {
  const query = kept(
    store.db,
    (db, ...values: string[]) => {
      const bounds = Object.fromEntries(BOUNDS.map((name, at) => [name, values[at]]))
      return pageQuery(db, shape, bounds as Bounds)
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
