import { beforeAll, expect, test } from 'vitest'
import { type Entry, parseEntry } from '../../src/log/entry.ts'
import { createFsck } from '../../src/platform/fsck/fsck.ts'
import { AUTH_KEY, NUMBER } from '../platform/sample.ts'
import { type Engine, engine } from './engine.ts'
import { amended, type Line, newLine, openLine, PAIR } from './line.ts'

let here: Engine
beforeAll(async () => {
  here = await engine()
})

const WRONG = { contractNumber: NUMBER, authKey: `${AUTH_KEY.slice(0, -1)}y` }

async function rowsOf({ ports: { store } }: Line) {
  const notes = await store.db.selectFrom('accessNote').selectAll().orderBy('id').execute()
  const entries = await store.db.selectFrom('logEntry').select('entry').execute()
  return {
    notes,
    heads: entries
      .map(({ entry }) => parseEntry(Uint8Array.from(entry)) as Entry)
      .flatMap((entry) => (entry.kind === 'access-head' ? [entry.count] : [])),
  }
}

async function faults({ ports }: Line): Promise<string[]> {
  const found: string[] = []
  const settings = { platform: '', origin: 'hosho.example.lg.jp/akashi' }
  await createFsck(ports, settings)(({ table, at }) => void found.push(`${table} ${at}`))
  return found
}

test('failures are written up to the budget and counted past it; all is chained and anchored', async () => {
  const line = await newLine(here)
  await amended(line)
  const checker = { department: '契約検査課', name: '山田' }
  expect((await line.post('/v1/lookup', { ...PAIR, checker })).status).toBe(200)
  for (let i = 0; i < 25; i++) expect((await line.post('/v1/lookup', WRONG)).status).toBe(404)
  expect((await rowsOf(line)).notes).toHaveLength(21)

  line.clock.pass(60_000)
  const other = await openLine(line.database, line.clock)
  await line.platform.housekeeping()
  await other.platform.housekeeping()
  const { notes, heads } = await rowsOf(line)
  expect(notes.at(-1)?.detail).toContain('"count":"5"')
  expect(notes).toHaveLength(22)
  expect(heads).toEqual([22])
  expect(await faults(line)).toEqual([])

  const erase = line.ports.store.db
    .updateTable('accessNote')
    .set((eb) => ({
      salt: null,
      detail: eb.fn('json_remove', ['detail', eb.val('$.department'), eb.val('$.name')]),
    }))
    .where('salt', 'is not', null)
  await line.ports.store.commit([erase.compile()])
  expect(JSON.stringify((await rowsOf(line)).notes)).not.toContain('山田')
  expect(await faults(line)).toEqual([])
  const change = line.ports.store.db.updateTable('accessNote').set({ kind: 'x' })
  await expect(line.ports.store.commit([change.compile()])).rejects.toThrow('append-only')
})
