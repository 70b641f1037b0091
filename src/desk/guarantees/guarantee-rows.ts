import type { Expression, ExpressionBuilder, Selectable } from 'kysely'
import { kept } from '../../store/kept.ts'
import type { Store } from '../../store/store.ts'
import type { Tables } from '../../store/tables.ts'
import { BETWEEN } from '../issue/version-rows.ts'
import type { Choice, Place } from './choice.ts'

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

export type IssuedRow = Selectable<Tables['issued']>
export type VersionRow = Selectable<Tables['issuedVersion']>

/** Whose guarantees: those of a contractor's organisation, or those that a company gave. */
export type Side = { org: string } | { issuer: string }

/** Above every text that stands in a column of times, ids and codes. */
const LAST = '~'

type Build = ExpressionBuilder<Tables, 'issued'>

/**
 * One statement for whatever is chosen: what is not chosen is a bound that keeps all, so that each
 * list is prepared once, and its index is walked from the place where the page begins.
 */
function createPage(store: Store, side: 'org' | 'issuer', order: 'asc' | 'desc') {
  return kept(
    store.db,
    (
      db,
      owner: string,
      at: string,
      issuer: string,
      numberKey: string,
      from: string,
      until: string,
      kindFrom: string,
      kindTo: string,
      formatFrom: string,
      formatTo: string,
      branchFrom: string,
      branchTo: string,
      works: string,
      contractor: string,
      most: number,
    ) =>
      db
        .selectFrom('issued')
        .select(LISTED)
        .where(side, '=', owner)
        .where((build) =>
          build(
            build.refTuple('issuedAt', 'issuer', 'numberKey'),
            order === 'desc' ? '<' : '>',
            build.tuple(at, issuer, numberKey),
          ),
        )
        .where('issuedAt', '>=', from)
        .where('issuedAt', '<', until)
        .where('kind', '>=', kindFrom)
        .where('kind', '<=', kindTo)
        .where('format', '>=', formatFrom as 'electronic')
        .where('format', '<=', formatTo as 'electronic')
        .where((build) => build(branchOf(build), '>=', branchFrom))
        .where((build) => build(branchOf(build), '<=', branchTo))
        .where((build) => holds(build, 'works', works))
        .where((build) => holds(build, 'contractor', contractor))
        .orderBy('issuedAt', order)
        .orderBy('issuer', order)
        .orderBy('numberKey', order)
        .limit(most),
    15,
  )
}

function branchOf(build: Build): Expression<string> {
  return build.fn.coalesce('branch', build.val(''))
}

/** Whether the part of `searchText` for works, or that for the contractor, holds a text; each holds ''. */
function holds(build: Build, part: 'works' | 'contractor', text: string) {
  const place = build.fn<number>('instr', ['searchText', build.val(BETWEEN)])
  const range = part === 'works' ? [build.val(1), place] : [place]
  const own = build.fn<string>('substr', [build.ref('searchText'), ...range])
  return build(build.fn<number>('instr', [own, build.val(text)]), '>', 0)
}

function exactly(value: string | undefined): [from: string, to: string] {
  return value === undefined ? ['', LAST] : [value, value]
}

function createPages(store: Store) {
  return {
    org: { desc: createPage(store, 'org', 'desc'), asc: createPage(store, 'org', 'asc') },
    issuer: { desc: createPage(store, 'issuer', 'desc'), asc: createPage(store, 'issuer', 'asc') },
  }
}

/** The statements over guarantees of the desk. */
export function createGuaranteeRows(store: Store) {
  const pages = createPages(store)
  const one = kept(store.db, (db, issuer: string, numberKey: string) =>
    db
      .selectFrom('issued')
      .selectAll()
      .where('issuer', '=', issuer)
      .where('numberKey', '=', numberKey),
  )
  const versions = kept(store.db, (db, issuer: string, numberKey: string) =>
    db
      .selectFrom('issuedVersion')
      .selectAll()
      .where('issuer', '=', issuer)
      .where('numberKey', '=', numberKey)
      .orderBy('seq'),
  )
  const waiting = kept(store.db, (db, issuer: string, numberKey: string) =>
    db
      .selectFrom('submission')
      .select(['seq', 'state', 'tries', 'nextAt', 'fault'])
      .where('issuer', '=', issuer)
      .where('numberKey', '=', numberKey)
      .where('state', '!=', 'arrived')
      .orderBy('id'),
  )
  return {
    /** At most `most` from a place on: behind it newest first, or before it oldest first. */
    page(side: Side, choice: Choice, start: Place | undefined, back: boolean, most: number) {
      const [name, owner] =
        'org' in side ? (['org', side.org] as const) : (['issuer', side.issuer] as const)
      const edge = back ? '' : LAST
      const { issuedAt, issuer, numberKey } = start ?? {
        issuedAt: edge,
        issuer: edge,
        numberKey: edge,
      }
      const query = pages[name][back ? 'asc' : 'desc'](
        ...[owner, issuedAt, issuer, numberKey],
        ...[choice.from ?? '', choice.until ?? LAST],
        ...exactly(choice.kind),
        ...exactly(choice.format),
        ...exactly(choice.branch),
        ...[choice.works ?? '', choice.contractor ?? ''],
        most,
      )
      return store.all(query) as Promise<Listed[]>
    },
    one: async (issuer: string, numberKey: string): Promise<IssuedRow | undefined> =>
      (await store.all(one(issuer, numberKey)))[0],
    versions: (issuer: string, numberKey: string): Promise<VersionRow[]> =>
      store.all(versions(issuer, numberKey)),
    /** What is on its way to the platform, oldest first. */
    waiting: (issuer: string, numberKey: string) => store.all(waiting(issuer, numberKey)),
  }
}
