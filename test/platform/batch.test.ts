import { describe, expect, test, vi } from 'vitest'
import { base64url } from '../../src/base/bytes.ts'
import { Fault } from '../../src/base/fault.ts'
import { readRecord } from '../../src/guarantee/record.ts'
import { AUTH_KEY, newWorld, payload } from './world.ts'

const numbered = (i: number) => `12345-${String(i).padStart(6, '0')}`

describe('a batch', () => {
  test('is answered line by line in its order, and a bad line in the middle fails alone', async () => {
    const world = await newWorld()
    const records = await Promise.all(
      Array.from({ length: 40 }, (_, i) => world.sign(payload({ sub: numbered(i) }))),
    )
    const lines = records.map((record) => ({ record, authKey: AUTH_KEY }))
    lines[17] = { record: `${records[17]?.slice(0, -8)}AAAAAAAA`, authKey: AUTH_KEY }
    const outcomes = await world.platform.intakeBatch(lines)
    expect(outcomes).toHaveLength(40)
    outcomes.forEach((outcome, i) => {
      if (i === 17) expect(outcome).toMatchObject({ fault: expect.any(Fault) })
      else
        expect(outcome).toMatchObject({ submitted: { receipt: { contractNumber: numbered(i) } } })
    })
    const places = outcomes.flatMap((one) =>
      'submitted' in one ? one.submitted.receipt.index : [],
    )
    expect(places).toEqual(Array.from({ length: 39 }, (_, i) => i + 1))
  })

  test('may carry two events of one guarantee; the later sees the earlier, and not the other way', async () => {
    const first = payload()
    for (const [order, second] of [
      [[0, 1], 'submitted'],
      [[1, 0], 'fault'],
    ] as const) {
      const world = await newWorld()
      const issue = await world.sign(first)
      const prev = base64url(readRecord(issue).sha256)
      const amend = await world.sign(payload({ seq: 2, prev, event: 'amend' }))
      const lines = [{ record: issue, authKey: AUTH_KEY }, { record: amend }]
      const outcomes = await world.platform.intakeBatch(order.map((i) => lines[i] ?? { fault: i }))
      expect(Object.keys(outcomes[order.indexOf(1)] ?? {})).toEqual([second])
      expect(Object.keys(outcomes[order.indexOf(0)] ?? {})).toEqual(['submitted'])
      const seq = second === 'submitted' ? 2 : 1
      expect(await world.lookup()).toMatchObject({ verdict: 'verified', status: { seq } })
    }
  })

  test('brings the fault of a line that was no submission along', async () => {
    const world = await newWorld()
    const fault = new Fault('body_invalid', 'no JSON')
    expect(await world.platform.intakeBatch([{ fault }])).toEqual([{ fault }])
    expect(await world.platform.intakeBatch([])).toEqual([])
  })

  test('writes the rows of one table side by side, so that they are few statements', async () => {
    const world = await newWorld()
    const records = await Promise.all(
      Array.from({ length: 12 }, (_, i) => world.sign(payload({ sub: numbered(i) }))),
    )
    const commit = vi.spyOn(world.ports.store, 'commit')
    await world.platform.intakeBatch(records.map((record) => ({ record, authKey: AUTH_KEY })))
    expect(commit).toHaveBeenCalledTimes(1)
    const texts = commit.mock.calls[0]?.[0].map(({ sql }) => sql) ?? []
    const runs = texts.filter((text, i) => text !== texts[i - 1])
    expect(runs).toHaveLength(new Set(texts).size)
    expect(runs.map((text) => /^insert into "(\w+)"/.exec(text)?.[1])).toEqual([
      'logEntry',
      'logNode',
      'logCheckpoint',
      'guarantee',
      'version',
      'recordBody',
      'logFact',
    ])
  })
})
