import { describe, expect, test } from 'vitest'
import { base64url } from '../../src/base/bytes.ts'
import { readRecord } from '../../src/guarantee/record.ts'
import { behind, changed } from './behind.ts'
import { codeOf, faultOf } from './fault-of.ts'
import { AUTH_KEY, certificate, NUMBER, newKey, newWorld, payload } from './world.ts'

const ELSEWHERE = '12345-000002'

/** The world with another issuer, which has the sample's number as well and one of its own. */
async function twoIssuers() {
  const world = await newWorld()
  const west = await newKey()
  const iss = 'https://west.example.jp'
  await world.platform.issuers.add({ id: 'west', iss, name: 'west' }, west.publicJwk)
  const records: string[] = []
  for (const sub of [NUMBER, ELSEWHERE]) {
    const record = await world.sign(payload({ sub, iss }), west)
    await world.platform.intake({ record, authKey: AUTH_KEY })
    records.push(record)
  }
  return { world, west: records }
}

describe('an issuer’s own head', () => {
  test('is the newest record with the receipt it was given, and what the next one has to follow', async () => {
    const world = await newWorld()
    const [first = ''] = await world.issue()
    const prev = base64url(readRecord(first).sha256)
    const second = await world.sign(payload({ seq: 2, prev, event: 'amend' }))
    const { receipt } = await world.platform.intake({ record: second })
    world.clock.pass(1000)
    await world.platform.issuers.keyAdd('east', (await newKey()).publicJwk)

    const head = await world.platform.ownHead('east', NUMBER)
    expect(head).toEqual({
      contractNumber: NUMBER,
      seq: 2,
      arrivedAt: receipt.arrivedAt,
      record: second,
      sha256: base64url(readRecord(second).sha256),
      receipt,
      state: 'in_force',
    })
    const next = { seq: head.seq + 1, prev: head.sha256, event: 'amend' } as const
    const third = await world.sign(payload(next))
    expect(
      await codeOf(world.platform.intake({ record: await world.sign(payload({ ...next, prev })) })),
    ).toBe('prev_mismatch')
    expect((await world.platform.intake({ record: third })).fresh).toBe(true)
  })

  test.each([NUMBER, '１２３４５－６７８９０１', '12345678901', ' 12345‐678901 '])(
    'is found under %j',
    async (spelling) => {
      const world = await newWorld()
      await world.issue()
      expect(await world.platform.ownHead('east', spelling)).toMatchObject({
        contractNumber: NUMBER,
      })
    },
  )

  test('is nobody else’s, also where two issuers have the same number', async () => {
    const { world, west } = await twoIssuers()
    const [record] = await world.issue()
    expect(await world.platform.ownHead('east', NUMBER)).toMatchObject({ record })
    expect(await world.platform.ownHead('west', NUMBER)).toMatchObject({ record: west[0] })
    expect(await world.platform.ownHead('west', ELSEWHERE)).toMatchObject({ record: west[1] })
    const faults = await Promise.all(
      [ELSEWHERE, '12345-999999', '', '*'].map((number) =>
        faultOf(world.platform.ownHead('east', number)),
      ),
    )
    expect(new Set(faults.map(({ code, message }) => `${code} ${message}`)).size).toBe(1)
    expect(faults[0]?.code).toBe('not_found')
  })

  test('tells what has become of the guarantee', async () => {
    const world = await newWorld()
    const state = async () => (await world.platform.ownHead('east', NUMBER)).state
    await world.issue({ event: 'cancel', reason: '契約解除', reasonCode: 'converted_to_paper' })
    expect(await state()).toBe('on_paper')
    const short = certificate({ coverage: { end: '2026-02-03' }, contractNumber: '12345-000009' })
    const record = await world.sign(payload({ sub: '12345-000009', certificate: short }))
    await world.platform.intake({ record, authKey: AUTH_KEY })
    const ended = () => world.platform.ownHead('east', '12345-000009')
    expect(await ended()).toMatchObject({ state: 'in_force' })
    world.clock.pass(86_400_000)
    expect(await ended()).toMatchObject({ state: 'expired' })
  })

  test('once erased still names its record, which nobody has any more', async () => {
    const world = await newWorld()
    await world.issue({})
    const { record, ...rest } = await world.platform.ownHead('east', NUMBER)
    expect(record).toMatch(/^ey/)
    await world.platform.erase({
      issuer: 'east',
      contractNumber: NUMBER,
      reason: 'retention_ended',
    })
    expect(await world.platform.ownHead('east', NUMBER)).toEqual({ ...rest, state: 'unknown' })
  })

  test('is not given where what is stored does not fit the log', async () => {
    const world = await newWorld()
    const [record = ''] = await world.issue()
    const db = behind(world)
    const store = (jws: string) => db.prepare('UPDATE recordBody SET jws = ?').run(jws)
    store(changed(record, record.length - 3))
    expect(await codeOf(world.platform.ownHead('east', NUMBER))).toBe('store_unavailable')
    store(record)
    expect(await world.platform.ownHead('east', NUMBER)).toMatchObject({ record })
    db.exec('DELETE FROM recordBody')
    expect(await codeOf(world.platform.ownHead('east', NUMBER))).toBe('store_unavailable')
    db.prepare('INSERT INTO recordBody VALUES (1, ?)').run(record)
    expect(await world.platform.ownHead('east', NUMBER)).toMatchObject({ record })
    db.exec('DELETE FROM logEntry WHERE position = 1')
    expect(await codeOf(world.platform.ownHead('east', NUMBER))).toBe('store_unavailable')
  })
})
