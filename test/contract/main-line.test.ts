import { beforeAll, describe, expect, test } from 'vitest'
import { instant } from '../../src/base/time.ts'
import { readShareLink } from '../../src/guarantee/link.ts'
import type { RecordPayload } from '../../src/guarantee/record.ts'
import {
  batchLine,
  createdShare,
  keyChanged,
  lookupAnswer,
  shareList,
  submitted,
} from '../../src/platform/door/schemas.api.ts'
import { checkEvidence, checkReceipt } from '../../src/verifier/check.ts'
import { newKeyChange } from '../platform/key-changes.ts'
import { AUTH_KEY, certificate, NUMBER, START } from '../platform/sample.ts'
import { type Engine, engine } from './engine.ts'
import { amended, KEY, newLine, numbered, PAIR, pinned, submit } from './line.ts'

let here: Engine
beforeAll(async () => {
  here = await engine()
})

test('a record is taken once, and its receipt holds offline for this record alone', async () => {
  const line = await newLine(here)
  const record = await line.sign({})
  const reply = await submit(line, record)
  expect(reply.status).toBe(201)
  const { receipt } = reply.read(submitted)
  expect(receipt).toMatchObject({ issuer: 'east', contractNumber: NUMBER, seq: 1, index: 1 })
  const { trust, tools } = await pinned(line)
  expect((await checkReceipt(receipt, record, trust, tools)).outcome).toBe('valid')
  const other = await line.sign({})
  expect((await checkReceipt(receipt, other, trust, tools)).outcome).toBe('invalid')

  const again = await submit(line, record)
  expect([again.status, again.read(submitted).receipt]).toEqual([200, receipt])
})

test('a look-up verifies everything again, with its history and evidence that holds offline', async () => {
  const line = await newLine(here)
  const records = await amended(line)
  const answer = (await line.post('/v1/lookup', PAIR)).read(lookupAnswer)
  expect(answer.verdict).toBe('verified')
  expect(answer.checks.map(({ result }) => result)).toEqual(['pass', 'pass', 'pass', 'pass'])
  expect(answer.certificate).toMatchObject({ guaranteedAmount: 19_000_000 })
  expect(answer.history.map(({ seq, record }) => [seq, record])).toEqual([
    [1, records[0]],
    [2, records[1]],
  ])
  expect(answer.history.map(({ arrivedAt }) => arrivedAt)).toEqual([
    instant(START),
    instant(START + 1000),
  ])
  const { trust, tools } = await pinned(line)
  expect((await checkEvidence(answer.evidence, trust, tools)).outcome).toBe('valid')
  const other = { ...trust, platform: 'https://elsewhere.example' }
  expect((await checkEvidence(answer.evidence, other, tools)).outcome).not.toBe('valid')

  const page = await line.postForm('/verify', PAIR)
  expect(page.status).toBe(200)
  expect(page.text).toContain('19,000,000')
})

test('the log is signed alike on every engine, byte for byte', async () => {
  const line = await newLine(here)
  await amended(line)
  expect((await line.get('/log/checkpoint')).text).toBe(CHECKPOINT)
})

/** Ed25519 signs the same bytes the same way, everywhere and for ever. */
const CHECKPOINT = [
  'hosho.example.lg.jp/akashi',
  '3',
  'UlNBWp4Srya6xkjEWQYkn2ky4m3tLYfcFA+hgFxk/lI=',
  '',
  '— hosho.example.lg.jp/akashi CXTpnC7KjENwPkWTHVRHt/VUXes9dY8TjHPXNx7ypEXeKcV2k0CSgHccsycLEiHx3XQZ7OHS4bGzh6jY1d0MVjtC8gQ=',
  '',
].join('\n')

describe('what is not right', () => {
  test('is answered alike, whether the number or the key is wrong', async () => {
    const line = await newLine(here)
    await amended(line)
    const wrong = [
      { contractNumber: NUMBER, authKey: `${AUTH_KEY.slice(0, -1)}y` },
      { contractNumber: numbered(9), authKey: AUTH_KEY },
    ]
    const answers = await Promise.all(
      wrong.map(async (pair) => {
        const { status, headers, text } = await line.post('/v1/lookup', pair)
        return [status, [...headers], text.replace(/urn:uuid:[0-9a-f-]+/, '')]
      }),
    )
    expect(answers[0]?.[0]).toBe(404)
    expect(answers[0]).toEqual(answers[1])
  })

  const REFUSED: [what: string, change: Partial<RecordPayload>, code: string][] = [
    ['follows another record', { seq: 3, prev: 'A'.repeat(43), event: 'amend' }, 'prev_mismatch'],
    ['takes a seq that is taken', {}, 'seq_conflict'],
    [
      'names an owner that nobody knows',
      { certificate: certificate({ owner: { name: '無名市長' } }) },
      'owner_unknown',
    ],
  ]

  test.each(REFUSED)(
    'a record that %s is refused, and the log stays',
    async (_what, change, code) => {
      const line = await newLine(here)
      await amended(line)
      const before = (await line.get('/log/checkpoint')).text
      const record = await line.sign(change)
      const first = change.seq === undefined
      const reply = await line.post('/v1/records', { record, ...(first && { authKey: AUTH_KEY }) })
      expect(JSON.parse(reply.text).code).toBe(code)
      expect((await line.get('/log/checkpoint')).text).toBe(before)
    },
  )
})

/** The largest batch on Workers, and half the statements of a call: another writer may be faster. */
const WORKERS = { lines: 30, statements: 500 }

test('many come in one body, each answered for itself, within what one call may run', async () => {
  const line = await newLine(here)
  const good = await Promise.all(
    Array.from({ length: WORKERS.lines - 2 }, (_, i) => line.sign({ sub: numbered(i) })),
  )
  const before = line.statements()
  const lines = good.map((record) => JSON.stringify({ record, authKey: AUTH_KEY }))
  const reply = await line.postLines('/v1/records/batch', [...lines, 'no JSON', lines[0] ?? ''])
  expect(reply.status).toBe(200)
  const answers = reply.text
    .trimEnd()
    .split('\n')
    .map((text) => batchLine.parse(JSON.parse(text)))
  expect(answers.map(({ status }) => status)).toEqual([...good.map(() => 201), 400, 200])
  expect(line.statements() - before).toBeLessThan(WORKERS.statements)
  expect(answers.map(({ receipt }) => receipt?.index).slice(0, good.length)).toEqual(
    good.map((_, i) => i + 1),
  )
  const { trust, tools } = await pinned(line)
  for (const [i, record] of good.entries()) {
    expect((await checkReceipt(answers[i]?.receipt, record, trust, tools)).outcome).toBe('valid')
  }
})

test('a body has as many lines as the engine takes in one commit, and not one more', async () => {
  const line = await newLine(here)
  const { largestGroup } = line.ports.writing
  const lines = Array.from({ length: largestGroup }, () => '{}')
  expect((await line.postLines('/v1/records/batch', lines)).status).toBe(200)
  expect((await line.postLines('/v1/records/batch', [...lines, '{}'])).status).toBe(413)
  expect(largestGroup).toBeGreaterThanOrEqual(WORKERS.lines)
})

describe('a share link', () => {
  test('opens what it was made for, is counted, and ends when it is withdrawn', async () => {
    const line = await newLine(here)
    await amended(line)
    const share = (await line.post('/v1/shares', PAIR)).read(createdShare)
    const open = () => line.post('/v1/shares/open', { token: readShareLink(share.url) })
    const shown = (await open()).read(lookupAnswer)
    expect([shown.verdict, shown.partial, shown.history.length]).toEqual(['verified', true, 1])
    const list = async () => (await line.post('/v1/shares/list', PAIR)).read(shareList).items
    expect(await list()).toMatchObject([{ id: share.id, openings: 1 }])
    expect((await line.post(`/v1/shares/${share.id}/revoke`, PAIR)).status).toBeLessThan(300)
    expect((await open()).status).toBe(410)
    expect(await list()).toMatchObject([
      { id: share.id, openings: 1, revokedAt: expect.any(String) },
    ])
  })

  test('ends with a new auth key, and so does the old key', async () => {
    const line = await newLine(here)
    await amended(line)
    const share = (await line.post('/v1/shares', PAIR)).read(createdShare)
    const asked = await newKeyChange({ ...line, issuer: KEY })
    const { authKey } = asked
    const changed = await line.post('/v1/keys', asked)
    expect(changed.read(keyChanged).contractNumber).toBe(NUMBER)
    expect((await line.post('/v1/keys', asked)).status).toBe(409)
    expect((await line.post('/v1/lookup', PAIR)).status).toBe(404)
    expect((await line.post('/v1/lookup', { ...PAIR, authKey })).status).toBe(200)
    expect((await line.post('/v1/shares/open', { token: readShareLink(share.url) })).status).toBe(
      410,
    )
  })
})
