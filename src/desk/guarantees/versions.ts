import { sha256, utf8 } from '../../base/bytes.ts'
import type { Instant } from '../../base/time.ts'
import { type HistoryRow, history, type Version, versionOf } from '../../guarantee/history.ts'
import { rereadRecord } from '../../guarantee/record.ts'
import type { Receipt } from '../../log/bundle.ts'
import type { VersionRow } from './guarantee-rows.ts'

/** What the company signed and the platform has taken in, oldest first. */
export function arrivedVersions(rows: readonly VersionRow[]): Version[] {
  return rows.flatMap((row) => (row.arrivedAt === null ? [] : [arrived(row, row.arrivedAt)]))
}

/** Our own record, whose bytes were judged when it was signed. */
function arrived({ jws, receipt }: VersionRow, arrivedAt: Instant): Version {
  const { index } = JSON.parse(receipt ?? '{"index":0}') as Pick<Receipt, 'index'>
  return versionOf(rereadRecord(jws, sha256(utf8(jws))).payload, arrivedAt, index)
}

/** 電子保証情報（履歴情報）: the effective rows alone, newest first. */
export function contractorHistory(rows: readonly VersionRow[]): HistoryRow[] {
  return history(arrivedVersions(rows), 'contractor').reverse()
}
