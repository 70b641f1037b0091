import { describe, expect, test } from 'vitest'
import { base64url } from '../../src/base/bytes.ts'
import { Fault } from '../../src/base/fault.ts'
import { readRecord } from '../../src/guarantee/record.ts'
import { codeOf } from './fault-of.ts'
import { AUTH_KEY, certificate, newKey, newWorld, payload, type World } from './world.ts'

async function count(
  world: World,
  table: 'logEntry' | 'logCheckpoint' | 'version',
): Promise<number> {
  return (await world.ports.store.db.selectFrom(table).selectAll().execute()).length
}

/** Two records that both want to be seq 2. */
async function rivals(world: World): Promise<[string, string]> {
  const [first = ''] = await world.issue()
  const prev = base64url(readRecord(first).sha256)
  const sign = (guaranteedAmount: number) =>
    world.sign(
      payload({ seq: 2, prev, event: 'amend', certificate: certificate({ guaranteedAmount }) }),
    )
  return [await sign(19_000_000), await sign(18_000_000)]
}

describe('the same record again', () => {
  test('the same bytes get the same receipt, byte for byte, also after others and after a restart', async () => {
    const world = await newWorld()
    const record = await world.sign(payload())
    const { receipt } = await world.platform.intake({ record, authKey: AUTH_KEY })
    await world.platform.issuers.keyAdd('east', (await newKey()).publicJwk)
    const again = await world.platform.intake({ record, authKey: AUTH_KEY })
    expect(again).toEqual({ fresh: false, receipt, warnings: [] })
    const reopened = await world.reopen()
    expect(await reopened.platform.intake({ record })).toEqual(again)
    expect(await count(reopened, 'version')).toBe(1)
  })

  test('the same content under another signature gets the receipt with the stored record beside it', async () => {
    const world = await newWorld()
    const key = await newKey('ES256')
    await world.platform.issuers.keyAdd('east', key.publicJwk)
    const content = payload()
    const [record, other] = [await world.sign(content, key), await world.sign(content, key)]
    expect(other).not.toBe(record)
    const { receipt } = await world.platform.intake({ record, authKey: AUTH_KEY })
    const again = await world.platform.intake({ record: other, authKey: AUTH_KEY })
    expect(again).toEqual({ fresh: false, receipt, warnings: [], record })
    expect((await world.lookup()).records.get(1)).toBe(record)
  })

  test('two at once make one entry and two equal receipts', async () => {
    const world = await newWorld()
    const record = await world.sign(payload())
    const both = await Promise.all([
      world.platform.intake({ record, authKey: AUTH_KEY }),
      world.platform.intake({ record, authKey: AUTH_KEY }),
    ])
    expect(both.map(({ fresh }) => fresh).sort()).toEqual([false, true])
    expect(both[0]?.receipt).toEqual(both[1]?.receipt)
    expect(await count(world, 'version')).toBe(1)
  })

  test('two at once through two nodes on one database make one entry and two equal receipts', async () => {
    const world = await newWorld()
    const other = await world.another()
    const record = await world.sign(payload())
    const both = await Promise.all(
      [world, other].map(({ platform }) => platform.intake({ record, authKey: AUTH_KEY })),
    )
    expect(both.map(({ fresh }) => fresh).sort()).toEqual([false, true])
    expect(both[0]?.receipt).toEqual(both[1]?.receipt)
    expect(await count(world, 'version')).toBe(1)
  })
})

describe('two rivals for one seq', () => {
  test('in one group one wins and the other is told of the conflict', async () => {
    const world = await newWorld()
    const [a, b] = await rivals(world)
    const settled = await Promise.allSettled(
      [a, b].map((record) => world.platform.intake({ record })),
    )
    expect(settled[0]).toMatchObject({ status: 'fulfilled', value: { fresh: true } })
    expect(settled[1]).toMatchObject({ status: 'rejected', reason: { code: 'seq_conflict' } })
    expect((await world.lookup()).certificate?.guaranteedAmount).toBe(19_000_000)
    expect((await world.lookup()).verdict).toBe('verified')
  })

  test('through two nodes on one database, likewise', async () => {
    const world = await newWorld()
    const [a, b] = await rivals(world)
    const other = await world.another()
    const settled = await Promise.allSettled([
      world.platform.intake({ record: a }),
      other.platform.intake({ record: b }),
    ])
    expect(settled.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    const lost = settled.find(({ status }) => status === 'rejected') as PromiseRejectedResult
    expect(lost.reason).toMatchObject({ code: 'seq_conflict' })
    expect((await other.lookup()).verdict).toBe('verified')
    expect(await count(world, 'version')).toBe(2)
  })

  test('one jti in one group is taken once', async () => {
    const world = await newWorld()
    const one = payload({ sub: '12345-000001' })
    const two = payload({ sub: '12345-000002', jti: one.jti })
    const records = [await world.sign(one), await world.sign(two)]
    const settled = await Promise.allSettled(
      records.map((record) => world.platform.intake({ record, authKey: AUTH_KEY })),
    )
    expect(settled[0]).toMatchObject({ status: 'fulfilled' })
    expect(settled[1]).toMatchObject({ status: 'rejected', reason: { code: 'jti_reused' } })
  })

  test('a version and the one after it may come in one group', async () => {
    const world = await newWorld()
    const first = await world.sign(payload())
    const prev = base64url(readRecord(first).sha256)
    const second = await world.sign(payload({ seq: 2, prev, event: 'amend' }))
    await world.platform.intakeBatch([{ record: first, authKey: AUTH_KEY }, { record: second }])
    expect((await world.lookup()).status.seq).toBe(2)
    expect((await world.lookup()).verdict).toBe('verified')
  })
})

describe('many at once', () => {
  test('of a hundred mixed submissions each bad one fails alone', async () => {
    const world = await newWorld()
    const numbers = Array.from({ length: 100 }, (_, i) => `12345-${String(i).padStart(6, '0')}`)
    const isBad = (i: number) => i % 10 === 3
    const records = await Promise.all(
      numbers.map((sub, i) =>
        world.sign(payload(isBad(i) ? { sub, aud: 'https://x.example' } : { sub })),
      ),
    )
    const before = await count(world, 'logCheckpoint')
    const settled = await Promise.allSettled(
      records.map((record, i) =>
        world.platform.intake({ record, authKey: i % 10 === 7 ? 'short' : AUTH_KEY }),
      ),
    )
    const codes = settled.map((one) =>
      one.status === 'fulfilled'
        ? 'taken'
        : one.reason instanceof Fault
          ? one.reason.code
          : one.reason,
    )
    const expected = numbers.map((_, i) =>
      isBad(i) ? 'audience_mismatch' : i % 10 === 7 ? 'auth_key_format' : 'taken',
    )
    expect(codes).toEqual(expected)
    expect(await count(world, 'version')).toBe(80)
    // One reading of the clock, one signature, one commit for all that wait.
    expect((await count(world, 'logCheckpoint')) - before).toBeLessThan(5)
    const [last] = await Promise.all([
      world.platform.lookup.byPair({ contractNumber: '12345-000099', authKey: AUTH_KEY }, {}),
    ])
    expect(last.verdict).toBe('verified')
  })

  test('two nodes on one database append side by side, each record once', async () => {
    const world = await newWorld()
    const other = await world.another()
    const numbers = Array.from({ length: 40 }, (_, i) => `12345-${String(i).padStart(6, '0')}`)
    const records = await Promise.all(numbers.map((sub) => world.sign(payload({ sub }))))
    const receipts: number[] = []
    for (let i = 0; i < 40; i += 4) {
      const some = records
        .slice(i, i + 4)
        .map((record, j) => [world, other][j % 2]?.platform.intake({ record, authKey: AUTH_KEY }))
      for (const done of await Promise.all(some)) receipts.push(done?.receipt.index ?? -1)
    }
    expect(receipts.sort((a, b) => a - b)).toEqual(Array.from({ length: 40 }, (_, i) => i + 1))
    expect([...world.reports, ...other.reports]).toEqual([])
  })

  test('of two that add one key at once, one adds it and the other hears that it is there', async () => {
    const world = await newWorld()
    const { publicJwk } = await newKey()
    const record = await world.sign(payload())
    const add = () => world.platform.issuers.keyAdd('east', publicJwk)
    const [one, other, taken] = await Promise.allSettled([
      add(),
      add(),
      world.platform.intake({ record, authKey: AUTH_KEY }),
    ])
    expect(one).toMatchObject({ status: 'fulfilled' })
    expect(other).toMatchObject({ status: 'rejected', reason: { code: 'state_conflict' } })
    expect(taken).toMatchObject({ status: 'fulfilled' })
    expect(await codeOf(add())).toBe('state_conflict')
  })

  test('of two that retire one key at once, one retires it', async () => {
    const world = await newWorld()
    const retire = () => world.platform.issuers.keyRetire('east', world.issuer.kid)
    const settled = await Promise.allSettled([retire(), retire()])
    expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'rejected'])
    expect(await count(world, 'logEntry')).toBe(2)
  })
})
