import { describe, expect, test } from 'vitest'
import { Fault, type FaultCode } from '../../../src/base/fault.ts'
import type { Refused } from '../../../src/desk/issue/refusals.ts'
import { createKnown, type IssuedVersion } from '../../../src/desk/issue/version-rows.ts'
import { readRecord } from '../../../src/guarantee/record.ts'
import {
  billFirst,
  issued,
  later,
  lifeDeskOf,
  line,
  type Mishap,
  newCompanyKey,
  newScene,
  refusalsOf,
  retireKey,
  type Scene,
  status,
  submission,
  version,
} from './scene.ts'

const refusedWith = (code: FaultCode) => async (): Promise<never> => {
  throw new Fault(code, 'said the platform')
}
const down = refusedWith('store_unavailable')
/** It was done, and the answer was lost. */
const lost: Mishap = async (deed) => {
  await deed()
  throw new Fault('store_unavailable', 'the answer was lost')
}

const ALONE = {
  ...{ madeBy: 'clerk', madeByName: '見本 花子', reason: null },
  ...{ approvedBy: null, approvedByName: null },
}
const WHY = { ...ALONE, reason: '契約不成立' }

async function refusedOf(scene: Scene): Promise<Refused> {
  const { issuer, numberKey } = await issued(scene)
  const seen = await createKnown(scene.ports.store)(issuer, numberKey)
  const waiting = (await scene.rows<Refused['waiting']>('submission')).find(
    ({ state }) => state === 'refused',
  )
  if (!seen || !waiting) throw new Error('nothing was refused')
  return { seen, waiting }
}

/** A first record that was refused because the company's key had been retired. */
async function retired(mishap?: Mishap) {
  const scene = await newScene()
  await scene.issue(await scene.apply([line()]))
  if (mishap) {
    scene.mishaps.push(mishap)
    await scene.sender.run()
  }
  await retireKey(scene)
  await later(scene)
  expect(await submission(scene)).toMatchObject({ state: 'refused', fault: 'key_retired' })
  return scene
}

const code = (error: unknown) => (error as Fault).code
const kidOf = ({ jws }: IssuedVersion) => readRecord(jws).header.kid
const said = ({ jws }: IssuedVersion) => {
  const { iat: _iat, jti: _jti, ...content } = readRecord(jws).payload
  return content
}

describe('署名し直して送る', () => {
  test('a retired key: the same content under the key of now, and one entry', async () => {
    const scene = await retired()
    const before = await version(scene)
    const refusals = refusalsOf(scene)
    expect(await refusals.mayResign(await refusedOf(scene)), 'no other key yet').toBe(false)
    const kid = await newCompanyKey(scene)
    expect(await refusals.mayResign(await refusedOf(scene))).toBe(true)
    expect(await refusals.resign(await refusedOf(scene), ALONE)).toBe('resigned')
    await scene.sender.run()
    const after = await version(scene)
    expect([kidOf(before), kidOf(after)]).toEqual([scene.world.issuer.kid, kid])
    expect(said(after)).toEqual(said(before))
    expect([await scene.records(), await status(scene), scene.told.length]).toEqual([
      1,
      'issued',
      1,
    ])
    expect(await scene.rows('refusal')).toMatchObject([
      { deed: 'resigned', fault: 'key_retired', jws: before.jws, madeBy: 'clerk' },
    ])
  })

  test('a record that had arrived, its answer lost: recognised, and nothing is signed', async () => {
    const scene = await retired(lost)
    const before = await version(scene)
    await newCompanyKey(scene)
    expect(await refusalsOf(scene).resign(await refusedOf(scene), ALONE)).toBe('arrived')
    await later(scene)
    const after = await version(scene)
    expect([after.jws, after.arrivedAt !== null]).toEqual([before.jws, true])
    expect([await scene.records(), scene.told.length]).toEqual([1, 1])
    expect(await scene.rows('refusal')).toEqual([])
  })

  test('while nobody can tell whether it has arrived, nothing is signed', async () => {
    const scene = await retired()
    const before = await version(scene)
    await newCompanyKey(scene)
    scene.mishaps.push(down)
    const tried = refusalsOf(scene).resign(await refusedOf(scene), ALONE)
    expect(await tried.catch(code)).toBe('store_unavailable')
    expect(await version(scene)).toEqual(before)
    expect(await submission(scene)).toMatchObject({ state: 'refused' })
  })

  test.each<[string, FaultCode]>([
    ['what no signature cures', 'owner_not_started'],
    ['a key that the platform takes again', 'kid_unknown'],
  ])('near twin, a valid key: not for %s, even with a newer key', async (_name, fault) => {
    const scene = await newScene()
    await scene.issue(await scene.apply([line()]))
    scene.mishaps.push(refusedWith(fault))
    await scene.sender.run()
    await newCompanyKey(scene)
    const refused = await refusedOf(scene)
    expect(await refusalsOf(scene).mayResign(refused)).toBe(false)
    expect(await refusalsOf(scene).resign(refused, ALONE).catch(code)).toBe('state_conflict')
    expect(await refusalsOf(scene).resend(refused, ALONE)).toBe('resent')
    await scene.sender.run()
    expect([await scene.records(), kidOf(await version(scene))]).toEqual([
      1,
      scene.world.issuer.kid,
    ])
  })

  test('two clerks at once: one signs, the other is told; one entry', async () => {
    const scene = await retired()
    await newCompanyKey(scene)
    const refused = await refusedOf(scene)
    const both = [0, 1].map(() => refusalsOf(scene).resign(refused, ALONE).catch(code))
    expect((await Promise.all(both)).sort()).toEqual(['resigned', 'state_conflict'])
    await scene.sender.run()
    await later(scene)
    expect([await scene.records(), (await scene.rows('refusal')).length]).toEqual([1, 1])
  })
})

describe('取りやめる', () => {
  async function first() {
    const scene = await newScene()
    await scene.issue(await scene.apply([line()]))
    scene.mishaps.push(refusedWith('owner_not_started'))
    await scene.sender.run()
    return scene
  }

  test('a first record: the line stands where it stood, and is issued under another number', async () => {
    const scene = await first()
    const { contractNumber, application } = await issued(scene)
    expect(await refusalsOf(scene).drop(await refusedOf(scene), WHY)).toBe('dropped')
    expect([await status(scene), await scene.rows('issued')]).toEqual(['premium_settled', []])
    expect((await scene.rows<{ note: string }>('lineStep')).at(-1)?.note).toBe('契約不成立')
    await scene.issue(application)
    await scene.sender.run()
    expect((await issued(scene)).contractNumber).not.toBe(contractNumber)
    expect([await status(scene), await scene.records()]).toEqual(['issued', 1])
  })

  test('a change: the guarantee goes on from the version before, and its statement is void', async () => {
    const scene = await newScene()
    await scene.issue(await scene.apply([line()]))
    await scene.sender.run()
    scene.world.clock.pass(1000)
    await billFirst(scene)
    scene.mishaps.push(refusedWith('amount_invalid'))
    const desk = await lifeDeskOf(scene, false)
    const { issuer, numberKey, certificate } = await issued(scene)
    const seen = await desk.overview(issuer, numberKey)
    const { coverage, worksName, worksPeriod } = JSON.parse(certificate)
    const days = { 'coverage.end': coverage.end, 'worksPeriod.end': worksPeriod.end }
    const terms = { contractPrice: '56,000,000', ...days, worksName }
    const wish = (amount: string) => ({ ...terms, guaranteedAmount: amount, reason: '設計変更' })
    const raise = await desk.preview(seen, 'amend', wish('22,400,000') as never)
    await desk.carryOut(seen, raise, { madeBy: 'clerk' })
    await scene.sender.idle()
    const statements = () =>
      scene.rows<{ voidedAt: string | null; yen: number }>('premiumStatement')
    expect(await statements()).toMatchObject([{ voidedAt: null }, { voidedAt: null }])
    expect(await refusalsOf(scene).drop(await refusedOf(scene), WHY)).toBe('dropped')
    const [first, { voidedAt, yen } = { voidedAt: null, yen: 0 }] = await statements()
    expect(first?.voidedAt, 'what was billed before stays').toBeNull()
    expect(voidedAt).not.toBeNull()
    const again = await desk.overview(issuer, numberKey)
    const once = await desk.preview(again, 'amend', wish('22,400,000') as never)
    expect([once.plan?.content.seq, once.premium?.quote.yen]).toEqual([2, yen])
  })

  test('a record that had arrived: recognised, not dropped', async () => {
    const scene = await retired(lost)
    await newCompanyKey(scene)
    expect(await refusalsOf(scene).drop(await refusedOf(scene), WHY)).toBe('arrived')
    expect([await status(scene), await scene.records(), scene.told.length]).toEqual([
      'issued',
      1,
      1,
    ])
  })

  test('of one that sends again and one that drops, one does it', async () => {
    const scene = await first()
    const refused = await refusedOf(scene)
    const refusals = refusalsOf(scene)
    const both = [refusals.resend(refused, ALONE), refusals.drop(refused, WHY)]
    const ends = await Promise.all(both.map((one) => one.catch(code)))
    expect(ends.filter((end) => end === 'state_conflict')).toHaveLength(1)
    await scene.sender.run()
    const dropped = ends.includes('dropped')
    expect([await scene.records(), await status(scene)]).toEqual(
      dropped ? [0, 'premium_settled'] : [1, 'issued'],
    )
  })
})
