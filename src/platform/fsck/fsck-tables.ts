import { kept } from '../../store/kept.ts'
import type { Store } from '../../store/store.ts'
import type { FactRow } from '../log/log-facts.ts'
import type { FsckFault } from './fsck-fault.ts'

/** A version with what stands beside it; null where that is missing. */
export interface VersionRow {
  position: number
  issuer: string
  numberKey: string
  seq: number
  jti: string
  contentId: string
  jws: string | null
  contractNumber: string | null
  firstPosition: number | null
}

export interface KeyEventRow {
  position: number
  kid: string
  issuer: string
  alg: string
  /** JSON as stored. */
  jwk: string
}

/** What the database says of the erasure that stands at one position of the log. */
export interface ErasureRow {
  /** The position of the `erase` entry. */
  position: number
  /** The version whose body is gone. */
  erased: number
  /** Its log entry, and its body where that is still there. */
  entry: Uint8Array | null
  jws: string | null
}

/** Reads of the tables beside the log. */
export function createFsckTables(store: Store) {
  const issuerRows = kept(store.db, (db) => db.selectFrom('issuer').select(['id', 'iss']))
  const versionRows = kept(store.db, (db, from: number, to: number) =>
    db
      .selectFrom('version')
      .leftJoin('recordBody', 'recordBody.position', 'version.position')
      .leftJoin('guarantee', (join) =>
        join
          .onRef('guarantee.issuer', '=', 'version.issuer')
          .onRef('guarantee.numberKey', '=', 'version.numberKey'),
      )
      .select(['version.position', 'version.issuer', 'version.numberKey', 'seq', 'jti'])
      .select(['contentId', 'jws', 'contractNumber', 'guarantee.position as firstPosition'])
      .where('version.position', '>=', from)
      .where('version.position', '<=', to),
  )
  const keyEventRows = kept(store.db, (db, from: number, to: number) =>
    db
      .selectFrom('keyEvent')
      .innerJoin('issuerKey', 'issuerKey.kid', 'keyEvent.kid')
      .select(['keyEvent.position', 'keyEvent.kid', 'issuer', 'alg', 'jwk'])
      .where('keyEvent.position', '>=', from)
      .where('keyEvent.position', '<=', to),
  )
  const factRows = kept(store.db, (db, from: number, to: number) =>
    db.selectFrom('logFact').selectAll().where('position', '>=', from).where('position', '<=', to),
  )
  const erasureRows = kept(store.db, (db, from: number, to: number) =>
    db
      .selectFrom('erasure')
      .leftJoin('logEntry', 'logEntry.position', 'erasure.position')
      .leftJoin('recordBody', 'recordBody.position', 'erasure.position')
      .select(['erasure.entry as position', 'erasure.position as erased', 'logEntry.entry', 'jws'])
      .where('erasure.entry', '>=', from)
      .where('erasure.entry', '<=', to),
  )

  const headRows = kept(store.db, (db) => db.selectFrom('accessHead').selectAll())

  return {
    /** `iss` by id. */
    async issuers(): Promise<Map<string, string>> {
      return new Map((await store.all(issuerRows())).map(({ id, iss }) => [id, iss]))
    },
    versions: async (from: number, to: number): Promise<Map<number, VersionRow>> =>
      byPosition(await store.all(versionRows(from, to))),
    keyEvents: async (from: number, to: number): Promise<Map<number, KeyEventRow>> =>
      byPosition(await store.all(keyEventRows(from, to))),
    /** Rows of the access log's chain that an entry holds the head of, by its position. */
    async accessHeads(): Promise<Map<number, number>> {
      return new Map((await store.all(headRows())).map(({ position, count }) => [position, count]))
    },
    facts: async (from: number, to: number): Promise<Map<number, FactRow>> =>
      byPosition(await store.all(factRows(from, to))),
    erasures: async (from: number, to: number): Promise<Map<number, ErasureRow>> =>
      byPosition(await store.all(erasureRows(from, to))),
    strays: createStrays(store),
  }
}

/** Rows that no entry of the log accounts for. */
function createStrays(store: Store) {
  const placed = (['version', 'keyEvent', 'recordBody', 'logFact'] as const).map((table) => {
    const outside = kept(store.db, (db, size: number) =>
      db
        .selectFrom(table as 'version')
        .select('position')
        .where((eb) => eb.or([eb('position', '<', 0), eb('position', '>=', size)])),
    )
    return [table, outside] as const
  })
  const erasures = kept(store.db, (db, size: number) =>
    db
      .selectFrom('erasure')
      .select('entry as position')
      .where((eb) => eb.or([eb('entry', '<', 0), eb('entry', '>=', size)])),
  )
  const bodies = kept(store.db, (db) =>
    db
      .selectFrom('recordBody')
      .leftJoin('version', 'version.position', 'recordBody.position')
      .select('recordBody.position')
      .where('version.position', 'is', null),
  )
  const keys = kept(store.db, (db) =>
    db
      .selectFrom('issuerKey')
      .leftJoin('keyEvent', 'keyEvent.kid', 'issuerKey.kid')
      .select('issuerKey.kid')
      .where('keyEvent.kid', 'is', null),
  )
  const miscounted = createMiscounted(store)

  return async (size: number): Promise<FsckFault[]> => {
    const faults: FsckFault[] = []
    for (const [table, rows] of [...placed, ['erasure', erasures] as const]) {
      for (const { position: at } of await store.all(rows(size))) {
        faults.push({ table, at, detail: `the log has ${size} entries only` })
      }
    }
    for (const { position: at } of await store.all(bodies())) {
      faults.push({ table: 'recordBody', at, detail: 'no version stands here' })
    }
    for (const { kid } of await store.all(keys())) {
      faults.push({ table: 'issuerKey', detail: `the log knows of no key ${kid}` })
    }
    return [...faults, ...(await miscounted())]
  }
}

/** Guarantees without a first version, and those that count more versions than they have, or fewer. */
function createMiscounted(store: Store) {
  const headless = kept(store.db, (db) =>
    db
      .selectFrom('guarantee')
      .leftJoin('version', 'version.position', 'guarantee.position')
      .select(['guarantee.issuer', 'contractNumber'])
      .where('version.position', 'is', null),
  )
  const miscounted = kept(store.db, (db) =>
    db
      .selectFrom('guarantee')
      .leftJoin('version', (join) =>
        join
          .onRef('version.issuer', '=', 'guarantee.issuer')
          .onRef('version.numberKey', '=', 'guarantee.numberKey'),
      )
      .select(['guarantee.issuer', 'contractNumber', 'newestSeq'])
      .select(({ fn }) => fn.count<number>('version.position').as('found'))
      .groupBy(['guarantee.issuer', 'guarantee.numberKey'])
      .having((build) =>
        build(build.fn.count<number>('version.position'), '!=', build.ref('newestSeq')),
      ),
  )

  return async (): Promise<FsckFault[]> => {
    const faults: FsckFault[] = []
    for (const { issuer, contractNumber } of await store.all(headless())) {
      const detail = `${contractNumber} of ${issuer} has no first version`
      faults.push({ table: 'guarantee', detail })
    }
    for (const { issuer, contractNumber, newestSeq, found } of await store.all(miscounted())) {
      const detail = `${contractNumber} of ${issuer} counts ${newestSeq} versions, but ${found} are there`
      faults.push({ table: 'guarantee', detail })
    }
    return faults
  }
}

function byPosition<Row extends { position: number }>(rows: readonly Row[]): Map<number, Row> {
  return new Map(rows.map((row) => [row.position, row]))
}
