import { expect, test } from 'vitest'
import { historyBody } from '../../src/audit/schemas.api.ts'
import type { Evidence } from '../../src/log/bundle.ts'
import { parseCheckpoint } from '../../src/log/checkpoint.ts'
import { checkEvidence } from '../../src/verifier/check.ts'
import { behind } from '../platform/behind.ts'
import { certificate } from '../platform/world.ts'
import { NUMAZU, newAuditScene, WEST } from './audited.ts'

const PATH = 'history/east/12345-678901'
/** When the sample arrived, and its correction. */
const FIRST = '2026-02-03T05:00:01.000Z'
const SECOND = '2026-02-03T05:00:02.000Z'

test('the whole chain is answered, what hides a row beside the row, each with its record', async () => {
  const { get } = await newAuditScene()
  const body = (await get(PATH)).read(historyBody)
  expect(body.checks.map(({ id, result }) => [id, result])).toEqual([
    ['integrity', 'pass'],
    ['issuer', 'pass'],
    ['log', 'pass'],
  ])
  expect(body.history).toMatchObject([
    { seq: 1, hidden: true, hiddenReason: 'corrected', hiddenBy: 2, index: 2, arrivedAt: FIRST },
    { seq: 2, hidden: false, label: 'issue', reason: '@金額の"誤り"', arrivedAt: SECOND },
  ])
  const evidence = body.evidence as unknown as Evidence
  expect(body.history.map(({ record }) => record)).toEqual(
    evidence.versions.map(({ record }) => record),
  )
  expect(body.checkpoints.before?.note).toBe(evidence.checkpoint)
  expect(body.checkpoints).not.toHaveProperty('after')
})

test('what it answers is verified offline, by the verifier that everybody has', async () => {
  const { get, world } = await newAuditScene()
  const { evidence } = (await get(PATH)).read(historyBody)
  const trust = await world.platform.trust()
  const { verifyJws, verifyEd25519 } = world.ports
  const tools = { verifyJws, verifyEd25519, now: new Date(world.clock.now()).toISOString() }
  const report = await checkEvidence(evidence, trust, tools)
  expect(report).toMatchObject({ outcome: 'valid' })
})

test('a version out of sight leaves no state, whenever it was; before those seen there is none', async () => {
  const { get, world } = await newAuditScene()
  behind(world).exec('DELETE FROM version WHERE position = 3')
  for (const at of ['', `?at=${FIRST}`]) {
    const { status, checks } = (await get(PATH + at)).read(historyBody)
    expect(status).toMatchObject({ state: 'unknown', seq: 2 })
    expect(checks[2]).toMatchObject({ result: 'fail', code: 'CHAIN_BROKEN' })
  }
  expect((await get(`${PATH}?at=2026-02-03T04:00:00.000Z`)).status).toBe(404)
})

test('an instant hides only what was hidden then, and lies between two signed heads', async () => {
  const { get } = await newAuditScene()
  const then = (await get(`${PATH}?at=${FIRST}`)).read(historyBody)
  expect(then.at).toBe(FIRST)
  expect(then.history).toMatchObject([{ seq: 1, hidden: false }])
  expect(then.status).toMatchObject({ seq: 1, asOf: FIRST, amendments: 0 })
  const { before, after, consistency } = then.checkpoints
  expect([before?.size, after?.size]).toEqual([3, 4])
  expect(parseCheckpoint(before?.note ?? '')?.size).toBe(3)
  // The chain itself is whole, so that nothing later can be kept from who asks about then.
  expect((then.evidence as unknown as Evidence).versions).toHaveLength(2)
  expect(consistency?.length).toBeGreaterThan(0)

  const later = (await get(`${PATH}?at=2026-02-03T05:00:01.999Z`)).read(historyBody)
  expect(later.history).toEqual(then.history)
  const corrected = (await get(`${PATH}?at=2026-02-03T14:00:02+09:00`)).read(historyBody)
  expect(corrected.history.map(({ hidden }) => hidden)).toEqual([true, false])
})

test('before its first entry a guarantee is as one that is not there', async () => {
  const { get } = await newAuditScene()
  const early = (await get(`${PATH}?at=2026-02-03T05:00:00.999Z`)).problem()
  const never = (await get('history/east/99999-999999')).problem()
  expect(early).toMatchObject({ status: 404, code: 'not_found', detail: never.detail })
  expect((await get(`${PATH}?at=2025-01-01`)).status).toBe(404)
})

test.each([
  ['at=yesterday', 'at'],
  ['at=', 'at'],
  ['at=2026-02-30', 'at'],
  ['at=2026-02-04', 'at'],
  ['asof=2026-02-03', 'asof'],
])('%s is refused', async (query, field) => {
  const { get } = await newAuditScene()
  const problem = (await get(`${PATH}?${query}`)).problem()
  expect(problem).toMatchObject({ status: 400, code: 'body_invalid', errors: [{ field }] })
})

test('the number may be written as people write it, and the issuer is another with another', async () => {
  const { get } = await newAuditScene()
  const body = (await get('history/west/１２３４５ー０００００２')).read(historyBody)
  expect(body).toMatchObject({ issuer: 'west', contractNumber: WEST })
  expect((await get(`history/east/${WEST}`)).status).toBe(404)
})

test('damage shows, for the chain is verified from the stored bytes and not read from lists', async () => {
  const { get, world, token } = await newAuditScene()
  const numazu = await token({ owners: ['沼津市長'], all: false })
  const db = behind(world)
  db.exec("UPDATE logFact SET owner = 2, event = 'cancel', guaranteedAmount = 1")
  const sound = (await get(PATH)).read(historyBody)
  expect(sound.checks.every(({ result }) => result === 'pass')).toBe(true)
  expect(sound.history.map(({ certificate: { guaranteedAmount } }) => guaranteedAmount)).toEqual([
    certificate().guaranteedAmount,
    19_000_000,
  ])
  // A fact that was changed opens nothing either.
  expect((await get(PATH, { token: numazu })).status).toBe(404)
  expect((await get(`history/east/${NUMAZU}`, { token: numazu })).status).toBe(200)

  db.exec("UPDATE logEntry SET entry = CAST(replace(CAST(entry AS TEXT), ':02.', ':03.') AS BLOB)")
  const damaged = (await get(PATH)).read(historyBody)
  expect(damaged.checks.map(({ result }) => result)).toContain('fail')
})
