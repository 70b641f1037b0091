import { describe, expect, test } from 'vitest'
import { instant } from '../../src/base/time.ts'
import { parseTrust } from '../../src/log/bundle.ts'
import { lookupAnswer, trustDocument } from '../../src/platform/door/schemas.api.ts'
import { checkEvidence, checkVerificationReceipt } from '../../src/verifier/check.ts'
import { behind } from '../platform/behind.ts'
import {
  AUTH_KEY,
  certificate,
  NUMBER,
  newKey,
  newWorld,
  PLATFORM,
  payload,
} from '../platform/world.ts'
import { claimsOf, PAIR, type Served, serve } from './served.ts'

async function ask({ post }: Served, more: object = {}, query = '') {
  const reply = await post(`/v1/lookup${query}`, { ...PAIR, ...more })
  expect([reply.status, reply.headers.get('content-type')]).toEqual([200, 'application/json'])
  return reply.read(lookupAnswer)
}

async function issued() {
  const world = await newWorld()
  const records = await world.issue()
  return { world, records, served: await serve(world) }
}

test('the answer has four checks, the issuer, the status, the certificate and the history', async () => {
  const { served, records } = await issued()
  const { checks, verificationReceipt, evidence, ...rest } = await ask(served)
  expect(checks.map(({ id, result, code }) => [id, result, code])).toEqual([
    ['integrity', 'pass', 'OK'],
    ['issuer', 'pass', 'OK'],
    ['log', 'pass', 'OK'],
    ['status', 'pass', 'IN_FORCE'],
  ])
  expect(checks.every(({ text }) => text.length > 0)).toBe(true)
  const { warnings, ...facts } = rest
  expect(warnings.filter(({ severity }) => severity === 'warn')).toEqual([])
  expect(facts).toEqual({
    verdict: 'verified',
    issuer: {
      id: 'east',
      name: 'あかし東建設業保証株式会社',
      phone: '054-000-0000',
      hours: '平日 9時から17時',
    },
    status: { state: 'in_force', asOf: '2026-02-03T05:00:01.000Z', seq: 1, amendments: 0 },
    certificate: certificate(),
    arrivedAt: '2026-02-03T05:00:00.000Z',
    history: [
      {
        seq: 1,
        event: 'issue',
        label: 'issue',
        arrivedAt: '2026-02-03T05:00:00.000Z',
        index: 1,
        hidden: false,
        changes: [],
        certificate: certificate(),
        record: records[0],
      },
    ],
  })
  expect(evidence).toBeDefined()
  expect(evidence?.verificationReceipt).toBe(verificationReceipt)
})

test('evidence comes unless include is given without it', async () => {
  const { served } = await issued()
  expect((await ask(served)).evidence).toBeDefined()
  expect((await ask(served, { include: ['evidence'] })).evidence).toBeDefined()
  expect((await ask(served, { include: [] })).evidence).toBeUndefined()
})

test('who looks stands in the signed verification receipt, as self-declared', async () => {
  const { served } = await issued()
  const checker = { department: '契約検査課', name: '鈴木 一郎' }
  expect(claimsOf((await ask(served, { checker })).verificationReceipt)).toMatchObject({
    iss: PLATFORM,
    jti: expect.stringMatching(/^KX-[0-9A-HJKMNP-TV-Z]{10}$/),
    sub: NUMBER,
    issuer: 'east',
    verdict: 'verified',
    headSeq: 1,
    checker: { ...checker, basis: 'self_declared' },
  })
  expect(claimsOf((await ask(served)).verificationReceipt)).not.toHaveProperty('checker')
})

test('a works contract is compared, and what differs asks for attention', async () => {
  const { served } = await issued()
  const contract = {
    contractPrice: 50_000_000,
    ownerName: '富士市長',
    contractorName: '高田建設㈱',
  }
  const same = await ask(served, { contract })
  expect(same.checks.map(({ id }) => id).slice(4)).toEqual(['match', 'sufficiency'])
  expect(same.match?.fields).toEqual([
    { field: 'contractPrice', result: 'same', theirs: 50_000_000, ours: 50_000_000 },
    { field: 'ownerName', result: 'same', theirs: '富士市長', ours: '富士市長' },
    {
      field: 'contractorName',
      result: 'variant',
      theirs: '高田建設㈱',
      ours: '髙田建設 株式会社',
    },
  ])
  const other = await ask(served, { contract: { contractPrice: 60_000_000 } })
  expect(other.verdict).toBe('attention')
  expect(other.checks[4]).toMatchObject({ id: 'match', result: 'fail', code: 'DIFFERENT' })
  expect((await ask(served)).match).toBeUndefined()
})

test('a comparison of nothing and a checker that no receipt should hold are refused', async () => {
  const { served } = await issued()
  for (const [more, field] of [
    [{ contract: {} }, 'contract'],
    [{ contract: { worksPeriod: {} } }, 'contract.worksPeriod'],
    [{ checker: { name: '山田\u0000' } }, 'checker.name'],
    [{ checker: { department: 'あ'.repeat(201) } }, 'checker.department'],
  ] as const) {
    const { code, errors } = (await served.post('/v1/lookup', { ...PAIR, ...more })).problem()
    expect([code, errors?.map((error) => error.field)]).toEqual(['body_invalid', [field]])
  }
})

test('with the newest version unreadable no older certificate stands for it', async () => {
  const world = await newWorld()
  await world.issue({ certificate: certificate({ guaranteedAmount: 19_000_000 }) })
  const served = await serve(world)
  expect((await ask(served)).certificate).toMatchObject({ guaranteedAmount: 19_000_000 })
  behind(world).exec('DELETE FROM recordBody WHERE position = 2')
  const { certificate: none, arrivedAt, history, status } = await ask(served)
  expect([none, arrivedAt, status.state]).toEqual([null, undefined, 'unknown'])
  expect(history.map(({ seq }) => seq)).toEqual([1])
})

test('sentences are Japanese, and English only by ?lang=en', async () => {
  const { served } = await issued()
  const headers = { 'content-type': 'application/json', 'accept-language': 'en' }
  const plain = (await served.post('/v1/lookup', PAIR, headers)).read(lookupAnswer)
  const english = await ask(served, {}, '?lang=en')
  expect(plain.checks[0]?.text).toMatch(/\p{Script=Han}/u)
  expect(english.checks[0]?.text).toMatch(/^[\x20-\x7e]+$/)
})

test.each([
  ['１２３４５－６７８９０１', 'Ｚ２８ＹＵＥ４Ｊ３Ｂｕｘ'],
  ['12345ー678901', 'Z28Y UE4J 3Bux'],
  ['12345678901', ' Z28Y-UE4J-3Bux\u200b'],
  [' 12345 ‐ 678901 ', 'Z28YUE4J3Bux\n'],
])('%j with %j is folded as on the pages', async (contractNumber, authKey) => {
  const { served } = await issued()
  expect((await ask(served, { contractNumber, authKey })).verdict).toBe('verified')
})

describe('a pair that is not right', () => {
  const wrong = {
    number: { contractNumber: '12345-678902' },
    key: { authKey: 'Z28YUE4J3Buy' },
    'case of the key': { authKey: 'z28YUE4J3Bux' },
    issuer: { issuer: 'west' },
  }

  test('is one answer, whichever half is wrong: status, headers, length, words', async () => {
    const { served } = await issued()
    const seen = new Set<string>()
    for (const change of Object.values(wrong)) {
      const reply = await served.post('/v1/lookup', { ...PAIR, ...change })
      const headers = Object.fromEntries(reply.headers)
      const { instance: _, ...problem } = reply.problem()
      expect(problem).toMatchObject({ status: 404, code: 'not_found_or_key_mismatch' })
      seen.add(JSON.stringify([reply.text.length, { ...headers, date: '' }, problem]))
    }
    expect(seen.size).toBe(1)
  })

  test('is one page, whether the number is registered or not', async () => {
    const { served } = await issued()
    const empty = await serve(await newWorld())
    const sent = String(new URLSearchParams({ ...PAIR, ...wrong.key }))
    const [registered, unknown] = await Promise.all(
      [served, empty].map(async ({ post, origin }) => {
        const type = { 'content-type': 'application/x-www-form-urlencoded', origin }
        const { status, text, headers } = await post('/verify', sent, type)
        return { status, text, headers: { ...Object.fromEntries(headers), date: '' } }
      }),
    )
    expect(registered?.status).toBe(404)
    expect(registered).toEqual(unknown)
  })
})

test('of two companies with one number the one whose key matches answers; of three, the named one', async () => {
  const { world, served } = await issued()
  const keys: Record<string, string> = {
    east: AUTH_KEY,
    west: 'westWEST2345',
    north: 'northNOR2345',
  }
  for (const id of ['west', 'north']) {
    const [iss, key] = [`https://${id}.example.jp`, await newKey()]
    await world.platform.issuers.add({ id, iss, name: id })
    await world.platform.issuers.keyAdd(id, key.publicJwk)
    const record = await world.sign(payload({ iss }), key)
    await world.platform.intake({ record, authKey: keys[id] })
  }
  for (const id of ['east', 'west', 'north']) {
    const found = await ask(served, { authKey: keys[id], issuer: id })
    expect([found.verdict, found.issuer.id]).toEqual(['verified', id])
  }
  for (const id of ['east', 'west']) {
    expect((await ask(served, { authKey: keys[id] })).issuer.id).toBe(id)
  }
  const third = await served.post('/v1/lookup', { ...PAIR, authKey: keys.north })
  expect([third.status, third.problem().code]).toEqual([404, 'not_found_or_key_mismatch'])
  const crossed = await served.post('/v1/lookup', { ...PAIR, authKey: keys.west, issuer: 'east' })
  expect(crossed.status).toBe(404)
})

test('all rows stand in the history, hidden ones with why and by which', async () => {
  const { world, served } = await issued()
  const other = await newWorld()
  await other.issue(
    { certificate: certificate({ guaranteedAmount: 19_000_000 }) },
    { event: 'cancel_amendment', targetSeq: 2, reason: '取り違え', certificate: certificate() },
  )
  const { history, status } = await ask(await serve(other))
  expect(
    history.map(({ seq, hidden, hiddenReason, hiddenBy }) => [seq, hidden, hiddenReason, hiddenBy]),
  ).toEqual([
    [1, false, undefined, undefined],
    [2, true, 'cancelled', 3],
    [3, true, 'is_cancellation', undefined],
  ])
  expect(history[1]?.changes).toEqual([
    { field: 'guaranteedAmount', from: 20_000_000, to: 19_000_000 },
  ])
  expect([status.seq, status.amendments]).toEqual([3, 0])
  expect((await ask(served)).history).toHaveLength(1)
  expect(world.reports).toEqual([])
})

test('evidence and verification receipt hold offline as they came over the wire, and not with another', async () => {
  const { world, served } = await issued()
  const trust = parseTrust((await served.get('/v1/trust')).read(trustDocument))
  const { verifyJws, verifyEd25519 } = world.ports
  const tools = { verifyJws, verifyEd25519, now: instant(world.clock.now()) }
  const { evidence, verificationReceipt } = await ask(served)
  expect((await checkEvidence(evidence, trust, tools)).outcome).toBe('valid')
  const beside = await checkVerificationReceipt(verificationReceipt, trust, evidence, tools)
  expect(beside).toMatchObject({ outcome: 'valid', facts: { sub: NUMBER, headSeq: 1 } })

  const elsewhere = await newWorld()
  await elsewhere.issue()
  const foreign = await ask(await serve(elsewhere))
  expect((await checkEvidence(foreign.evidence, trust, tools)).outcome).not.toBe('valid')
  const signed = foreign.verificationReceipt
  expect((await checkVerificationReceipt(signed, trust, undefined, tools)).outcome).not.toBe(
    'valid',
  )
})
