import type { Insertable } from 'kysely'
import { addDays, instant, startOfDay } from '../../../src/base/time.ts'
import { searchText } from '../../../src/desk/issue/version-rows.ts'
import { numberKey } from '../../../src/guarantee/contract-number.ts'
import type { Store } from '../../../src/store/store.ts'
import type { Tables } from '../../../src/store/tables.ts'
import { certificate } from '../../platform/sample.ts'
import { seeded } from '../../support/seeded.ts'

type Row = Insertable<Tables['issued']>

const WORKS = [
  '道路改良工事',
  '橋梁補修工事',
  '下水道管渠布設工事',
  '小学校改築工事',
  'トンネル工事',
]
const PLACES = ['市道本町線', '髙嶋川', '𠮷原地区', '見本第2', 'みなと']
const OWNERS = ['富士市長', 'みなも県知事', 'あおば町長']
const FIRMS = ['株式会社髙橋建設', '見本土木 有限会社', 'ミナモ工業（株）']
const KINDS = ['advance_payment', 'interim_advance_payment', 'contract'] as const
const BRANCHES = ['shizuoka', 'hamamatsu']

/** A row as the issue of a guarantee leaves it. */
export function issuedRow(change: Partial<Row> & Pick<Row, 'contractNumber' | 'org'>): Row {
  const { contractNumber } = change
  const worksName = change.worksName ?? '市道本町線 道路改良工事（第2工区）'
  const ownerName = change.ownerName ?? '富士市長'
  const contractorName = change.contractorName ?? '株式会社髙橋建設'
  return {
    issuer: 'east',
    numberKey: numberKey(contractNumber),
    application: `application-${contractNumber}`,
    kind: 'advance_payment',
    format: 'electronic',
    branch: 'shizuoka',
    state: 'in_force',
    newestSeq: 1,
    certificate: JSON.stringify(
      certificate({
        contractNumber,
        worksName,
        owner: { name: ownerName },
        contractor: { name: contractorName },
      }),
    ),
    sealedKey: null,
    keySince: null,
    worksName,
    searchText: searchText(
      [worksName, ownerName, contractNumber, numberKey(contractNumber)],
      [contractorName],
    ),
    ownerName,
    contractorName,
    contractPrice: 50_000_000,
    coverageEnd: '2026-09-30',
    issuedAt: '2026-02-03T05:00:00.000Z',
    arrivedAt: '2026-02-03T05:00:01.000Z',
    ...change,
  }
}

/** Guarantees as they come in over two years, seeded: the same rows each time. */
export function manyRows(count: number, seed = 20_261_128): Row[] {
  const below = seeded(seed)
  const pick = <T>(list: readonly T[]): T => list[below(list.length)] as T
  return Array.from({ length: count }, (_, n) => {
    const firm = below(FIRMS.length)
    const day = addDays('2024-02-01', below(730))
    return issuedRow({
      contractNumber: `10001-${String(n).padStart(6, '0')}`,
      org: `org-${firm}`,
      contractorName: FIRMS[firm] as string,
      worksName: `${pick(PLACES)} ${pick(WORKS)}（第${below(90)}工区）`,
      ownerName: pick(OWNERS),
      kind: pick(KINDS),
      format: below(5) === 0 ? 'paper' : 'electronic',
      branch: pick(BRANCHES),
      contractPrice: 1_000_000 * (1 + below(900)),
      // Few times of day: many are issued at the same instant.
      issuedAt: instant(Date.parse(startOfDay(day)) + below(4) * 3_600_000),
    })
  })
}

export async function putRows(store: Store, rows: readonly Row[]): Promise<void> {
  for (let at = 0; at < rows.length; at += 500) {
    const part = rows.slice(at, at + 500)
    await store.commit(part.map((row) => store.db.insertInto('issued').values(row).compile()))
  }
}
