import { parse } from 'csv-parse/sync'
import { beforeAll, describe, expect, test } from 'vitest'
import { placeText, readConditions, readPlace } from '../../../src/desk/guarantees/choice.ts'
import { createGuaranteeCsv } from '../../../src/desk/guarantees/guarantee-csv.ts'
import { createList } from '../../../src/desk/guarantees/list.ts'
import type { Listed, Side } from '../../../src/desk/guarantees/page-rows.ts'
import { openSqlite } from '../../../src/store/sqlite.ts'
import type { Store } from '../../../src/store/store.ts'
import { fileWithTables } from './file.ts'
import { issuedRow, manyRows, putRows } from './many.ts'

const ROWS = manyRows(5000)
const COMPANY: Side = { issuer: 'east' }

let store: Store

beforeAll(async () => {
  const { path, remove } = fileWithTables()
  store = openSqlite(path)
  await putRows(store, ROWS)
  return async () => {
    await store.close()
    remove()
  }
}, 60_000)

/** The same choice, made by looking at every row. */
function bruteForce(keep: (row: (typeof ROWS)[number]) => boolean): string[] {
  const key = (row: (typeof ROWS)[number]) => `${row.issuedAt}~${row.issuer}~${row.numberKey}`
  return ROWS.filter(keep)
    .toSorted((a, b) => (key(a) < key(b) ? 1 : -1))
    .map(({ contractNumber }) => contractNumber)
}

/** Every page after the other. */
async function walk(side: Side, query: Record<string, string>, most: number): Promise<string[][]> {
  const list = createList(store)
  const { choice, errors } = readConditions(query)
  expect(errors).toEqual([])
  const pages: string[][] = []
  let after: Listed | undefined
  for (let number = 1; ; ) {
    const page = await list(side, choice, after ? { after, number } : { number }, most)
    expect(page.first).toBe(number)
    pages.push(page.rows.map(({ contractNumber }) => contractNumber))
    if (!page.next) return pages
    after = page.rows.at(-1)
    number += page.rows.length
  }
}

describe('5,000 guarantees', () => {
  test('a contractor walks through all of its own, newest first, each once, and no other firm’s', async () => {
    const pages = await walk({ org: 'org-0' }, {}, 50)
    expect(pages.flat()).toEqual(bruteForce(({ org }) => org === 'org-0'))
    expect(pages.slice(0, -1).every((page) => page.length === 50)).toBe(true)
  })

  test('a company sees those of every firm, and by branch', async () => {
    expect((await walk(COMPANY, {}, 1000)).flat()).toEqual(bruteForce(() => true))
    expect((await walk(COMPANY, { branch: 'hamamatsu' }, 1000)).flat()).toEqual(
      bruteForce(({ branch }) => branch === 'hamamatsu'),
    )
    expect(await walk({ issuer: 'marine' }, {}, 50)).toEqual([[]])
  })

  test.each<[string, Record<string, string>, (row: (typeof ROWS)[number]) => boolean]>([
    ['保証種類', { kind: 'contract' }, ({ kind }) => kind === 'contract'],
    [
      '期間, both days included, in any spelling',
      { from: '令和7年4月1日', to: '2025/6/30' },
      ({ issuedAt }) =>
        issuedAt >= '2025-03-31T15:00:00.000Z' && issuedAt < '2025-06-30T15:00:00.000Z',
    ],
    [
      '期間 from a day on',
      { from: '20251114' },
      ({ issuedAt }) => issuedAt >= '2025-11-13T15:00:00.000Z',
    ],
    [
      '期間 of one day',
      { from: 'R7.4.1', to: 'R7.4.1' },
      ({ issuedAt }) =>
        issuedAt >= '2025-03-31T15:00:00.000Z' && issuedAt < '2025-04-01T15:00:00.000Z',
    ],
    ['工事名 in part', { works: '橋梁補修' }, ({ worksName }) => worksName.includes('橋梁補修')],
    ['工事名 of one letter', { works: '𠮷' }, ({ worksName }) => worksName.includes('𠮷')],
    [
      '工事名 by the plain form of 髙',
      { works: '高嶋' },
      ({ worksName }) => worksName.includes('髙嶋'),
    ],
    [
      '工事名 in half-width kana',
      { works: 'ﾄﾝﾈﾙ' },
      ({ worksName }) => worksName.includes('トンネル'),
    ],
    [
      '工事名 in hiragana',
      { works: 'とんねる' },
      ({ worksName }) => worksName.includes('トンネル'),
    ],
    [
      '契約者 by its abbreviation',
      { contractor: 'みなも工業株式会社' },
      ({ org }) => org === 'org-2',
    ],
    [
      'a contract number',
      { works: '10001-004321' },
      ({ contractNumber }) => contractNumber === '10001-004321',
    ],
    [
      'all at once',
      {
        kind: 'advance_payment',
        from: '2024/6/1',
        to: '2025/3/31',
        works: '道路',
        contractor: '高橋',
      },
      ({ kind, issuedAt, worksName, org }) =>
        kind === 'advance_payment' &&
        issuedAt >= '2024-05-31T15:00:00.000Z' &&
        issuedAt < '2025-03-31T15:00:00.000Z' &&
        worksName.includes('道路') &&
        org === 'org-0',
    ],
    ['工事名, which the name of a contractor is not', { works: 'みなも工業' }, () => false],
    [
      '工事名 by the owner, as the hint says',
      { works: 'みなも県' },
      ({ ownerName }) => ownerName === 'みなも県知事',
    ],
    ['契約者, which the owner is not', { contractor: 'みなも県' }, () => false],
    ['契約者, which the works are not', { contractor: '道路' }, () => false],
    ['契約者, which the number is not', { contractor: '10001-004321' }, () => false],
    ['what nobody has', { works: '%' }, () => false],
    ['an underscore, which is no wildcard', { works: '_' }, () => false],
  ])('are chosen by %s', async (_name, query, keep) => {
    expect((await walk(COMPANY, query, 200)).flat()).toEqual(bruteForce(keep))
  })

  test('back again, a page shows what it showed before, with the same numbers', async () => {
    const list = createList(store)
    const { choice } = readConditions({ works: '道路' })
    const first = await list(COMPANY, choice, { number: 1 }, 50)
    const second = await list(
      COMPANY,
      choice,
      { after: first.rows.at(-1) as Listed, number: 51 },
      50,
    )
    const back = await list(COMPANY, choice, { before: second.rows[0] as Listed, number: 50 }, 50)
    expect(back).toEqual({ ...first, next: true })
    const third = await list(
      COMPANY,
      choice,
      { after: second.rows.at(-1) as Listed, number: 101 },
      50,
    )
    const again = await list(COMPANY, choice, { before: third.rows[0] as Listed, number: 100 }, 50)
    expect(again).toEqual(second)
  })

  test('a guarantee that is issued meanwhile moves no row to another page', async () => {
    const list = createList(store)
    const side: Side = { org: 'org-new' }
    const one = (n: number, at: string) =>
      issuedRow({ contractNumber: `20000-00000${n}`, org: 'org-new', issuedAt: at })
    await putRows(
      store,
      [1, 2, 3, 4].map((n) => one(n, `2026-01-0${n}T00:00:00.000Z`)),
    )
    const first = await list(side, {}, { number: 1 }, 2)
    await putRows(store, [one(5, '2026-01-05T00:00:00.000Z')])
    const second = await list(side, {}, { after: first.rows.at(-1) as Listed, number: 3 }, 2)
    expect(second.rows.map(({ contractNumber }) => contractNumber)).toEqual([
      '20000-000002',
      '20000-000001',
    ])
    await store.commit([store.db.deleteFrom('issued').where('org', '=', 'org-new').compile()])
  })
})

test('検索条件 that are wrong are told, each at its field, and keep what was typed', () => {
  const { typed, choice, errors } = readConditions({
    from: '昨日',
    to: '2025/2/30',
    works: ' 道路 ',
  })
  expect(typed).toEqual({ from: '昨日', to: '2025/2/30', works: '道路' })
  expect(errors.map(({ field }) => field)).toEqual(['from', 'to'])
  expect(choice).toEqual({ works: '道路' })
  expect(
    readConditions({ from: '2025/3/2', to: '2025/3/1' }).errors.map(({ field }) => field),
  ).toEqual(['to'])
  expect(readConditions({ kind: "' OR 1=1" }).choice).toEqual({})
})

test('a place in an address is read back, and anything else is none', () => {
  const place = { issuedAt: '2025-11-14T05:00:00.000Z', issuer: 'east', numberKey: '12345678901' }
  expect(readPlace(placeText(place))).toEqual(place)
  for (const text of ['', '~~', 'x~east~1', '2025-11-14T05:00:00.000Z~east', undefined]) {
    expect(readPlace(text)).toBeUndefined()
  }
})

describe('CSV', () => {
  test('is whole, or there is none', async () => {
    const whole = await createGuaranteeCsv(store, 5000)(COMPANY, {})
    expect(parse(whole, { bom: true })).toHaveLength(5001)
    await expect(createGuaranteeCsv(store, 4999)(COMPANY, {})).rejects.toMatchObject({
      code: 'body_too_large',
    })
  })

  test('holds every chosen row and opens in a spreadsheet: mark, CRLF, no key', async () => {
    const csv = await createGuaranteeCsv(store)({ org: 'org-0' }, {})
    expect(csv.startsWith('\uFEFF"保証種類","保証契約番号"')).toBe(true)
    expect(csv.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
    const rows = parse(csv, { bom: true, columns: true }) as Record<string, string>[]
    expect(rows.map((row) => row.保証契約番号)).toEqual(bruteForce(({ org }) => org === 'org-0'))
    expect(Object.keys(rows[0] ?? {})).not.toContain('認証キー')
  })

  test('keeps names byte for byte, and makes no formula of one', async () => {
    const names = [
      '髙﨑𠮷 邊󠄀 神㈱①',
      '=HYPERLINK("http://x")',
      '+1',
      '-1',
      '@x',
      '\tx',
      '見本"工事"',
    ]
    await putRows(
      store,
      names.map((worksName, n) =>
        issuedRow({
          contractNumber: `30000-00000${n}`,
          org: 'org-names',
          worksName,
          issuedAt: `2026-01-0${n + 1}T00:00:00.000Z`,
        }),
      ),
    )
    const csv = await createGuaranteeCsv(store)({ org: 'org-names' }, {})
    const rows = parse(csv, { bom: true, columns: true }) as Record<string, string>[]
    expect(rows.map((row) => row.工事名).toReversed()).toEqual([
      names[0],
      `'${names[1]}`,
      "'+1",
      "'-1",
      "'@x",
      "'\tx",
      names[6],
    ])
    await store.commit([store.db.deleteFrom('issued').where('org', '=', 'org-names').compile()])
  })
})
