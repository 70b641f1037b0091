import { stringify } from 'csv-stringify/sync'
import { Fault } from '../../base/fault.ts'
import { dayInTokyo, listTime } from '../../base/time.ts'
import type { Store } from '../../store/store.ts'
import { KIND_WORDS } from '../application/status-words.ts'
import { stateWords } from '../issue/life-words.ts'
import type { Choice, Place } from './choice.ts'
import { createPageRows, type Issued, SHOWN, type Side } from './page-rows.ts'
import { formatWords } from './words.ts'

/** Rows that are read at once, and that a file has at most. */
const AT_ONCE = 1000
const MOST = 100_000
const TOO_MANY = 'These are more rows than one file takes; choose a shorter period.'

const HEAD = [
  '保証種類',
  '保証契約番号',
  '契約者',
  '発注者名',
  '工事名',
  '請負金額',
  '形式',
  '状態',
  '発行日',
  '電子保証発行日時',
]

const COLUMNS = [...SHOWN, 'contractorName', 'arrivedAt'] as const
type Row = Pick<Issued, (typeof COLUMNS)[number]>

/**
 * The chosen guarantees as CSV for spreadsheets: UTF-8 with a byte order mark, CRLF, every text
 * quoted, and what begins like a formula made a text by an apostrophe. Never a key.
 * The file is whole, or there is none.
 * @throws Fault body_too_large
 */
export function createGuaranteeCsv(store: Store, most = MOST) {
  const rowsOf = createPageRows(store, COLUMNS)

  return async function guaranteeCsv(side: Side, choice: Choice): Promise<string> {
    const found: Row[] = []
    let place: Place | undefined
    for (;;) {
      const more = await rowsOf(side, choice, place, false, AT_ONCE)
      found.push(...more)
      place = more.at(-1)
      if (found.length > most) throw new Fault('body_too_large', TOO_MANY)
      if (more.length < AT_ONCE) break
    }
    return stringify([HEAD, ...found.map(cells)], {
      bom: true,
      record_delimiter: 'windows',
      quoted_string: true,
      escape_formulas: true,
    })
  }
}

function cells(row: Row): (string | number)[] {
  return [
    (KIND_WORDS as Record<string, string>)[row.kind] ?? row.kind,
    row.contractNumber,
    row.contractorName,
    row.ownerName,
    row.worksName,
    row.contractPrice,
    formatWords[row.format],
    stateWords[row.state],
    dayInTokyo(row.issuedAt).replaceAll('-', '/'),
    row.arrivedAt === null ? '' : listTime(row.arrivedAt),
  ]
}
