import { expect, test } from 'vitest'
import { base64url } from '../../src/base/bytes.ts'
import { instant } from '../../src/base/time.ts'
import { readRecord } from '../../src/guarantee/record.ts'
import { parseTrust } from '../../src/log/bundle.ts'
import { lookupAnswer, submitted, trustDocument } from '../../src/platform/door/schemas.api.ts'
import { checkReceipt } from '../../src/verifier/check.ts'
import {
  AUTH_KEY,
  certificate,
  NUMBER,
  newKey,
  newWorld,
  payload,
  type World,
} from '../platform/world.ts'
import { PAIR, type Served, serve } from './served.ts'

async function offline(world: World, { get }: Served) {
  const { verifyJws, verifyEd25519 } = world.ports
  const trust = parseTrust((await get('/v1/trust')).read(trustDocument))
  const tools = { verifyJws, verifyEd25519, now: instant(world.clock.now()) }
  return (receipt: unknown, record: string) => checkReceipt(receipt, record, trust, tools)
}

test('a record is answered with 201 and a receipt that holds offline, for this record alone', async () => {
  const world = await newWorld()
  const served = await serve(world)
  const record = await world.sign(payload())
  const reply = await served.post('/v1/records', { record, authKey: AUTH_KEY })
  expect(reply.status).toBe(201)
  expect(reply.headers.get('content-type')).toBe('application/json')
  const { receipt, warnings } = reply.read(submitted)
  expect({ ...receipt, proof: '' }).toEqual({
    issuer: 'east',
    contractNumber: NUMBER,
    seq: 1,
    arrivedAt: '2026-02-03T05:00:00.000Z',
    index: 1,
    treeSize: 2,
    proof: '',
  })
  expect(warnings.every(({ text }) => text.length > 0)).toBe(true)

  const check = await offline(world, served)
  expect((await check(receipt, record)).outcome).toBe('valid')
  const other = await world.sign(payload())
  expect((await check(receipt, other)).outcome).toBe('invalid')
  expect((await check({ ...receipt, seq: 2 }, record)).outcome).toBe('invalid')
})

test('the same bytes again are answered with 200 and the same receipt, with or without the key', async () => {
  const world = await newWorld()
  const { post } = await serve(world)
  const record = await world.sign(payload())
  const first = await post('/v1/records', { record, authKey: AUTH_KEY })
  for (const body of [{ record, authKey: AUTH_KEY }, { record }]) {
    const again = await post('/v1/records', body)
    expect(again.status).toBe(200)
    expect(again.read(submitted).receipt).toEqual(first.read(submitted).receipt)
  }
})

test('the same content under another signature is answered with the stored record beside it', async () => {
  const world = await newWorld()
  const { post } = await serve(world)
  const key = await newKey('ES256')
  await world.platform.issuers.keyAdd('east', key.publicJwk)
  const content = payload()
  const [record, other] = [await world.sign(content, key), await world.sign(content, key)]
  const first = await post('/v1/records', { record, authKey: AUTH_KEY })
  expect(first.read(submitted).record).toBeUndefined()
  const again = await post('/v1/records', { record: other, authKey: AUTH_KEY })
  expect(again.status).toBe(200)
  expect(again.read(submitted)).toMatchObject({
    record,
    receipt: first.read(submitted).receipt,
  })
})

test('warnings come with their sentence, in English when asked', async () => {
  const world = await newWorld()
  const { post } = await serve(world)
  let [last = ''] = await world.issue()
  const texts: (string | undefined)[] = []
  for (const [seq, path] of [
    [2, '/v1/records'],
    [3, '/v1/records?lang=en'],
  ] as const) {
    const prev = base64url(readRecord(last).sha256)
    last = await world.sign(payload({ seq, prev, event: 'amend' }))
    const { warnings } = (await post(path, { record: last })).read(submitted)
    texts.push(warnings.find(({ code }) => code === 'no_change')?.text)
  }
  expect(texts[0]).toMatch(/\p{Script=Han}/u)
  expect(texts[1]).toMatch(/^[\x20-\x7e]+$/)
})

test('a refused record leaves nothing behind: log, look-up and the number stay as they were', async () => {
  const world = await newWorld()
  const { get, post } = await serve(world)
  const [first = ''] = await world.issue()
  const before = (await get('/log/checkpoint')).text
  const prev = base64url(readRecord(first).sha256)
  const high = certificate({ guaranteedAmount: 50_000_001 })
  const record = await world.sign(payload({ seq: 2, prev, event: 'amend', certificate: high }))
  const reply = await post('/v1/records', { record })
  expect([reply.status, reply.problem().code]).toEqual([422, 'amount_invalid'])
  expect(reply.problem().errors?.[0]?.field).toBe('certificate.guaranteedAmount')
  expect((await get('/log/checkpoint')).text).toBe(before)
  const found = (await post('/v1/lookup', PAIR)).read(lookupAnswer)
  expect(found.status.seq).toBe(1)
  const good = await world.sign(payload({ seq: 2, prev, event: 'amend' }))
  expect((await post('/v1/records', { record: good })).status).toBe(201)
})

test('another company cannot write under the number of the first one', async () => {
  const world = await newWorld()
  const { post } = await serve(world)
  const west = await newKey()
  const iss = 'https://west.example.jp'
  await world.platform.issuers.add({ id: 'west', iss, name: 'あかし西' })
  await world.platform.issuers.keyAdd('west', west.publicJwk)
  const [first = ''] = await world.issue()
  const prev = base64url(readRecord(first).sha256)
  const content = payload({ seq: 2, prev, event: 'cancel', reason: '解約', reasonCode: 'other' })

  const posing = await post('/v1/records', { record: await world.sign(content, west) })
  expect([posing.status, posing.problem().code]).toEqual([403, 'issuer_mismatch'])
  const own = await post('/v1/records', { record: await world.sign({ ...content, iss }, west) })
  expect([own.status, own.problem().code]).toEqual([409, 'seq_conflict'])
  const found = (await post('/v1/lookup', PAIR)).read(lookupAnswer)
  expect([found.issuer.id, found.status.state, found.history.length]).toEqual([
    'east',
    'in_force',
    1,
  ])
})
