import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { base64url } from '../../src/base/bytes.ts'
import type { Fault } from '../../src/base/fault.ts'
import { instant } from '../../src/base/time.ts'
import { readRecord } from '../../src/guarantee/record.ts'
import { parseCheckpoint } from '../../src/log/checkpoint.ts'
import { createAcceptGuard } from '../../src/platform/fsck/accept-guard.ts'
import { createReopen } from '../../src/platform/keeping/reopen.ts'
import { endsWith } from '../../src/store/sqlite-file.ts'
import { checkEvidence, checkVerificationReceipt } from '../../src/verifier/check.ts'
import type { Report } from '../../src/verifier/report.ts'
import { bearer } from './bearer.ts'
import { behind } from './behind.ts'
import { codeOf, faultOf } from './fault-of.ts'
import {
  backUp,
  entriesOf,
  fsckOf,
  judged,
  lossScene,
  putBack,
  reopenedScene,
  reopenLog,
  take,
} from './lost.ts'
import { AUTH_KEY, newKey, newWorld, payload, type World } from './world.ts'

const FIRST = 'hosho.example.lg.jp/akashi'
const SECOND = `${FIRST}/2`
const NEW = '12345-000009'

/** Outcome and codes, but for those of what is fine. */
function told({ outcome, findings }: Report<unknown>): string[] {
  const bad = findings.filter(({ severity }) => severity === 'invalid' || severity === 'untrusted')
  return [outcome, ...bad.map(({ code }) => code)]
}

function toolsOf({ ports, clock }: World) {
  const { verifyJws, verifyEd25519 } = ports
  return { verifyJws, verifyEd25519, now: instant(clock.now()) }
}

describe('an old database put back', () => {
  test('answers look-ups and takes nothing, until somebody says how to go on', async () => {
    const { world } = await lossScene()
    expect((await world.lookup()).verdict).toBe('verified')
    const refused = await faultOf(take(world, NEW))
    expect(refused.code).toBe('log_rollback_detected')
    expect(refused.message).toContain('akashi log reopen')
    expect(await entriesOf(world)).toHaveLength(4)
  })
})

describe('a log that was reopened', () => {
  test('begins with the restored entries byte for byte, and is whole', async () => {
    const { world, entries } = await reopenedScene()
    expect(await entriesOf(world)).toEqual(entries.slice(0, 4))
    const head = parseCheckpoint((await world.platform.publicLog.checkpoint()) ?? '')
    expect(head).toMatchObject({ origin: SECOND, size: 4 })
    expect(await fsckOf(world)).toEqual([])
    await take(world, NEW, await bearer(world))
    expect(await fsckOf(world)).toEqual([])
    expect(await fsckOf(await world.reopen())).toEqual([])
  })

  test('is named by the trust document, with the one it sealed', async () => {
    const { world, reopening } = await reopenedScene()
    const { log } = await world.platform.trust()
    expect(log).toEqual({
      origin: SECOND,
      vkey: expect.stringMatching(`^${SECOND}\\+`),
      previous: [
        { origin: FIRST, vkey: reopening.sealedVkey, size: 4, root: reopening.sealedRoot },
      ],
    })
  })

  test('vouches for receipts from before the loss, and tells those of lost records apart', async () => {
    const { world, kept, lost } = await reopenedScene()
    expect(await judged(world, kept)).toEqual(['valid'])
    expect(await judged(world, lost)).toEqual(['unknown', 'PAST_SEAL_UNTRUSTED'])
    const fresh = await take(world, NEW, await bearer(world))
    expect(fresh.receipt).toMatchObject({ index: 4, treeSize: 5 })
    expect(await judged(world, fresh)).toEqual(['valid'])
  })

  test('gives again the very receipt that a restored record had', async () => {
    const { world, kept } = await reopenedScene()
    const again = await world.platform.intake({ record: kept.record })
    expect([again.fresh, again.receipt]).toEqual([false, kept.receipt])
  })

  test('gives evidence under its own name, beside which that from before still holds', async () => {
    const { world, seen, seenPast } = await reopenedScene()
    const trust = await world.platform.trust()
    const of = async (evidence: unknown) =>
      told(await checkEvidence(evidence, trust, toolsOf(world)))
    const now = await world.lookup()
    expect([now.verdict, now.evidence?.origin]).toEqual(['verified', SECOND])
    expect(await of(now.evidence)).toEqual(['valid'])
    expect(await of(seen.evidence)).toEqual(['valid'])
    expect(await of(seenPast.evidence)).toEqual(['unknown', 'PAST_SEAL_UNTRUSTED'])
  })

  test('tells a verification receipt that saw lost entries', async () => {
    const { world, seen, seenPast } = await reopenedScene()
    const trust = await world.platform.trust()
    const of = async ({ verificationReceipt: jws }: { verificationReceipt: string }) =>
      told(await checkVerificationReceipt(jws, trust, undefined, toolsOf(world)))
    expect(await of(await world.lookup())).toEqual(['valid'])
    expect(await of(seen)).toEqual(['valid'])
    expect(await of(seenPast)).toEqual(['unknown', 'PAST_SEAL_UNTRUSTED'])
  })
})

describe('a first record in a log that was reopened', () => {
  test('comes from its issuer: without a bearer, or with that of another, it is refused', async () => {
    const { world, lost } = await reopenedScene()
    const { platform } = world
    const west = await newKey()
    await platform.issuers.add({ id: 'west', iss: 'https://west.example.jp', name: 'west' })
    await platform.issuers.keyAdd('west', west.publicJwk)
    // As somebody would who holds the lost record, to have the guarantee under a key of theirs.
    const thief = { record: lost.record, authKey: 'aaaaBBBB1111' }
    const ofWest = () => bearer(world, { iss: 'https://west.example.jp' }, { key: west })
    expect(await codeOf(platform.intake(thief))).toBe('token_invalid')
    expect(await codeOf(platform.intake(thief, 'nonsense'))).toBe('token_invalid')
    expect(await codeOf(platform.intake(thief, await ofWest()))).toBe('token_invalid')
    const own = await bearer(world)
    const { fresh } = await platform.intake({ ...thief, authKey: AUTH_KEY }, own)
    expect(fresh).toBe(true)
    expect(await codeOf(take(world, NEW, own))).toBe('token_invalid')
  })

  test('needs none once it is known, and what follows it never does', async () => {
    const { world, kept } = await reopenedScene()
    const { platform } = world
    expect((await platform.intake({ record: kept.record, authKey: AUTH_KEY })).fresh).toBe(false)
    const prev = base64url(readRecord(kept.record).sha256)
    const amend = payload({ sub: '12345-000002', seq: 2, prev, event: 'amend' })
    expect((await platform.intake({ record: await world.sign(amend) })).fresh).toBe(true)
  })

  test('may stand with others in a batch that has one bearer', async () => {
    const { world } = await reopenedScene()
    const lines = await Promise.all(
      ['12345-000007', '12345-000008'].map(async (sub) => ({
        record: await world.sign(payload({ sub })),
        authKey: AUTH_KEY,
      })),
    )
    const without = await world.platform.intakeBatch(lines)
    expect(without.map((one) => 'fault' in one && (one.fault as Fault).code)).toEqual([
      'token_invalid',
      'token_invalid',
    ])
    const with1 = await world.platform.intakeBatch(lines, await bearer(world))
    expect(with1.map((one) => 'submitted' in one)).toEqual([true, true])
  })

  test('needs no bearer in a log that lost nothing', async () => {
    const world = await newWorld()
    expect((await take(world, NEW)).receipt.index).toBe(1)
  })
})

describe('reopening', () => {
  test('is refused where nothing was lost, and where the database is not that backup', async () => {
    const world = await newWorld()
    await world.issue()
    const backup = backUp(world)
    const same = await faultOf(reopenLog(world, backup))
    expect([same.code, same.message]).toEqual([
      'state_conflict',
      expect.stringContaining('nothing that was answered is lost'),
    ])
    await take(world, NEW)
    const ahead = await faultOf(reopenLog(world, backup))
    expect([ahead.code, ahead.message]).toEqual([
      'state_conflict',
      expect.stringContaining('akashi restore'),
    ])
    expect((await world.platform.trust()).log).toMatchObject({ origin: FIRST, previous: [] })
    expect((await take(world, '12345-000008')).receipt.index).toBe(3)
  })

  test('is refused for an empty log and for a damaged one', async () => {
    const { world, backup } = await lossScene()
    const db = behind(world)
    db.exec("UPDATE recordBody SET jws = 'x' WHERE position = 3")
    expect((await faultOf(reopenLog(world, backup))).message).toContain('2 faults')
    const empty = await world.reopen({ env: { DATA_DIR: join(world.dataDir, 'empty') } })
    expect(await codeOf(reopenLog(empty, backup))).toBe('state_conflict')
  })

  test('is refused where a server appends meanwhile, and nothing of it stays', async () => {
    const { world, backup } = await lossScene()
    const { ports } = world
    const store: typeof ports.store = {
      ...ports.store,
      async commit(queries) {
        // An operator who accepted the guard, and a server that takes a record at once.
        await ports.guard.write((await world.platform.publicLog.checkpoint()) as string)
        await take(world, NEW)
        return ports.store.commit(queries)
      },
    }
    const reopen = createReopen({ ...ports, store }, world.opened.settings)
    const refused = await faultOf(reopen((head) => endsWith(backup, head)))
    expect([refused.code, refused.message]).toEqual([
      'state_conflict',
      expect.stringContaining('Stop the server'),
    ])
    expect((await world.platform.trust()).log.previous).toEqual([])
    expect(await fsckOf(world)).toEqual([])
  })

  test('leaves a server that was running to sign nothing more', async () => {
    const { world, backup } = await lossScene()
    const running = await world.another()
    expect((await running.lookup()).verdict).toBe('verified')
    await reopenLog(world, backup)
    const refused = await faultOf(take(running, NEW))
    expect([refused.code, refused.message]).toEqual([
      'store_unavailable',
      expect.stringContaining(`goes on as ${SECOND}`),
    ])
    expect(await entriesOf(world)).toHaveLength(4)
  })

  test('can happen again, and never takes an origin twice', async () => {
    const { world, backup } = await reopenedScene()
    await take(world, NEW, await bearer(world))
    const second = backUp(world, 'second.db')
    await take(world, '12345-000008', await bearer(world))
    const back = await putBack(world, second)
    expect((await reopenLog(back, second)).origin).toBe(`${FIRST}/3`)
    const third = await back.reopen()
    const { log } = await third.platform.trust()
    expect(log.previous.map(({ origin, size }) => [origin, size])).toEqual([
      [FIRST, 4],
      [SECOND, 5],
    ])
    expect(await fsckOf(third)).toEqual([])
    // The first backup knows of none of them; the guard does.
    const oldest = await putBack(third, backup)
    expect((await reopenLog(oldest, backup)).origin).toBe(`${FIRST}/4`)
  })

  test('cannot be undone by the database that was thought to be lost', async () => {
    const { world, newest } = await reopenedScene()
    const found = await putBack(world, newest)
    const refused = await faultOf(take(found, NEW))
    expect([refused.code, refused.message]).toEqual([
      'log_rollback_detected',
      expect.stringContaining(`${SECOND} was answered`),
    ])
    const accepted = createAcceptGuard(found.ports, found.opened.settings)()
    expect(await codeOf(accepted)).toBe('state_conflict')
    expect(await codeOf(take(found, NEW))).toBe('log_rollback_detected')
  })

  test('keeps to LOG_ORIGIN as it was given at the first start', async () => {
    const { world } = await reopenedScene()
    const again = await world.reopen({ env: { LOG_ORIGIN: FIRST } })
    expect((await again.platform.trust()).log.origin).toBe(SECOND)
    await expect(world.reopen({ env: { LOG_ORIGIN: `${FIRST}/3` } })).rejects.toMatchObject({
      code: 'state_conflict',
    })
  })
})

describe('fsck tells of a log that was reopened', () => {
  test.each([
    ['a root', "UPDATE logReopening SET sealedRoot = 'x'", ['logReopening 2']],
    ['a key', "UPDATE logReopening SET sealedVkey = 'x'", ['logReopening 2']],
    [
      'its first head away',
      'DELETE FROM logCheckpoint WHERE generation = 2 AND size = 4',
      ['logReopening 2'],
    ],
    [
      'a head past the seal',
      'UPDATE logCheckpoint SET generation = 1 WHERE size = 5',
      ['logCheckpoint 5'],
    ],
  ])('%s: %s', async (_, sql, found) => {
    const { world } = await reopenedScene()
    await take(world, NEW, await bearer(world))
    behind(world).exec(sql)
    expect(await fsckOf(world)).toEqual(expect.arrayContaining(found))
  })
})
