import { expect, test } from 'vitest'
import { Fault } from '../../../src/base/fault.ts'
import { createSentApplications } from '../../../src/desk/application/sent/sent-application.ts'
import { createWishes } from '../../../src/desk/application/sent/wish.ts'
import { openAuthKey } from '../../../src/desk/issue/auth-keys.ts'
import { createLife, type LifeWish } from '../../../src/desk/issue/life.ts'
import type { Issued } from '../../../src/desk/issue/version-rows.ts'
import { issued, later, line, newScene, type Scene } from './scene.ts'

/** A guarantee that has arrived, and what the company may do to it. */
async function lived() {
  const scene = await newScene()
  const { contractNumber, numberKey } = await scene.issue(await scene.apply([line()]))
  await scene.sender.run()
  scene.world.clock.pass(1000)
  const life = createLife(scene.parts)
  const plan = (wish: LifeWish) => life.plan('east', numberKey, wish)
  const carry = async (wish: LifeWish) => {
    await life.carryOut(await plan(wish), { madeBy: 'clerk' })
    await scene.sender.run()
    scene.world.clock.pass(1000)
  }
  return { scene, life, plan, carry, contractNumber, numberKey }
}

const keyOf = async (scene: Scene) =>
  openAuthKey(scene.ports.sealer, (await issued(scene)) as Issued & { sealedKey: Uint8Array })

const certificateOf = async (scene: Scene) => JSON.parse((await issued(scene)).certificate)

async function verdict(scene: Scene, contractNumber: string) {
  const authKey = await keyOf(scene)
  return scene.world.platform.lookup.byPair({ contractNumber, authKey }, { evidence: true })
}

test('an increase shows old → new before it is signed, and is in force when it has arrived', async () => {
  const { scene, plan, carry, contractNumber } = await lived()
  const was = await certificateOf(scene)
  const certificate = { ...was, guaranteedAmount: 20_500_000, contractPrice: 60_000_000 }
  const { changes, warnings } = await plan({ event: 'amend', certificate, reason: '設計変更' })
  expect(changes).toEqual([
    { field: 'contractPrice', from: 50_000_000, to: 60_000_000 },
    { field: 'guaranteedAmount', from: 20_000_000, to: 20_500_000 },
  ])
  expect(warnings).toEqual([])
  await carry({ event: 'amend', certificate, reason: '設計変更' })
  expect(await issued(scene)).toMatchObject({ newestSeq: 2, contractPrice: 60_000_000 })
  expect((await verdict(scene, contractNumber)).status).toMatchObject({ seq: 2, amendments: 1 })
  expect(scene.told.map(({ event, seq }) => [event, seq])).toEqual([
    ['issue', 1],
    ['amend', 2],
  ])
})

test('a change is not shown as in force before it has arrived, and none is built upon it', async () => {
  const { scene, life, plan } = await lived()
  const was = await certificateOf(scene)
  const wish: LifeWish = { event: 'amend', certificate: { ...was, guaranteedAmount: 15_000_000 } }
  scene.mishaps.push(async () => {
    throw new Fault('store_unavailable', 'down')
  })
  await life.carryOut(await plan(wish), { madeBy: 'clerk' })
  await scene.sender.run()
  expect(await issued(scene)).toMatchObject({ newestSeq: 1, state: 'in_force' })
  expect((await certificateOf(scene)).guaranteedAmount).toBe(20_000_000)
  await expect(plan(wish)).rejects.toMatchObject({ code: 'state_conflict' })
  await later(scene)
  expect((await certificateOf(scene)).guaranteedAmount).toBe(15_000_000)
})

test('of two who planned upon the same version the later one is told', async () => {
  const { life, plan, scene } = await lived()
  const two = [
    await plan({ event: 'cancel', reason: '契約不成立', reasonCode: 'other' }),
    await plan({ event: 'release' }),
  ]
  const done = await Promise.allSettled(two.map((one) => life.carryOut(one, { madeBy: 'clerk' })))
  expect(done.map(({ status }) => status)).toEqual(['fulfilled', 'rejected'])
  await scene.sender.run()
  expect(await issued(scene)).toMatchObject({ state: 'cancelled', newestSeq: 2 })
})

test('a 解約 can be taken back by a 変更取消, which restores what was before', async () => {
  const { scene, plan, carry } = await lived()
  await carry({ event: 'cancel', reason: '誤発行', reasonCode: 'other' })
  expect((await issued(scene)).state).toBe('cancelled')
  await expect(plan({ event: 'release' })).rejects.toMatchObject({ code: 'state_conflict' })
  await expect(plan({ event: 'amend' })).rejects.toMatchObject({ code: 'state_conflict' })
  await carry({ event: 'cancel_amendment', targetSeq: 2, reason: '解約の取りやめ' })
  expect(await issued(scene)).toMatchObject({ state: 'in_force', newestSeq: 3 })
  await expect(
    plan({ event: 'cancel_amendment', targetSeq: 1, reason: 'もう一度' }),
  ).rejects.toMatchObject({ code: 'state_conflict' })
})

test('a 訂正 stands in the place of what it corrects', async () => {
  const { scene, carry, contractNumber } = await lived()
  const certificate = {
    ...(await certificateOf(scene)),
    worksName: '市道本町線 道路改良工事（第３工区）',
  }
  await carry({ event: 'correct', targetSeq: 1, reason: '工事名の誤り', certificate })
  const { history } = await verdict(scene, contractNumber)
  expect(history.effective.map(({ seq, label }) => [seq, label])).toEqual([[2, 'issue']])
})

test('electronic becomes paper by a 解約 with its reason; then there is no key to replace', async () => {
  const { scene, life, carry } = await lived()
  await carry({ event: 'cancel', reasonCode: 'converted_to_paper', reason: '発注者の求め' })
  expect((await issued(scene)).state).toBe('on_paper')
  expect(scene.told.at(-1)).toMatchObject({ event: 'cancel', reasonCode: 'converted_to_paper' })
  await expect(life.rekey(await issued(scene), 'clerk')).rejects.toMatchObject({
    code: 'state_conflict',
  })
})

test('a new key takes the place of the old one when the platform has it, also where its answer was lost', async () => {
  const { scene, life, contractNumber } = await lived()
  const old = await keyOf(scene)
  scene.mishaps.push(async (deed) => {
    await deed()
    throw new Fault('store_unavailable', 'the answer was lost')
  })
  await life.rekey(await issued(scene), 'clerk')
  await expect(life.rekey(await issued(scene), 'clerk')).rejects.toMatchObject({
    code: 'state_conflict',
  })
  await scene.sender.run()
  expect(await keyOf(scene)).toBe(old)
  await later(scene)
  const fresh = await keyOf(scene)
  expect(fresh).not.toBe(old)
  expect((await verdict(scene, contractNumber)).verdict).toBeDefined()
  const { byPair } = scene.world.platform.lookup
  await expect(byPair({ contractNumber, authKey: old }, {})).rejects.toMatchObject({
    code: 'not_found_or_key_mismatch',
  })
  expect(scene.told.at(-1)).toMatchObject({ event: 'rekey', seq: 0 })
})

test('a new key closes what the contractor wished for, when the platform has it and not before', async () => {
  const scene = await newScene()
  const application = await scene.apply([line()])
  await scene.issue(application)
  await scene.sender.run()
  scene.world.clock.pass(1000)
  const sent = createSentApplications(scene.ports.store)
  const wishes = createWishes(scene.ports)
  const wish = async (id: string, type: 'rekey' | 'leaked') => {
    const seen = await sent.byId(application, { issuer: 'east' })
    if (!seen) throw new Error('gone')
    await wishes.make(seen, 'advance_payment', { id, type, reason: '紛失', madeBy: 'contractor' })
  }
  await wish('w-1', 'rekey')
  const life = createLife(scene.parts)
  await life.rekey(await issued(scene), 'clerk')
  scene.world.clock.pass(1000)
  await wish('w-2', 'leaked')
  expect(await wishes.open('east')).toHaveLength(2)
  await scene.sender.run()
  expect(
    (await wishes.open('east')).map(({ id }) => id),
    'wished since',
  ).toEqual(['w-2'])
  expect((await scene.rows('wish'))[0]).toMatchObject({ state: 'done', closedBy: 'clerk' })
})
