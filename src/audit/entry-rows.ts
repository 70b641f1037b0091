import type { Expression, SqlBool } from 'kysely'
import type { Instant } from '../base/time.ts'
import type { Kind } from '../guarantee/certificate.ts'
import { MissingPart } from '../platform/log/log-reader.ts'
import { kept } from '../store/kept.ts'
import type { Store } from '../store/store.ts'
import { createRows, type Rows, type Select } from './blocks.ts'
import type { Build, Column, Format } from './format.ts'
import { inScope, type Scope } from './scope.ts'

/** Which entries somebody asks for; what is absent is not asked of them. */
export interface EntryChoice {
  /** Half-open: from `from` on, before `to`. */
  from?: Instant
  to?: Instant
  issuer?: string
  /** By code or by any name under which certificates may name it. */
  owner?: string
  numberKey?: string
  kind?: Kind
  /** An event of a guarantee, or the kind of an entry that is about none. */
  event?: string
}

/** As {@link EntryChoice}, with the owner found. */
export interface EntrySelection extends Omit<EntryChoice, 'from' | 'to' | 'owner'> {
  scope: Scope
  ownerId?: number
}

const column = (name: Column['name'], more: Partial<Column> = {}): Column => ({
  name,
  value: (build) => build.ref(`logFact.${name}` as 'logFact.position'),
  ...more,
})

/** What an item of the list has, in this order. */
export const ENTRY_COLUMNS: readonly Column[] = [
  column('index', { value: (build) => build.ref('logFact.position') }),
  column('arrivedAt'),
  column('entry'),
  column('issuer'),
  column('contractNumber', { free: true }),
  column('seq'),
  column('event'),
  column('targetSeq'),
  column('reasonCode'),
  column('reason', { free: true }),
  column('kind'),
  column('ownerCode', { free: true }),
  column('ownerName', { free: true }),
  column('contractorName', { free: true }),
  column('worksName', { free: true }),
  column('contractPrice'),
  column('guaranteedAmount'),
  column('coverageEnd'),
  column('jti'),
  column('kid', { free: true }),
  column('at'),
  column('count'),
  column('sha256', { free: true }),
]

/** Kinds of entries that are about no event of a guarantee. */
export const OTHER_EVENTS = ['key-add', 'key-retire', 'key-revoke', 'access-head', 'erase'] as const

/** The entries of a selection, by position. */
export function createEntryRows(store: Store, selection: EntrySelection, format: Format): Rows {
  const select = ((db, from, to) =>
    db
      .selectFrom('logFact')
      .where('logFact.position', '>=', from)
      .where('logFact.position', '<', to)
      .where((build) => build.and(conditions(build as unknown as Build, selection)))) as Select
  return createRows(store, { key: 'logFact.position', select }, format, ENTRY_COLUMNS)
}

function conditions(build: Build, selection: EntrySelection): Expression<SqlBool>[] {
  const { scope, issuer, ownerId, numberKey, kind, event } = selection
  const isOther = OTHER_EVENTS.some((other) => other === event)
  const pairs = [
    ['issuer', issuer],
    ['owner', ownerId],
    ['kind', kind],
    [isOther ? 'entry' : 'event', event],
  ] as const
  return [
    ...pairs.flatMap(([name, value]) =>
      value === undefined ? [] : [build(`logFact.${name}`, '=', value)],
    ),
    ...(numberKey === undefined ? [] : [ofNumber(build, numberKey)]),
    ...inScope(build, scope, {
      owner: build.ref('logFact.owner'),
      issuer: build.ref('logFact.issuer'),
    }),
  ]
}

/** Its versions and their erasures, by the indexes that find them. */
function ofNumber(build: Build, numberKey: string): Expression<SqlBool> {
  const versions = build
    .selectFrom('guarantee')
    .innerJoin('version', (join) =>
      join
        .onRef('version.issuer', '=', 'guarantee.issuer')
        .onRef('version.numberKey', '=', 'guarantee.numberKey'),
    )
    .where('guarantee.numberKey', '=', numberKey)
  const erasures = versions
    .innerJoin('erasure', 'erasure.position', 'version.position')
    .select('erasure.entry')
  return build(
    'logFact.position',
    'in',
    versions.select('version.position as entry').unionAll(erasures),
  )
}

/**
 * Tells a list that lacks entries from one that is complete.
 * @throws MissingPart when an entry in [from, to) has no facts
 */
export function createFactsCheck(store: Store) {
  const count = kept(store.db, (db, from: number, to: number) =>
    db
      .selectFrom('logFact')
      .select((build) => build.fn.countAll<number>().as('count'))
      .where('position', '>=', from)
      .where('position', '<', to),
  )
  const lacking = kept(store.db, (db, numberKey: string, to: number) =>
    db
      .selectFrom('guarantee')
      .innerJoin('version', (join) =>
        join
          .onRef('version.issuer', '=', 'guarantee.issuer')
          .onRef('version.numberKey', '=', 'guarantee.numberKey'),
      )
      .leftJoin('logFact', 'logFact.position', 'version.position')
      .select('version.position')
      .where('guarantee.numberKey', '=', numberKey)
      .where('version.position', '<', to)
      .where('logFact.position', 'is', null)
      .limit(1),
  )

  return {
    async ofRange(from: number, to: number): Promise<void> {
      const [row] = await store.all(count(from, to))
      if (row?.count !== to - from) throw new MissingPart(`a fact of the entries ${from} to ${to}`)
    },
    async ofNumber(numberKey: string, to: number): Promise<void> {
      const [row] = await store.all(lacking(numberKey, to))
      if (row) throw new MissingPart(`the fact of entry ${row.position}`)
    },
  }
}
