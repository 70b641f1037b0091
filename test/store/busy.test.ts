import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, onTestFinished, test } from 'vitest'
import { openSqlite } from '../../src/store/sqlite.ts'
import type { Store } from '../../src/store/store.ts'

/** A store beside another process that has begun to write and does not end it. */
async function beside(): Promise<{ store: Store; end: () => void }> {
  const folder = mkdtempSync(join(tmpdir(), 'akashi-busy-'))
  const path = join(folder, 'a.db')
  const other = new Database(path)
  other.pragma('journal_mode = WAL')
  other.exec('CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL)')
  const store = openSqlite(path)
  onTestFinished(async () => {
    await store.close()
    other.close()
    rmSync(folder, { recursive: true })
  })
  other.exec('BEGIN IMMEDIATE')
  return { store, end: () => other.exec('COMMIT') }
}

const row = (store: Store, name: string) =>
  store.db.insertInto('setting').values({ name, value: 'x' }).compile()

test('a commit waits for another process to end its own, and others get their turn meanwhile', async () => {
  const { store, end } = await beside()
  const order: string[] = []
  const committed = store.commit([row(store, 'a')]).then(() => order.push('committed'))
  await new Promise((resolve) => setTimeout(resolve, 60))
  order.push('somebody else')
  end()
  await committed
  expect(order).toEqual(['somebody else', 'committed'])
  expect(await store.all(store.db.selectFrom('setting').select('name').compile())).toEqual([
    { name: 'a' },
  ])
})

test('rows aside do not wait, but are refused; with the way free they are taken', async () => {
  const { store, end } = await beside()
  await expect(store.commitAside([row(store, 'a')])).rejects.toMatchObject({
    reason: 'unavailable',
  })
  end()
  await store.commitAside([row(store, 'a')])
  await expect(store.commitAside([row(store, 'a')])).rejects.toMatchObject({ reason: 'conflict' })
})
