import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, onTestFinished, test } from 'vitest'
import { base64url } from '../../src/base/bytes.ts'
import { instant } from '../../src/base/time.ts'
import { type Entry, formatEntry, parseEntry } from '../../src/log/entry.ts'
import { createFsck } from '../../src/platform/fsck/fsck.ts'
import { createAppend } from '../../src/platform/log/append.ts'
import { checkEvidence, checkReceipt } from '../../src/verifier/check.ts'
import { newScene, problemsOf, THIRD } from './damage.ts'
import { codeOf, faultOf } from './fault-of.ts'
import { AUTH_KEY, NUMBER, newWorld, payload, type World } from './world.ts'

const WISH = { issuer: 'east', contractNumber: NUMBER, reason: 'retention_ended' }
const ERASED = ['integrity unknown BODY_ERASED', 'issuer unknown NOT_CHECKED']
const MISSING = ['integrity fail RECORD_MISSING', 'issuer unknown NOT_CHECKED']

/** A scene whose sample, versions 2 and 3 of the log, is erased by the entries 6 and 7. */
async function erasedScene() {
  const scene = await newScene()
  expect(await scene.world.platform.erase(WISH)).toEqual({
    issuer: 'east',
    contractNumber: NUMBER,
    seqs: [1, 2],
  })
  return scene
}

/** The database as its own operator reaches it: every trigger in place. */
function direct({ dataDir }: World): Database.Database {
  const db = new Database(join(dataDir, 'akashi.db'))
  onTestFinished(() => void db.close())
  return db
}

async function faultsOf({ ports, opened }: World): Promise<string[]> {
  const found: string[] = []
  await createFsck(ports, opened.settings)(({ table, at }) => found.push(`${table} ${at}`))
  return found
}

function toolsOf({ ports, clock }: World) {
  const { verifyJws, verifyEd25519 } = ports
  return { verifyJws, verifyEd25519, now: instant(clock.now()) }
}

function entries(db: Database.Database): Entry[] {
  const rows = db.prepare('SELECT entry FROM logEntry ORDER BY position').pluck().all()
  return rows.map((entry) => parseEntry(entry as Uint8Array) as Entry)
}

describe('an erased guarantee', () => {
  test('is gone with all its versions, and the log says so of each, in one commit', async () => {
    const { world, db } = await erasedScene()
    const log = entries(db)
    expect(log.slice(6)).toEqual(
      [2, 3].map((position) => ({
        kind: 'erase',
        issuer: 'east',
        arrived: instant(world.clock.now()),
        sha256: (log[position] as Entry).sha256,
        reason: 'retention_ended',
      })),
    )
    const heads = db.prepare('SELECT size FROM logCheckpoint WHERE size > 6').pluck().all()
    expect(heads).toEqual([8])
    const facts = db.prepare('SELECT * FROM logFact WHERE position IN (3, 5, 7) ORDER BY position')
    expect(facts.all()).toMatchObject([
      { seq: 2, event: 'amend', contractorName: null, worksName: null },
      { seq: 1, contractorName: '髙田建設 株式会社' },
      { entry: 'erase', contractNumber: NUMBER, seq: 2, reasonCode: 'retention_ended' },
    ])
    expect(await faultsOf(world)).toEqual([])
  })

  test('is told as erased, neither as damage nor as genuine, and its neighbours are as before', async () => {
    const { world, sample, beside } = await erasedScene()
    const answer = await sample()
    expect([answer.verdict, answer.erased]).toEqual(['indeterminate', [1, 2]])
    expect(problemsOf(answer)).toEqual(ERASED)
    expect((await beside()).verdict).toBe('verified')
    expect(problemsOf(await (await world.reopen()).lookup())).toEqual(ERASED)
  })

  test('keeps its place in the chain for whoever checks the evidence offline', async () => {
    const { world, sample } = await erasedScene()
    const { evidence } = await sample()
    const report = await checkEvidence(evidence, await world.platform.trust(), toolsOf(world))
    expect(report.outcome).toBe('unknown')
    const codes = report.findings.map(({ code }) => code)
    expect(codes.filter((code) => code === 'BODY_ERASED')).toHaveLength(2)
    expect(codes.filter((code) => /INVALID|BROKEN|MISMATCH/.test(code))).toEqual([])
  })

  test('answers the same record with the same receipt, and does not take it in again', async () => {
    const { world } = await newScene()
    const first = await world.sign(payload({ sub: '12345-000009' }))
    const before = await world.platform.intake({ record: first, authKey: AUTH_KEY })
    await world.platform.erase({ ...WISH, contractNumber: '12345-000009' })
    const again = await world.platform.intake({ record: first, authKey: AUTH_KEY })
    expect([again.fresh, again.receipt]).toEqual([false, before.receipt])
    const report = await checkReceipt(
      again.receipt,
      first,
      await world.platform.trust(),
      toolsOf(world),
    )
    expect(report.outcome).toBe('valid')
    expect(await faultsOf(world)).toEqual([])
  })

  test('is followed by nothing, while a new number is open', async () => {
    const { world, db } = await erasedScene()
    const { sha256: prev } = entries(db)[3] as Entry
    const next = payload({ seq: 3, prev: base64url(prev), event: 'cancel', reason: '合意解約' })
    const refused = await faultOf(
      world.platform.intake({
        record: await world.sign({ ...next, reasonCode: 'contract_terminated' } as never),
      }),
    )
    expect([refused.code, refused.message]).toEqual([
      'state_conflict',
      expect.stringContaining(`relatedContractNumber ${NUMBER}`),
    ])
    const other = await world.sign(payload({ sub: '12345-000009' }))
    expect((await world.platform.intake({ record: other, authKey: AUTH_KEY })).fresh).toBe(true)
  })

  test('leaves no name of a person who looked it up, and those of its neighbours', async () => {
    const { world, sample, db } = await newScene()
    const checker = { department: '契約検査課', name: '山田' }
    await world.lookup({ checker })
    await world.platform.lookup.byPair({ contractNumber: THIRD, authKey: AUTH_KEY }, { checker })
    await world.platform.erase(WISH)
    const rows = db.prepare('SELECT numberKey, detail FROM accessNote').all() as {
      numberKey: string
      detail: string
    }[]
    const named = rows.filter(({ detail }) => /山田|契約検査課/.test(detail))
    expect(named.map(({ numberKey }) => numberKey)).toEqual(['12345000003'])
    expect(rows.every(({ detail }) => 'verdict' in JSON.parse(detail))).toBe(true)
    expect(problemsOf(await sample())).toEqual(ERASED)
  })

  test('leaves no name either where more rows than one run seals have not been sealed', async () => {
    const { world, db } = await newScene()
    const { platform } = world
    for (let i = 0; i < 40; i++) void platform.access.note({ kind: 'lookup_failed' })
    await world.lookup({ checker: { name: '山田' } })
    await world.over({ writing: { ...world.ports.writing, largestGroup: 1 } }).erase(WISH)
    const details = db.prepare('SELECT detail FROM accessNote').pluck().all()
    expect(details.filter((detail) => String(detail).includes('山田'))).toEqual([])
  })

  test('leaves no copy of its records in the files of the database', async () => {
    const { world, db } = await newScene()
    const bodies = db.prepare('SELECT jws FROM recordBody WHERE position IN (2, 5)').pluck().all()
    const signatures = (bodies as string[]).map((jws) => jws.slice(-86))
    await world.platform.erase(WISH)
    db.close()
    await world.reopen({
      meanwhile() {
        const files = readdirSync(world.dataDir).filter((name) => name.startsWith('akashi.db'))
        const bytes = files
          .map((name) => readFileSync(join(world.dataDir, name), 'latin1'))
          .join('')
        expect(signatures.map((signature) => bytes.includes(signature))).toEqual([false, true])
      },
    })
  })
})

describe('what is refused', () => {
  test('a guarantee that is not there, of another issuer, and a reason that is no code', async () => {
    const { world } = await newScene()
    const { erase } = world.platform
    expect(await codeOf(erase({ ...WISH, issuer: 'west' }))).toBe('not_found')
    expect(await codeOf(erase({ ...WISH, contractNumber: '12345-999999' }))).toBe('not_found')
    for (const reason of ['', 'asked by 山田', 'a\nb', 'x'.repeat(65)]) {
      expect(await codeOf(erase({ ...WISH, reason }))).toBe('body_invalid')
    }
    expect((await world.lookup()).verdict).toBe('verified')
  })

  test('a guarantee one of whose versions is out of sight, and would stay', async () => {
    const { world, db } = await newScene()
    const hide = db.prepare('UPDATE version SET numberKey = ? WHERE position = 3')
    hide.run('9')
    expect(await codeOf(world.platform.erase(WISH))).toBe('store_unavailable')
    expect(db.prepare('SELECT count(*) FROM erasure').pluck().get()).toBe(0)
    hide.run('12345678901')
    expect(await world.platform.erase(WISH)).toMatchObject({ seqs: [1, 2] })
  })

  test('nothing is left for a second erasure, and nothing more is said', async () => {
    const { world, db } = await erasedScene()
    expect(await world.platform.erase(WISH)).toMatchObject({ seqs: [] })
    expect(entries(db)).toHaveLength(8)
  })

  test('two at once erase each version once', async () => {
    const { world, db } = await newScene()
    const other = await world.another()
    const done = await Promise.all([world, other].map(({ platform }) => platform.erase(WISH)))
    expect(done.flatMap(({ seqs }) => seqs).sort()).toEqual([1, 2])
    expect(entries(db)).toHaveLength(8)
    expect(await faultsOf(world)).toEqual([])
  })

  test('the database gives up no body that its log does not say is erased', async () => {
    // The log: 0 a key, 1 and 2 the sample, 3 another number, 4 its erasure.
    const world = await newWorld()
    await world.issue({})
    const other = await world.sign(payload({ sub: THIRD }))
    await world.platform.intake({ record: other, authKey: AUTH_KEY })
    await world.platform.erase({ ...WISH, contractNumber: THIRD })
    const db = direct(world)
    const refused = [
      'DELETE FROM recordBody',
      'DELETE FROM recordBody WHERE position = 2',
      "UPDATE recordBody SET jws = '' WHERE position = 2",
      // Each with a record that stands and an entry that says nothing of it.
      'INSERT INTO erasure VALUES (2, 1)',
      'INSERT INTO erasure VALUES (2, 4)',
      'INSERT INTO erasure VALUES (2, 0)',
      'INSERT OR REPLACE INTO erasure VALUES (3, 4)',
      'UPDATE erasure SET position = 2',
      'DELETE FROM erasure',
    ]
    for (const sql of refused) expect(() => db.exec(sql), sql).toThrow(/append-only/)
    expect((await world.lookup()).verdict).toBe('verified')
  })
})

describe('a body that is missing', () => {
  test.each([
    ['without a row', 'DELETE FROM erasure WHERE position = 3'],
    [
      'with the erasure of another record',
      'DELETE FROM erasure WHERE position = 3; UPDATE erasure SET position = 3 WHERE position = 2',
    ],
    ['with a record entry in its place', 'UPDATE erasure SET entry = 5 WHERE position = 3'],
    ['with a lost entry', 'DELETE FROM logEntry WHERE position = 7'],
  ])('%s for its erasure is damage', async (_, sql) => {
    const { world, sample, db } = await erasedScene()
    db.exec(sql)
    expect(problemsOf(await sample())).toEqual(MISSING)
    expect(await faultsOf(world)).not.toEqual([])
  })

  test('is damage where the entry that excuses it is not in the signed tree', async () => {
    const { world, sample, db } = await newScene()
    const { sha256: hash } = entries(db)[3] as Entry
    const arrived = instant(world.clock.now())
    const forged = formatEntry({
      kind: 'erase',
      issuer: 'east',
      arrived,
      sha256: hash,
      reason: 'x',
    })
    db.prepare('UPDATE logEntry SET entry = ? WHERE position = 5').run(forged)
    db.exec('INSERT INTO erasure VALUES (3, 5); DELETE FROM recordBody WHERE position = 3')
    expect(problemsOf(await sample())).toEqual(MISSING)
    expect(await faultsOf(world)).toContain('logNode 8')
  })

  test('that came back is told', async () => {
    const { world, db } = await erasedScene()
    db.exec("INSERT INTO recordBody VALUES (2, 'x')")
    expect(await faultsOf(world)).toContain('recordBody 2')
  })

  test('is told where an entry has no row', async () => {
    const { world, db } = await newScene()
    const { sha256: hash } = entries(db)[5] as Entry
    db.exec('DELETE FROM recordBody WHERE position = 5')
    expect(await faultsOf(world)).toEqual(['logFact 5', 'recordBody 5'])
    await createAppend(
      world.ports,
      world.opened.settings,
    )(async ({ arrived }) => ({
      kind: 'append',
      entry: { kind: 'erase', issuer: 'east', arrived, sha256: hash, reason: 'x' },
      rows: () => [],
      done: () => undefined,
    }))
    expect(await faultsOf(world)).toEqual(['logFact 5', 'erasure 6'])
  })
})
