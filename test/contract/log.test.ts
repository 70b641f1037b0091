import { beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { base64, fromBase64 } from '../../src/base/bytes.ts'
import { openCheckpoint, parseVkey } from '../../src/log/checkpoint.ts'
import { verifyConsistency, verifyInclusion } from '../../src/log/proof.ts'
import { leafHash } from '../../src/log/tree.ts'
import { systemClock } from '../../src/outside/clock.ts'
import { submitted } from '../../src/platform/door/schemas.api.ts'
import { checkReceipt } from '../../src/verifier/check.ts'
import { type Engine, engine } from './engine.ts'
import { amended, newLine, numbered, openLine, PAIR, pinned, submit } from './line.ts'

let here: Engine
beforeAll(async () => {
  here = await engine()
})

describe('the log', () => {
  const proven = z.looseObject({ hashes: z.array(z.string()) })

  test('proves each entry and each earlier head, from its tiles and ready made', async () => {
    const line = await newLine(here)
    for (let i = 0; i < 4; i++) await submit(line, await line.sign({ sub: numbered(i) }))
    const { trust, tools } = await pinned(line)
    const verifier = parseVkey(trust.log.vkey)
    const note = (await line.get('/log/checkpoint')).text
    const head = verifier && (await openCheckpoint(note, verifier, tools.verifyEd25519))
    if (!head) throw new Error('the checkpoint does not open')
    expect(head.size).toBe(5)
    const leaf = (await line.get('/log/tile/0/000.p/5')).bytes
    const entries = (await line.get('/log/tile/entries/000.p/5')).bytes
    const first = entries.subarray(2, 2 + ((entries[0] as number) << 8) + (entries[1] as number))
    expect(base64(leaf.subarray(0, 32))).toBe(base64(leafHash(first)))
    const decode = (list: string[]) => list.map((hash) => fromBase64(hash) as Uint8Array)
    const inclusion = (await line.get('/log/proof/inclusion?index=0&size=5')).read(proven)
    expect(verifyInclusion(0, 5, leafHash(first), decode(inclusion.hashes), head.root)).toBe(true)
    expect(verifyInclusion(1, 5, leafHash(first), decode(inclusion.hashes), head.root)).toBe(false)
    const consistency = (await line.get('/log/proof/consistency?from=1&to=5')).read(proven)
    const proof = decode(consistency.hashes)
    expect(verifyConsistency(1, 5, leafHash(first), head.root, proof)).toBe(true)
    expect(verifyConsistency(2, 5, leafHash(first), head.root, proof)).toBe(false)
  })

  test('takes 20 records that come at once through 20 doors: each once, without a gap', async () => {
    const line = await newLine(here)
    const { clock } = line
    // As in an isolate of its own each: without a turn, and who loses waits a moment for real.
    const isolated = {
      writing: { largestGroup: 30, tries: 12 },
      clock: { ...clock, sleep: systemClock.sleep },
    }
    const doors = await Promise.all(
      Array.from({ length: 20 }, () => openLine(line.database, clock, isolated)),
    )
    const records = await Promise.all(doors.map((_, i) => line.sign({ sub: numbered(i) })))
    const indexes = await Promise.all(
      doors.map(async (door, i) => {
        for (;;) {
          const reply = await submit(door, records[i] as string)
          // What is refused as busy was not stored, and whoever sent it sends it again.
          if (reply.status !== 503) return reply.read(submitted).receipt.index
          expect(JSON.parse(reply.text).code).toBe('log_busy')
        }
      }),
    )
    expect(indexes.toSorted((a, b) => a - b)).toEqual(records.map((_, i) => i + 1))
    const { trust, tools } = await pinned(line)
    for (const record of records) {
      const { receipt } = (await submit(line, record)).read(submitted)
      expect((await checkReceipt(receipt, record, trust, tools)).outcome).toBe('valid')
    }
  })
})

test('who looked is sealed each minute, and the seal enters the log', async () => {
  const line = await newLine(here)
  await amended(line)
  await line.post('/v1/lookup', { ...PAIR, checker: { department: '契約検査課', name: '佐野' } })
  line.clock.pass(60_000)
  await line.platform.housekeeping()
  const { store } = line.ports
  const seals = store.db.selectFrom('accessSeal').select(['start', 'count']).compile()
  expect(await store.all(seals)).toEqual([{ start: 0, count: 1 }])
  expect((await line.get('/log/checkpoint')).text).toMatch(/^hosho.example.lg.jp\/akashi\n4\n/)
  await line.platform.housekeeping()
  expect((await line.get('/log/checkpoint')).text).toMatch(/^hosho.example.lg.jp\/akashi\n4\n/)
})

describe('the fork guard', () => {
  test('refuses to write on a log that is older than the last answer', async () => {
    const line = await newLine(here)
    const [first] = await amended(line)
    const note = (await line.get('/log/checkpoint')).text
    expect(await line.ports.guard.read()).toEqual({ state: 'kept', note })
    const other = await newLine(here)
    await other.ports.guard.write(note)
    const reply = await submit(other, first)
    expect([reply.status, JSON.parse(reply.text).code]).toEqual([503, 'log_rollback_detected'])
    expect((await other.get('/readyz')).status).toBe(503)
  })
})

test('the platform says of itself that it is well', async () => {
  const line = await newLine(here)
  const reply = await line.get('/readyz')
  expect([reply.status, JSON.parse(reply.text)]).toMatchObject([
    200,
    {
      status: 'ok',
      checks: { database: 'ok', log: 'ok', guard: 'ok', disk: 'ok' },
      log: { origin: 'hosho.example.lg.jp/akashi', size: 1 },
    },
  ])
})
