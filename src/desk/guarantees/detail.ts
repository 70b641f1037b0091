import type { Member } from '../../accounts/member.ts'
import { Fault } from '../../base/fault.ts'
import type { Instant } from '../../base/time.ts'
import type { Certificate } from '../../guarantee/certificate.ts'
import { numberKey as foldNumber } from '../../guarantee/contract-number.ts'
import type { HistoryRow } from '../../guarantee/history.ts'
import type { EventKind } from '../../guarantee/record.ts'
import type { Access } from '../../ports.ts'
import type { Store } from '../../store/store.ts'
import { createPaperRows, type SheetSet } from '../issue/paper/paper-rows.ts'
import { createGuaranteeRows, type IssuedRow } from './guarantee-rows.ts'
import { arrivedVersions, contractorHistory } from './versions.ts'

/** What is on its way to the platform. */
export interface Pending {
  /** What it will be, once it has arrived. */
  event: EventKind | 'rekey'
  state: 'waiting' | 'refused'
  tries: number
  fault?: string
}

/** One guarantee as the desk has it. */
export interface Detail {
  row: IssuedRow
  /** The newest that has arrived; what is to arrive first, while nothing has. */
  certificate: Certificate
  /** Of the version that `certificate` is of; none while nothing has arrived, and on paper. */
  arrivedAt?: Instant
  /** When its auth key took the place of a former one. */
  rekeyedAt?: Instant
  /** Effective rows, newest first. */
  history: HistoryRow[]
  pending: Pending[]
  /** Every sheet that was made of it; none of an electronic one. */
  sheets: SheetSet[]
}

/**
 * One guarantee, for its contractor's organisation or for the company that gave it. That of anybody
 * else does not exist, and who asked for it is noted.
 * @throws Fault not_found
 */
export function createDetail(store: Store, access: Pick<Access, 'note'>) {
  const rows = createGuaranteeRows(store)
  const paperOf = createPaperRows(store)

  return async function detail(
    member: Member,
    issuer: string,
    contractNumber: string,
  ): Promise<Detail> {
    const numberKey = foldNumber(contractNumber)
    const row = await rows.one(issuer, numberKey)
    if (!row || !isOf(row, member)) {
      if (row) await access.note(foreign(member, row))
      throw new Fault('not_found', 'There is no such guarantee.')
    }
    const versions = await rows.versions(issuer, numberKey)
    const newest = arrivedVersions(versions).at(-1)
    const rekeyed = await rows.isRekeyed(issuer, numberKey)
    const { sets: sheets } = await paperOf(row)
    const said = sheets.length > 0 ? undefined : newest?.certificate
    const waiting = await rows.waiting(issuer, numberKey)
    const pending = waiting.map(({ seq, state, tries, fault }): Pending => {
      const event = versions.find((version) => version.seq === seq)?.event as EventKind | undefined
      return {
        event: event ?? 'rekey',
        state: state === 'refused' ? 'refused' : 'waiting',
        tries,
        ...(fault !== null && { fault }),
      }
    })
    return {
      row,
      certificate: said ?? (JSON.parse(row.certificate) as Certificate),
      ...(newest && { arrivedAt: newest.arrivedAt }),
      ...(rekeyed && { rekeyedAt: row.keySince as Instant }),
      history: contractorHistory(versions),
      pending,
      sheets,
    }
  }
}

/** A contractor's own organisation, or the company itself. */
function isOf({ org, issuer }: IssuedRow, { organisation }: Member): boolean {
  return organisation.kind === 'contractor'
    ? org === organisation.id
    : issuer === organisation.issuer
}

function foreign({ user, organisation }: Member, { issuer, numberKey }: IssuedRow) {
  const detail = { user, org: organisation.id }
  return { kind: 'foreign_id', issuer, numberKey, detail } as const
}
