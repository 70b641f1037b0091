import { expect, test } from 'vitest'
import { readConditions } from '../../src/desk/guarantees/choice.ts'
import { createPageRows, SHOWN } from '../../src/desk/guarantees/page-rows.ts'
import { issuedRow, putRows } from '../desk/guarantees/many.ts'
import { engine } from './engine.ts'

test('guarantees are found by texts of any length, and are not by what was changed', async () => {
  const database = await (await engine()).newDatabase()
  const store = database.open()
  const one = (n: number, worksName: string) =>
    issuedRow({ contractNumber: `20000-00000${n}`, org: 'org-1', worksName })
  await putRows(store, [one(1, '𠮷原橋 橋梁補修工事'), one(2, '市道本町線 道路改良工事')])
  const page = createPageRows(store, SHOWN)
  const found = async (works: string) => {
    const { choice } = readConditions({ works })
    const rows = await page({ org: 'org-1' }, choice, undefined, false, 51)
    return rows.map(({ contractNumber }) => contractNumber)
  }
  for (const text of ['吉', '橋梁', '梁補修', '00-000001']) {
    expect(await found(text), text).toEqual(['20000-000001'])
  }
  expect(await found('工事')).toEqual(['20000-000002', '20000-000001'])
  expect(await found('高橋建設')).toEqual([])
  const { searchText } = one(1, '桜橋')
  const update = store.db.updateTable('issued').set({ searchText })
  await store.commit([update.where('numberKey', '=', '20000000001').compile()])
  expect(await found('橋梁')).toEqual([])
  expect(await found('桜')).toEqual(['20000-000001'])
})
