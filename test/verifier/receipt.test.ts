import { expect, test } from 'vitest'
import { sha256, utf8 } from '../../src/base/bytes.ts'
import type { Receipt } from '../../src/log/bundle.ts'
import { checkReceipt } from '../../src/verifier/check.ts'
import { certificate, ORIGIN, otherJwk, plainScene, Scene, strangeLogKey, tools } from './scene.ts'

/** Outcome, then the codes that are not `OK` or `NO_EXTERNAL_TIME`. */
async function check(scene: Scene, receipt: unknown, record?: string): Promise<string[]> {
  const { outcome, findings } = await checkReceipt(receipt, record, scene.trust, tools)
  const telling = findings.map(({ code }) => code as string)
  return [outcome, ...telling.filter((code) => code !== 'OK' && code !== 'NO_EXTERNAL_TIME')]
}

const recordOf = (scene: Scene, n: number) => scene.versions[n]?.record as string

test('a receipt is valid with its record, at its own size of the log and at any later one', async () => {
  const scene = await plainScene()
  for (const size of [3, 5, 6]) {
    const receipt = await scene.receipt(0, size)
    expect(await check(scene, receipt, recordOf(scene, 0))).toEqual(['valid'])
  }
  const { facts } = await checkReceipt(await scene.receipt(1), undefined, scene.trust, tools)
  expect(facts).toMatchObject({ seq: 2, index: 4, treeSize: 6 })
})

test('without the record, what the receipt says of the contract stays unproved', async () => {
  const scene = await plainScene()
  expect(await check(scene, await scene.receipt(0))).toEqual(['valid', 'RECORD_NOT_GIVEN'])
})

test('a receipt that is valid but of another record is refused', async () => {
  const scene = await plainScene()
  const receipt = await scene.receipt(0)
  const other = await check(scene, receipt, recordOf(scene, 1))
  expect(other).toEqual(['invalid', 'ENTRY_MISMATCH', 'CHAIN_BROKEN'])
})

test('a receipt that says another thing than its proof is refused', async () => {
  const scene = await plainScene()
  const receipt = await scene.receipt(0)
  const wrong: Partial<Receipt>[] = [
    { issuer: 'west' },
    { arrivedAt: '2026-11-14T00:32:00.001Z' },
    { index: 4 },
    { treeSize: 5 },
  ]
  for (const changes of wrong) {
    const found = await check(scene, { ...receipt, ...changes }, recordOf(scene, 0))
    expect(found, JSON.stringify(changes)).toEqual(['invalid', 'ENTRY_MISMATCH'])
  }
  for (const changes of [{ contractNumber: '12345-678902' }, { seq: 2 }]) {
    const found = await check(scene, { ...receipt, ...changes }, recordOf(scene, 0))
    expect(found).toEqual(['invalid', 'CHAIN_BROKEN'])
  }
})

test('a receipt whose proof leads to another tree is refused', async () => {
  const scene = await plainScene()
  const [receipt, later] = [await scene.receipt(0, 5), await scene.receipt(0, 6)]
  const proof = `${receipt.proof.split('\n\n')[0]}\n\n${await scene.note(6)}`
  expect(await check(scene, { ...receipt, treeSize: 6, proof })).toContain('INCLUSION_INVALID')
  expect(await check(scene, later)).toEqual(['valid', 'RECORD_NOT_GIVEN'])
})

test('a receipt of another entry with the right record is refused', async () => {
  const scene = await plainScene()
  const arrived = '2026-11-14T00:45:00.000Z'
  const index = scene.log({
    kind: 'erase',
    issuer: 'east',
    arrived,
    sha256: sha256(utf8('x')),
    reason: 'ended',
  })
  scene.versions.push({ seq: 3, record: recordOf(scene, 1), index })
  expect(await check(scene, await scene.receipt(2))).toEqual(['invalid', 'ENTRY_MISMATCH'])
})

test('a head that another key signed, or another log, is not taken', async () => {
  const scene = await plainScene()
  const receipt = await scene.receipt(0)
  const head = receipt.proof.split('\n\n')[0]
  const forged = `${head}\n\n${await scene.note(6, ORIGIN, strangeLogKey)}`
  expect(await check(scene, { ...receipt, proof: forged })).toContain('CHECKPOINT_SIG_INVALID')
  const foreign = `${head}\n\n${await scene.note(6, 'elsewhere.example', strangeLogKey)}`
  const found = await check(scene, { ...receipt, proof: foreign })
  expect(found).toEqual(['unknown', 'LOG_UNTRUSTED', 'RECORD_NOT_GIVEN'])
})

test('a record whose key is not pinned, or whose issuer is not, leaves the receipt untrusted', async () => {
  const scene = await plainScene()
  const record = await scene.record({}, { key: otherJwk })
  const receipt = await scene.receipt(2)
  expect(await check(scene, receipt, record)).toEqual(['valid'])
  scene.trust.issuers[0]?.keys.pop()
  expect(await check(scene, receipt, record)).toEqual(['unknown', 'ISSUER_UNTRUSTED'])
  scene.trust.issuers = []
  expect(await check(scene, receipt, record)).toEqual(['unknown', 'ISSUER_UNTRUSTED'])
})

test('a record for another platform is refused', async () => {
  const scene = new Scene()
  const record = await scene.record({ aud: 'https://elsewhere.example', certificate })
  expect(await check(scene, await scene.receipt(0), record)).toEqual(['invalid', 'CHAIN_BROKEN'])
})

test('what is no receipt, has no proof, or comes without trust is said to be so', async () => {
  const scene = await plainScene()
  const receipt = await scene.receipt(0)
  for (const value of [null, {}, { ...receipt, more: 1 }, { ...receipt, proof: 'proof' }]) {
    expect(await check(scene, value)).toEqual(['invalid', 'BUNDLE_FORMAT'])
  }
  const bare = receipt.proof.replace(/extra .*\n/, '')
  expect(await check(scene, { ...receipt, proof: bare })).toEqual(['invalid', 'BUNDLE_FORMAT'])
  const { outcome, findings } = await checkReceipt(receipt, undefined, undefined, tools)
  expect([outcome, findings[0]?.code]).toEqual(['unknown', 'TRUST_MISSING'])
})
