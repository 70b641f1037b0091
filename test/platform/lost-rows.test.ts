import { describe, expect, test } from 'vitest'
import { nodeId } from '../../src/log/tree.ts'
import { behind } from './behind.ts'
import { newScene, problemsOf, THIRD } from './damage.ts'
import { codeOf } from './fault-of.ts'
import { AUTH_KEY, certificate, newWorld, payload } from './world.ts'

describe('a key whose revocation the log has lost', () => {
  /** The scene, with the key revoked as stolen before anything arrived: the log's entry 6. */
  async function revoked() {
    const scene = await newScene()
    const { issuers } = scene.world.platform
    const since = '2026-02-01T00:00:00.000Z'
    await issuers.keyRevoke('east', scene.world.issuer.kid, 'compromised', since)
    return scene
  }

  test('does not count as good again', async () => {
    const { sample, db, beside } = await revoked()
    expect(problemsOf(await sample())).toEqual(['issuer fail KEY_NOT_VALID_AT_ARRIVAL'])
    db.exec('DELETE FROM logEntry WHERE position = 6')
    expect(problemsOf(await sample())).toEqual([
      'integrity unknown NOT_CHECKED',
      'issuer fail KEY_ENTRY_MISMATCH',
    ])
    expect((await beside()).verdict).toBe('verified')
  })

  test('takes no record, is not changed and is named by no trust document', async () => {
    const { world, db } = await revoked()
    const { intake, issuers, trust } = world.platform
    const record = await world.sign(payload({ sub: '12345-000009' }))
    expect(await codeOf(intake({ record, authKey: AUTH_KEY }))).toBe('key_revoked')
    db.exec("UPDATE logEntry SET entry = CAST('x' AS BLOB) WHERE position = 6")
    // What read the key before goes by that until the head changes; what starts now cannot read it.
    expect(await codeOf(intake({ record, authKey: AUTH_KEY }))).toBe('key_revoked')
    const started = world.over({}).intake({ record, authKey: AUTH_KEY })
    expect(await codeOf(started)).toBe('store_unavailable')
    const again = issuers.keyRevoke('east', world.issuer.kid, 'superseded')
    expect(await codeOf(again)).toBe('store_unavailable')
    expect((await trust()).issuers.map(({ id, keys }) => [id, keys.length])).toEqual([
      ['east', 0],
      ['west', 1],
    ])
  })
})

test('a record after a version whose entry is lost waits, and keeps no other from being taken', async () => {
  const { world, db } = await newScene()
  db.exec('DELETE FROM logEntry WHERE position = 3')
  const [next, other] = await Promise.all([
    world.sign(payload({ seq: 3, prev: 'A'.repeat(43), event: 'amend' })),
    world.sign(payload({ sub: '12345-000009' })),
  ])
  const { intake } = world.platform
  const [refused, taken] = await Promise.all([
    codeOf(intake({ record: next })),
    intake({ record: other, authKey: AUTH_KEY }),
  ])
  expect([refused, taken.fresh]).toEqual(['store_unavailable', true])
})

describe('the state of a guarantee', () => {
  async function cancelledThenCorrected() {
    const world = await newWorld()
    await world.issue(
      { event: 'cancel', reason: '契約の解除', reasonCode: 'contract_terminated' },
      { event: 'correct', targetSeq: 1, reason: '工事名の誤り', certificate: certificate() },
    )
    return { world, db: behind(world) }
  }

  test.each([
    ['body', 'DELETE FROM recordBody WHERE position = 2'],
    ['entry', 'DELETE FROM logEntry WHERE position = 2'],
    ['row', 'DELETE FROM version WHERE position = 2'],
  ])('is unknown, not in force, when the %s of the cancellation is gone', async (_, spoil) => {
    const { world, db } = await cancelledThenCorrected()
    expect((await world.lookup()).status.state).toBe('cancelled')
    db.exec(spoil)
    const { checks, status } = await world.lookup()
    expect(checks[3]).toEqual({ id: 'status', result: 'unknown', code: 'UNKNOWN' })
    expect(status).toMatchObject({ state: 'unknown', seq: 3 })
  })
})

describe('evidence', () => {
  test('is not given without all events of the keys that it needs', async () => {
    const { world, sample, db } = await newScene()
    world.clock.pass(1000)
    const since = new Date(world.clock.now()).toISOString()
    await world.platform.issuers.keyRevoke('east', world.issuer.kid, 'compromised', since)
    expect((await sample()).evidence?.keys.map(({ event }) => event)).toEqual([
      'key-add',
      'key-revoke',
    ])
    // A step of the inclusion proof of entry 6, and of no version's.
    db.exec(`DELETE FROM logNode WHERE id = ${nodeId({ level: 2, index: 0 })}`)
    const answer = await sample()
    expect(problemsOf(answer)).toContain('issuer unknown NOT_CHECKED')
    expect(answer.evidence).toBeUndefined()
  })

  test('of a guarantee beside what is lost is given', async () => {
    const { world, db } = await newScene()
    db.exec('DELETE FROM logEntry WHERE position = 3')
    expect((await world.lookup()).evidence).toBeUndefined()
    const third = { contractNumber: THIRD, authKey: AUTH_KEY }
    expect((await world.platform.lookup.byPair(third, { evidence: true })).evidence).toBeDefined()
  })
})
