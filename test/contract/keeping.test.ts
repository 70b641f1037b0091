import { beforeAll, expect, test } from 'vitest'
import { createFsck } from '../../src/platform/fsck/fsck.ts'
import { createReopen } from '../../src/platform/keeping/reopen.ts'
import { bearer } from '../platform/bearer.ts'
import { AUTH_KEY, NUMBER } from '../platform/sample.ts'
import { type Engine, engine } from './engine.ts'
import { amended, KEY, type Line, newLine, numbered, openLine, submit } from './line.ts'

const ORIGIN = 'hosho.example.lg.jp/akashi'

let here: Engine
beforeAll(async () => {
  here = await engine()
})

const sample = ({ platform }: Line) =>
  platform.lookup.byPair({ contractNumber: NUMBER, authKey: AUTH_KEY }, {})

/** What fsck tells, `table at` each. */
async function faultsOf({ ports, platform }: Line): Promise<string[]> {
  const found: string[] = []
  const fsck = createFsck(ports, platform.identity)
  await fsck(({ table, at }) => found.push(`${table} ${at ?? ''}`), { guard: false })
  return found
}

test('a body goes as the log says, and in no other way', async () => {
  const line = await newLine(here)
  await amended(line)
  const { db, commit } = line.ports.store
  const strike = db.deleteFrom('recordBody').compile()
  await expect(commit([strike])).rejects.toThrow('append-only: recordBody')
  // An entry that says nothing of it excuses nothing.
  const excuse = db.insertInto('erasure').values({ position: 1, entry: 2 }).compile()
  await expect(commit([excuse, strike])).rejects.toThrow('append-only: erasure')
  expect((await sample(line)).verdict).toBe('verified')
  const wish = { issuer: 'east', contractNumber: NUMBER, reason: 'retention_ended' }
  expect((await line.platform.erase(wish)).seqs).toEqual([1, 2])
  const { verdict, checks } = await sample(line)
  expect([verdict, checks[0]?.code]).toEqual(['indeterminate', 'BODY_ERASED'])
  expect(await faultsOf(line)).toEqual([])
})

test('a log that lost records goes on under an origin of its own', async () => {
  const line = await newLine(here)
  await amended(line)
  const { guard } = line.ports
  const lost = { ...guard, read: async () => ({ state: 'absent' }) as const }
  const reopen = createReopen({ ...line.ports, guard: lost }, line.platform.identity)
  expect((await reopen(() => true)).origin).toBe(`${ORIGIN}/2`)
  const late = await submit(line, await line.sign({ sub: numbered(1) }))
  expect([late.status, JSON.parse(late.text).code]).toEqual([503, 'store_unavailable'])

  const again = await openLine(line.database, line.clock)
  const record = await again.sign({ sub: numbered(2), jti: '0198c0de-0000-7000-8000-000000000099' })
  expect((await submit(again, record)).status).toBe(401)
  const own = await bearer({ ...again, issuer: KEY })
  const { receipt } = await again.platform.intake({ record, authKey: AUTH_KEY }, own)
  expect([receipt.index, receipt.proof]).toEqual([3, expect.stringContaining(`${ORIGIN}/2\n`)])
  const { log } = await again.platform.trust()
  expect(log.previous).toMatchObject([{ origin: ORIGIN, size: 3 }])
  expect((await sample(again)).verdict).toBe('verified')
  expect(await faultsOf(again)).toEqual([])
})
