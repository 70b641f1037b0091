import type { CompiledQuery, Kysely, Selectable } from 'kysely'
import type { Instant } from '../../base/time.ts'
import type { Certificate } from '../../guarantee/certificate.ts'
import { statusOf, type Version, versionOf } from '../../guarantee/history.ts'
import { searchFold } from '../../guarantee/name-variants.ts'
import { readRecord } from '../../guarantee/record.ts'
import { kept } from '../../store/kept.ts'
import type { Store } from '../../store/store.ts'
import type { Tables } from '../../store/tables.ts'

export type Issued = Selectable<Tables['issued']>
export type IssuedVersion = Selectable<Tables['issuedVersion']>

/** A guarantee of the desk with every record that the company signed for it, ascending. */
export interface Known {
  issued: Issued
  versions: IssuedVersion[]
}

/** Reads guarantees with their versions, as of one moment. */
export function createKnown(store: Store) {
  const guarantee = kept(store.db, (db, issuer: string, numberKey: string) =>
    db
      .selectFrom('issued')
      .selectAll()
      .where('issuer', '=', issuer)
      .where('numberKey', '=', numberKey),
  )
  const versionsOf = kept(store.db, (db, issuer: string, numberKey: string) =>
    db
      .selectFrom('issuedVersion')
      .selectAll()
      .where('issuer', '=', issuer)
      .where('numberKey', '=', numberKey)
      .orderBy('seq'),
  )
  return async (issuer: string, numberKey: string): Promise<Known | undefined> => {
    const place = [issuer, numberKey] as const
    const [[issued], versions] = await store.snapshot([guarantee(...place), versionsOf(...place)])
    return issued && { issued, versions }
  }
}

/**
 * Versions as the rules of the history read them; one that has not arrived stands at the end of
 * time. Their places in the log play no part in the rules.
 */
export function historyOf(versions: readonly IssuedVersion[]): Version[] {
  return versions.map(({ jws, seq, arrivedAt }) =>
    versionOf(readRecord(jws).payload, arrivedAt ?? '9999-12-31T23:59:59.999Z', seq - 1),
  )
}

/** Whether a record of the switch to paper is on its way. */
export function isSwitching(versions: readonly IssuedVersion[]): boolean {
  return versions.some(
    ({ arrivedAt, event, jws }) =>
      arrivedAt === null &&
      event === 'cancel' &&
      readRecord(jws).payload.reasonCode === 'converted_to_paper',
  )
}

/** What lists search a guarantee by, out of its certificate. */
export function searchColumns(certificate: Certificate, numberKey: string) {
  const { worksName, owner, contractor, jvName, contractNumber, contractPrice } = certificate
  const ownerName = owner.title ?? owner.name
  return {
    certificate: JSON.stringify(certificate),
    worksName,
    searchText: searchText(
      [worksName, ownerName, contractNumber, numberKey],
      [contractor.name, ...(jvName === undefined ? [] : [jvName])],
    ),
    ownerName,
    contractorName: contractor.name,
    contractPrice,
    coverageEnd: certificate.coverage.end,
  }
}

/**
 * What the works are found by (their owner and number too), and then what the contractor is;
 * {@link BETWEEN} stands between them.
 */
export function searchText(works: readonly string[], contractor: readonly string[]): string {
  return [works, contractor].map((texts) => texts.map(searchFold).join('\n')).join(BETWEEN)
}

/** In no text: the unit separator is none of the characters that names may have. */
export const BETWEEN = '\u001F'

/** The state of a guarantee whose versions have arrived up to the last of these. */
export function stateOf(versions: readonly Version[]): Issued['state'] {
  const { state } = statusOf(versions, '')
  return state === 'cancelled' || state === 'released' || state === 'on_paper' ? state : 'in_force'
}

/** A version that is to be sent: its row, and its place in the outbox. */
export function versionQueries(
  db: Kysely<Tables>,
  row: Omit<IssuedVersion, 'arrivedAt' | 'receipt' | 'statement'>,
): CompiledQuery[] {
  const { issuer, numberKey, seq, madeAt } = row
  return [
    db
      .insertInto('issuedVersion')
      .values({ ...row, arrivedAt: null, receipt: null })
      .compile(),
    submissionQuery(
      db,
      { issuer, numberKey, seq, sealedKey: null, madeBy: row.madeBy, keySince: null },
      madeAt,
    ),
  ]
}

/**
 * What waits to be sent: a version, or a new auth key with seq 0 and `keySince` of the one that it
 * replaces; the commit's `conflict` says that another one does.
 */
export function submissionQuery(
  db: Kysely<Tables>,
  row: Pick<
    Selectable<Tables['submission']>,
    'issuer' | 'numberKey' | 'seq' | 'sealedKey' | 'madeBy' | 'keySince'
  >,
  madeAt: Instant,
): CompiledQuery {
  const fresh = { state: 'waiting', tries: 0, nextAt: madeAt, fault: null, madeAt } as const
  return db
    .insertInto('submission')
    .values({ ...row, ...fresh })
    .compile()
}
