import Database from 'better-sqlite3'
import fc from 'fast-check'
import { type CompiledQuery, sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { readConditions } from '../../../src/desk/guarantees/choice.ts'
import { createFewHold } from '../../../src/desk/guarantees/letters.ts'
import { createPageRows, SHOWN } from '../../../src/desk/guarantees/page-rows.ts'
import { BETWEEN } from '../../../src/desk/issue/version-rows.ts'
import { openSqlite } from '../../../src/store/sqlite.ts'
import type { Store } from '../../../src/store/store.ts'
import { seeded } from '../../support/seeded.ts'
import { fileWithTables, migrateAll } from './file.ts'
import { issuedRow, putRows } from './many.ts'

/** Letters of which many names are made, and such as few have; of one, two, three and four bytes. */
const LETTERS = [...'道路橋工事第1２－-aÄ', ...'髙𠮷ｱか゛%_"~\u{10FFFF}株']
const ROWS = 1500
const MOST = 2000

const below = seeded(41)
const name = () =>
  Array.from(
    { length: 1 + below(12) },
    () => LETTERS[Math.min(below(24), below(24), below(24))],
  ).join('')

let store: Store
let path: string

beforeAll(async () => {
  const file = fileWithTables()
  const { remove } = file
  path = file.path
  store = openSqlite(path)
  const rows = Array.from({ length: ROWS }, (_, n) =>
    issuedRow({
      contractNumber: `10001-${String(n).padStart(6, '0')}`,
      org: `org-${n % 2}`,
      worksName: name(),
      ownerName: name(),
      contractorName: name(),
    }),
  )
  await putRows(store, rows)
  return async () => {
    await store.close()
    remove()
  }
})

/** The meaning of a search, by looking through every row. */
async function walked(works = '', contractor = ''): Promise<string[]> {
  const place = sql`instr(searchText, ${BETWEEN})`
  const query = sql<{ numberKey: string }>`SELECT numberKey FROM issued WHERE org = 'org-1'
    AND instr(substr(searchText, 1, ${place}), ${works}) > 0
    AND instr(substr(searchText, ${place}), ${contractor}) > 0`
  const { rows } = await query.execute(store.db)
  return rows.map(({ numberKey }) => numberKey).toSorted()
}

describe('a search finds what looking through every row finds', () => {
  const typed = fc.oneof(
    fc.constant(''),
    fc.array(fc.constantFrom(...LETTERS), { maxLength: 5 }).map((letters) => letters.join('')),
    fc.constantFrom(
      '10001-00',
      '1-0001',
      '000149',
      '149',
      '9\n1',
      BETWEEN,
      `a${BETWEEN}`,
      '\u0000',
    ),
  )

  test('for whatever is typed', async () => {
    const page = createPageRows(store, SHOWN)
    let found = 0
    await fc.assert(
      fc.asyncProperty(typed, typed, async (works, contractor) => {
        const { choice } = readConditions({ works, contractor })
        const rows = await page({ org: 'org-1' }, choice, undefined, false, MOST)
        found += rows.length
        const numbers = rows.map(({ numberKey }) => numberKey).toSorted()
        expect(numbers).toEqual(await walked(choice.works, choice.contractor))
      }),
      { numRuns: 300 },
    )
    expect(found).toBeGreaterThan(0)
  })

  test('by what few hold, where there is such', async () => {
    const fewHold = createFewHold(store)
    expect(await fewHold(['10001-000'])).toBeUndefined()
    expect(await fewHold(['10001-0001', '道'])).toBeUndefined()
    expect(await fewHold(['10001-000149'])).toEqual({ first: '014', last: '014' })
    expect(await fewHold([''])).toBeUndefined()
  })

  test('of letters that many held it is not asked again, of others it is', async () => {
    const counted: number[] = []
    const fewHold = createFewHold({
      ...store,
      snapshot(queries) {
        counted.push(queries.length)
        return store.snapshot(queries)
      },
    })
    expect(await fewHold(['10001-000'])).toBeUndefined()
    expect(await fewHold(['10001-000'])).toBeUndefined()
    expect(counted).toEqual([7])
    const rare = { first: '014', last: '014' }
    expect(await fewHold(['10001-000149'])).toEqual(rare)
    expect(await fewHold(['10001-000149'])).toEqual(rare)
    expect(counted).toEqual([7, 2, 2])
  })
})

describe('a list is walked along an index, in its order', () => {
  const plans: string[] = []
  let planned: Store

  beforeAll(() => {
    const db = new Database(path, { readonly: true })
    planned = {
      ...store,
      all<Row>(query: CompiledQuery<Row>) {
        const steps = db.prepare(`EXPLAIN QUERY PLAN ${query.sql}`).all(...query.parameters)
        plans.push(steps.map((step) => (step as { detail: string }).detail).join('\n'))
        return store.all(query)
      },
    }
    return () => void db.close()
  })

  const sides = [{ org: 'org-1' }, { issuer: 'east' }]
  const choices = [{}, { kind: 'contract', works: '道', contractor: '路' }]
  const asked = sides.flatMap((side) => choices.map((conditions) => ({ side, conditions })))
  test.each(asked)('for $side, $conditions', async ({ side, conditions }) => {
    const page = createPageRows(planned, SHOWN)
    const [name = ''] = Object.keys(side)
    for (const back of [false, true]) {
      await page(side, readConditions(conditions).choice, undefined, back, MOST)
      const begin = `SEARCH issued USING INDEX issued_${name} (${name}=? AND `
      const [first = ''] = plans.at(-1)?.split('\n') ?? []
      expect(first.slice(0, begin.length)).toBe(begin)
      expect(first).toContain(back ? 'issuedAt<?' : 'issuedAt>?')
      expect(plans.at(-1)).not.toContain('TEMP B-TREE')
    }
  })
})

describe('the letters of a guarantee', () => {
  const lettersOf = (text: string) => {
    const symbols = [...text]
    return [...new Set(symbols.map((_, at) => symbols.slice(at, at + 3).join('')))].toSorted()
  }
  const kept = async (of: Store, numberKey: string) => {
    const query = of.db.selectFrom('issuedLetters').select('letters')
    const rows = await query.where('numberKey', '=', numberKey).execute()
    return rows.map(({ letters }) => letters).toSorted()
  }

  test('follow what it is found by, and go with it', async () => {
    const row = issuedRow({
      contractNumber: '20000-000001',
      org: 'org-2',
      worksName: '𠮷田𠮷田𠮷田',
    })
    const { numberKey, searchText } = row
    await putRows(store, [row])
    expect(await kept(store, numberKey)).toEqual(lettersOf(searchText))
    const changed = searchText.replace('吉田', '橋')
    expect(changed).not.toBe(searchText)
    const update = store.db.updateTable('issued').set({ searchText: changed })
    await store.commit([update.where('numberKey', '=', numberKey).compile()])
    expect(await kept(store, numberKey)).toEqual(lettersOf(changed))
    const one = store.db.deleteFrom('issued').where('numberKey', '=', numberKey)
    await store.commit([one.compile()])
    expect(await kept(store, numberKey)).toEqual([])
  })

  test('are there of one that was there before them', async () => {
    const { path: older, remove } = fileWithTables((name) => name < '0023')
    const before = openSqlite(older)
    const row = issuedRow({ contractNumber: '20000-000001', org: 'org-2' })
    await putRows(before, [row])
    await before.close()
    migrateAll(older)
    const after = openSqlite(older)
    expect(await kept(after, row.numberKey)).toEqual(lettersOf(row.searchText))
    await after.close()
    remove()
  })
})
