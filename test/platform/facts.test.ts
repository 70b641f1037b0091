import { expect, test } from 'vitest'
import { base64url } from '../../src/base/bytes.ts'
import { readRecord } from '../../src/guarantee/record.ts'
import { fillFacts } from '../../src/platform/intake/facts-fill.ts'
import { behind, untyped } from './behind.ts'
import { certificate, newWorld, payload, START, type World } from './world.ts'

const EMPTY = { contractNumber: null, seq: null, event: null, worksName: null, owner: null }

function factsOf({ ports: { store } }: World) {
  return store.all(store.db.selectFrom('logFact').selectAll().orderBy('position').compile())
}

test('every entry has its facts: those of its own lines, and those of its record', async () => {
  const world = await newWorld()
  const [first] = await world.issue({
    event: 'correct',
    targetSeq: 1,
    reason: '金額の誤り',
    certificate: certificate({ guaranteedAmount: 19_000_000 }),
  })
  await world.platform.issuers.keyRevoke('east', world.issuer.kid, 'superseded')
  const [added, issued, corrected, revoked, ...rest] = await factsOf(world)
  expect(rest).toEqual([])
  const key = { issuer: 'east', sha256: world.issuer.kid, kid: world.issuer.kid, ...EMPTY }
  expect(added).toMatchObject({ position: 0, entry: 'key-add', reasonCode: null, ...key })
  expect(revoked).toMatchObject({ entry: 'key-revoke', reasonCode: 'superseded', ...key })
  const record = readRecord(first as string)
  expect(issued).toEqual({
    position: 1,
    arrivedAt: new Date(START).toISOString(),
    entry: 'record',
    issuer: 'east',
    sha256: base64url(record.sha256),
    kid: world.issuer.kid,
    at: null,
    count: null,
    contractNumber: '12345-678901',
    numberKey: '12345678901',
    seq: 1,
    jti: record.payload.jti,
    event: 'issue',
    targetSeq: null,
    reasonCode: null,
    reason: null,
    kind: 'advance_payment',
    owner: 1,
    ownerCode: null,
    ownerName: '富士市長',
    contractorName: '髙田建設 株式会社',
    worksName: '市道本町線 道路改良工事（第2工区）',
    contractPrice: 50_000_000,
    guaranteedAmount: 20_000_000,
    coverageEnd: '2026-09-30',
  })
  expect(corrected).toMatchObject({ seq: 2, event: 'correct', targetSeq: 1, reason: '金額の誤り' })
})

test('of a group, those that were refused leave no facts, and the others have their own', async () => {
  const world = await newWorld()
  const numbers = ['12345-000001', '12345-000002', '12345-000003']
  const [, wrong] = numbers
  const outcomes = await world.platform.intakeBatch(
    await Promise.all(
      numbers.map(async (sub) => ({
        record: await world.sign(payload({ sub })),
        ...(sub !== wrong && { authKey: 'Z28YUE4J3Bux' }),
      })),
    ),
  )
  expect(outcomes.map((one) => 'submitted' in one)).toEqual([true, false, true])
  const facts = await factsOf(world)
  expect(facts.map(({ position, contractNumber }) => [position, contractNumber])).toEqual([
    [0, null],
    [1, '12345-000001'],
    [2, '12345-000003'],
  ])
})

test('a database from before there were facts has them all after the next start', async () => {
  const world = await newWorld()
  await world.issue({})
  const before = await factsOf(world)
  const older = await world.reopen({
    meanwhile: () => {
      const db = behind(world)
      db.exec("DELETE FROM logFact; DELETE FROM setting WHERE name = 'logFact'")
      db.close()
    },
  })
  expect(await factsOf(older)).toEqual(before)
})

test('what an older release appended meanwhile is made up for at the next start', async () => {
  const world = await newWorld()
  await world.issue({}, {})
  const before = await factsOf(world)
  const upgraded = await world.reopen({
    meanwhile: () => {
      const db = behind(world)
      db.exec('DELETE FROM logFact WHERE position > 1')
      db.close()
    },
  })
  expect(await factsOf(upgraded)).toEqual(before)
})

test('a row that was lost in the middle is made again when it is asked for, not by a start', async () => {
  const world = await newWorld()
  await world.issue({}, {})
  const before = await factsOf(world)
  const meanwhile = () => {
    const db = behind(world)
    db.exec('DELETE FROM logFact WHERE position = 1')
    db.close()
  }
  const started = await world.reopen({ meanwhile })
  expect(await factsOf(started)).toEqual(before.filter(({ position }) => position !== 1))
  await fillFacts(started.ports.store, true)
  expect(await factsOf(started)).toEqual(before)
})

test.each(["x'00'", "'text'"])(
  'an entry that cannot be read (%s) keeps no start from happening',
  async (entry) => {
    const world = await newWorld()
    await world.issue({})
    const damaged = await world.reopen({
      meanwhile: () =>
        untyped(
          world,
          `DELETE FROM logFact WHERE position > 0; UPDATE recordBody SET jws = 'x';
        UPDATE logEntry SET entry = ${entry} WHERE position = 2`,
        ),
    })
    expect((await factsOf(damaged)).map(({ position, seq }) => [position, seq])).toEqual([
      [0, null],
      [1, null],
    ])
  },
)
