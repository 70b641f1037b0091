import { expect, test, vi } from 'vitest'
import { instant } from '../../src/base/time.ts'
import { readRecord } from '../../src/guarantee/record.ts'
import { createStoredBefore, type Named } from '../../src/platform/intake/stored-before.ts'
import { behind } from './behind.ts'
import { AUTH_KEY, NUMBER, newWorld, payload, START } from './world.ts'

const OTHER = '99999-999999'
const group = () => ({ arrived: instant(START), head: '', memory: new Map<string, unknown>() })

const named = (jti: string, sub: string, issuer = 'east'): Named => ({
  issuer,
  record: { payload: { jti, sub } },
})

test('tells of each that waits whether its jti or its guarantee is known, in one statement', async () => {
  const world = await newWorld()
  const [record = ''] = await world.issue()
  const { jti } = readRecord(record).payload
  const other = payload().jti
  const expected: [Named, { jti: boolean; guarantee: boolean }][] = [
    [named(other, OTHER), { jti: false, guarantee: false }],
    [named(jti, OTHER), { jti: true, guarantee: false }],
    [named(other, NUMBER), { jti: false, guarantee: true }],
    // As it is kept: without its hyphen.
    [named(jti, NUMBER.replace('-', '')), { jti: true, guarantee: true }],
    [named(jti, NUMBER, 'west'), { jti: false, guarantee: false }],
  ]
  const waiting = new Set(expected.map(([one]) => one))
  const storedBefore = createStoredBefore(world.ports.store, waiting, 5)
  const all = vi.spyOn(world.ports.store, 'all')
  const one = group()
  for (const [of, answer] of expected) expect(await storedBefore(of, one)).toEqual(answer)
  expect(all).toHaveBeenCalledTimes(1)

  // Whoever was not asked for has to be read.
  const late = named(other, OTHER)
  expect(await storedBefore(late, one)).toEqual({ jti: true, guarantee: true })
  waiting.add(late)
  const [first] = expected.map(([one]) => one) as [Named]
  expect(await storedBefore(late, group()), 'behind as many as a group has').toEqual({
    jti: true,
    guarantee: true,
  })
  waiting.delete(first)
  expect(await storedBefore(late, group())).toEqual({ jti: false, guarantee: false })
})

test.each(['guarantee', 'version'])('without its rows of %s a guarantee is known', async (lost) => {
  const world = await newWorld()
  await world.issue()
  const other = named(payload().jti, NUMBER)
  behind(world).exec(`PRAGMA foreign_keys = OFF; DELETE FROM ${lost}`)
  const storedBefore = createStoredBefore(world.ports.store, new Set([other]), 1)
  expect(await storedBefore(other, group())).toMatchObject({ guarantee: true })
})

test('a batch of new records reads no more than one of them does', async () => {
  const world = await newWorld()
  const all = vi.spyOn(world.ports.store, 'all')
  const reads: number[] = []
  // The first start of all reads what it keeps; up to twenty are opened in one turn.
  for (const [place, count] of [1, 1, 20].entries()) {
    const records = await Promise.all(
      Array.from({ length: count }, (_, i) =>
        world.sign(payload({ sub: `1000${place}-${String(i).padStart(6, '0')}` })),
      ),
    )
    all.mockClear()
    const lines = records.map((record) => ({ record, authKey: AUTH_KEY }))
    for (const outcome of await world.platform.intakeBatch(lines)) {
      expect(outcome).toHaveProperty('submitted')
    }
    reads.push(all.mock.calls.length)
  }
  expect(reads[2]).toBe(reads[1])
})
