import type Database from 'better-sqlite3'
import { describe, expect, test } from 'vitest'
import { base64url } from '../../src/base/bytes.ts'
import { instant } from '../../src/base/time.ts'
import { readRecord } from '../../src/guarantee/record.ts'
import { nodeId } from '../../src/log/tree.ts'
import { checkVerificationReceipt } from '../../src/verifier/check.ts'
import { newScene, problemsOf, THIRD } from './damage.ts'
import { codeOf } from './fault-of.ts'
import { AUTH_KEY, NUMBER, payload } from './world.ts'

describe('rows changed behind the program', () => {
  const cases: [string, (db: Database.Database) => void, string[]][] = [
    [
      'the seq of the first version',
      (db) => db.exec('UPDATE version SET seq = 9 WHERE position = 2'),
      ['log fail CHAIN_BROKEN'],
    ],
    [
      'the seq of the last version',
      (db) => db.exec('UPDATE version SET seq = 3 WHERE position = 3'),
      ['log fail CHAIN_BROKEN'],
    ],
    [
      'the position of a version, to another entry',
      (db) => db.exec('UPDATE version SET position = 1 WHERE position = 2'),
      ['integrity fail RECORD_MISSING', 'issuer unknown NOT_CHECKED', 'log fail ENTRY_MISMATCH'],
    ],
    [
      'the position of a version with its record, to another entry',
      (db) =>
        db.exec(
          'UPDATE version SET position = 0 WHERE position = 2; UPDATE recordBody SET position = 0 WHERE position = 2',
        ),
      ['log fail ENTRY_MISMATCH'],
    ],
    [
      'the first version deleted',
      (db) => db.exec('DELETE FROM version WHERE position = 2'),
      ['log fail CHAIN_BROKEN'],
    ],
    [
      'all versions deleted',
      (db) => db.exec('DELETE FROM version WHERE position IN (2, 3)'),
      ['log fail CHAIN_BROKEN'],
    ],
    [
      'the entry of a version deleted',
      (db) => db.exec('DELETE FROM logEntry WHERE position = 2'),
      ['log fail ENTRY_MISMATCH'],
    ],
    [
      'the entry of the newest version deleted',
      (db) => db.exec('DELETE FROM logEntry WHERE position = 3'),
      ['log fail ENTRY_MISMATCH'],
    ],
    [
      'the entry that added the key deleted',
      (db) => db.exec('DELETE FROM logEntry WHERE position = 0'),
      ['integrity unknown NOT_CHECKED', 'issuer fail KEY_ENTRY_MISMATCH'],
    ],
    [
      'a node deleted',
      (db) => db.exec(`DELETE FROM logNode WHERE id = ${nodeId({ level: 0, index: 2 })}`),
      ['log unknown STORE_UNREADABLE'],
    ],
    [
      'the newest heads deleted',
      (db) => db.exec('DELETE FROM logCheckpoint WHERE size > 3'),
      ['log fail INCLUSION_INVALID'],
    ],
    [
      'the newest heads under another size',
      (db) => db.exec('UPDATE logCheckpoint SET size = 99 WHERE size = 6'),
      ['issuer unknown NOT_CHECKED', 'log fail CHECKPOINT_SIG_INVALID'],
    ],
    [
      'all heads deleted',
      (db) => db.exec('DELETE FROM logCheckpoint'),
      ['issuer unknown NOT_CHECKED', 'log fail CHECKPOINT_SIG_INVALID'],
    ],
    [
      'the event that added the key deleted',
      (db) => db.exec('DELETE FROM keyEvent WHERE position = 0'),
      ['integrity unknown NOT_CHECKED', 'issuer fail ISSUER_UNTRUSTED'],
    ],
    [
      "the key's algorithm",
      (db) => db.exec("UPDATE issuerKey SET alg = 'ES256' WHERE issuer = 'east'"),
      ['integrity unknown NOT_CHECKED', 'issuer fail KEY_ENTRY_MISMATCH'],
    ],
    [
      "the issuer's name in its records",
      (db) => db.exec("UPDATE issuer SET iss = 'https://else.example.jp' WHERE id = 'east'"),
      ['issuer fail ISSUER_UNTRUSTED'],
    ],
    [
      'the records of two guarantees swapped',
      (db) => {
        const read = db.prepare('SELECT jws FROM recordBody WHERE position = ?').pluck()
        const write = db.prepare('UPDATE recordBody SET jws = ? WHERE position = ?')
        const [mine, other] = [read.get(2), read.get(5)]
        write.run(other, 2)
        write.run(mine, 5)
      },
      ['log fail ENTRY_MISMATCH'],
    ],
    [
      'another valid guarantee of the same issuer in the place of this one',
      (db) =>
        db.exec(
          "DELETE FROM version WHERE position IN (2, 3); UPDATE version SET numberKey = '12345678901' WHERE position = 5",
        ),
      ['log fail CHAIN_BROKEN'],
    ],
    [
      'a valid guarantee of another issuer in the place of this one',
      (db) =>
        db.exec(
          "DELETE FROM version WHERE position IN (2, 3); UPDATE version SET issuer = 'east', numberKey = '12345678901' WHERE position = 4",
        ),
      ['integrity unknown NOT_CHECKED', 'issuer fail ISSUER_UNTRUSTED', 'log fail ENTRY_MISMATCH'],
    ],
    [
      'the record taken away, of which the log knows nothing',
      (db) => db.exec('DELETE FROM recordBody WHERE position = 3'),
      ['integrity fail RECORD_MISSING', 'issuer unknown NOT_CHECKED'],
    ],
    [
      'the record made unreadable',
      (db) => db.exec("UPDATE recordBody SET jws = 'x' WHERE position = 3"),
      ['integrity fail RECORD_UNREADABLE', 'issuer unknown NOT_CHECKED'],
    ],
  ]

  test.each(cases)('%s', async (_, spoil, problems) => {
    const { world, sample, db } = await newScene()
    spoil(db)
    const answer = await sample()
    expect(problemsOf(answer)).toEqual(problems)
    expect(['failed', 'indeterminate']).toContain(answer.verdict)
    // What has just started, and remembers nothing, sees the same.
    expect(problemsOf(await (await world.reopen()).lookup())).toEqual(problems)
  })

  test('the guarantees beside those stay verified', async () => {
    const untouched = cases.filter(([name]) => !/heads|another issuer/.test(name))
    for (const [, spoil] of untouched) {
      const { beside, db } = await newScene()
      spoil(db)
      expect((await beside()).verdict).toBe('verified')
    }
  })

  test('with the only version unreadable or gone there is an answer, without a state', async () => {
    for (const spoil of [
      "UPDATE recordBody SET jws = 'x'",
      'DELETE FROM recordBody',
      'DELETE FROM version',
    ]) {
      const { world, db } = await newScene()
      db.exec(`${spoil} WHERE position = 5`)
      const answer = await world.platform.lookup.byPair(
        { contractNumber: THIRD, authKey: AUTH_KEY },
        {},
      )
      expect(answer.verdict).not.toBe('verified')
      expect(answer.checks[3]).toEqual({ id: 'status', result: 'unknown', code: 'UNKNOWN' })
      expect([answer.certificate, answer.history.all]).toEqual([null, []])
    }
  })

  test("another guarantee's key opens nothing, also when its row is copied", async () => {
    const { sample, db } = await newScene()
    db.exec(`UPDATE guarantee SET (salt, mac) =
      (SELECT salt, mac FROM guarantee WHERE numberKey = '12345000002') WHERE numberKey = '12345678901'`)
    expect(await codeOf(sample())).toBe('not_found_or_key_mismatch')
  })

  describe('the newest version out of sight', () => {
    const WAYS: [way: string, sql: string][] = [
      ['deleted', 'DELETE FROM version WHERE position = 3'],
      ['moved to another number', "UPDATE version SET numberKey = '9' WHERE position = 3"],
      ['moved to another issuer', "UPDATE version SET issuer = 'west' WHERE position = 3"],
      ['counted, but not there', 'UPDATE guarantee SET newestSeq = 3 WHERE position = 2'],
      ['there, but not counted', 'UPDATE guarantee SET newestSeq = 1 WHERE position = 2'],
      ['there, and none counted', 'UPDATE guarantee SET newestSeq = 0 WHERE position = 2'],
    ]

    test.each(WAYS)('%s leaves no state, no certificate and no evidence', async (_, sql) => {
      const { world, sample, beside, db } = await newScene()
      db.exec(sql)
      expect((await beside()).verdict).toBe('verified')
      for (const look of [sample, async () => (await world.reopen()).lookup()]) {
        const answer = await look()
        expect(problemsOf(answer)).toEqual(['log fail CHAIN_BROKEN'])
        expect(answer.verdict).toBe('failed')
        expect(answer.status).toMatchObject({ state: 'unknown', amendments: 0 })
        expect([answer.certificate, answer.evidence, answer.signature]).toEqual([
          null,
          undefined,
          undefined,
        ])
      }
    })

    test.each(WAYS)(
      '%s is not followed by the one before it in a link to the newest',
      async (_, sql) => {
        const { world, db } = await newScene()
        const pair = { contractNumber: NUMBER, authKey: AUTH_KEY }
        const guarantee = await world.platform.authenticate(pair)
        const open = () =>
          world.platform.lookup.known(guarantee, { right: 'current', evidence: true })
        expect([...(await open()).records.keys()]).toEqual([2])
        db.exec(sql)
        const { records, history, evidence, certificate } = await open()
        expect([records.size, evidence, certificate]).toEqual([0, undefined, null])
        expect([...history.all, ...history.effective].map(({ seq }) => seq)).not.toContain(1)
      },
    )

    test.each(WAYS)(
      '%s is neither the head of its issuer nor followed by a record',
      async (_, sql) => {
        const { world, db } = await newScene()
        const { seq, sha256: prev } = await world.platform.ownHead('east', NUMBER)
        const next = await world.sign(payload({ seq: seq + 1, prev, event: 'amend' }))
        const first = db.prepare('SELECT jws FROM recordBody WHERE position = 2').pluck().get()
        const before = base64url(readRecord(first as string).sha256)
        const rival = await world.sign(payload({ seq, prev: before, event: 'amend' }))
        db.exec(sql)
        const { intake, ownHead } = world.platform
        expect(await codeOf(ownHead('east', NUMBER))).toBe('store_unavailable')
        for (const record of [next, rival]) {
          expect(await codeOf(intake({ record }))).toBe('store_unavailable')
        }
      },
    )
  })

  test('the newest version hidden without a trace is told by an earlier verification receipt', async () => {
    const { world, sample, db } = await newScene()
    const { verificationReceipt, evidence: whole } = await sample()
    db.exec('DELETE FROM version WHERE position = 3; DELETE FROM recordBody WHERE position = 3')
    db.exec('UPDATE guarantee SET newestSeq = 1 WHERE position = 2')
    const { evidence, verdict } = await sample()
    expect(verdict).toBe('verified')
    const { verifyJws, verifyEd25519 } = world.ports
    const tools = { verifyJws, verifyEd25519, now: instant(world.clock.now()) }
    const trust = await world.platform.trust()
    const against = async (bundle: unknown) => {
      const { findings } = await checkVerificationReceipt(verificationReceipt, trust, bundle, tools)
      return findings.map(({ code }) => code)
    }
    expect(await against(evidence)).toContain('STATUS_CONTRADICTION')
    expect(await against(whole)).not.toContain('STATUS_CONTRADICTION')
  })
})
