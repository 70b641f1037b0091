import { randomUUID } from 'node:crypto'
import { expect, onTestFinished, test } from 'vitest'
import { Fault } from '../../../src/base/fault.ts'
import { readConfig } from '../../../src/config.ts'
import { openAuthKey } from '../../../src/desk/issue/auth-keys.ts'
import { createLife } from '../../../src/desk/issue/life.ts'
import { lifeView } from '../../../src/desk/issue/life.view.ts'
import { eventsOf } from '../../../src/desk/issue/overview.ts'
import { createRefusals } from '../../../src/desk/issue/refusals.ts'
import { createSender } from '../../../src/desk/issue/sender.ts'
import type { Issued } from '../../../src/desk/issue/version-rows.ts'
import { openSqlite } from '../../../src/store/sqlite.ts'
import { APPROVER, CLERK } from './office.ts'
import { issued, later, lifeDeskOf, line, newScene, refusalsOf, type Scene } from './scene.ts'

interface KeySent {
  id: number
  seq: number
  state: string
}

/** A guarantee whose first record has arrived. */
async function lived() {
  const scene = await newScene()
  await scene.issue(await scene.apply([line()]))
  await scene.sender.run()
  scene.world.clock.pass(1000)
  return scene
}

const keys = async (scene: Scene) =>
  (await scene.rows<KeySent>('submission')).filter(({ seq }) => seq === 0)

const refuse = async (): Promise<never> => {
  throw new Fault('claim_invalid', 'said the platform')
}

test('of two clerks at two desks on one file who make a new key at once one does, and the other is told', async () => {
  const scene = await lived()
  const { databasePath } = readConfig({ DATA_DIR: scene.world.dataDir })
  const store = openSqlite(databasePath)
  onTestFinished(() => store.close())
  const there = { ...scene.parts, ports: { ...scene.ports, store } }
  const seen = await issued(scene)
  const both = await Promise.allSettled(
    [scene.parts, there].map((parts) => createLife(parts).rekey(seen, 'clerk')),
  )
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  expect(both.find(({ status }) => status === 'rejected')).toMatchObject({
    reason: { code: 'state_conflict' },
  })
  expect(await keys(scene)).toHaveLength(1)
})

test('who had seen the earlier key makes none once the new one has arrived; who sees it may', async () => {
  const scene = await lived()
  const life = createLife(scene.parts)
  const seen = await issued(scene)
  await life.rekey(seen, 'clerk')
  await scene.sender.run()
  scene.world.clock.pass(1000)
  await expect(life.rekey(seen, 'clerk')).rejects.toMatchObject({ code: 'state_conflict' })
  expect(await keys(scene)).toMatchObject([{ state: 'arrived' }])
  await life.rekey(await issued(scene), 'clerk')
  expect(await keys(scene)).toHaveLength(2)
})

test('a change of key that was refused is sent again, or dropped by one person even where two are asked for', async () => {
  const scene = await lived()
  const desk = await lifeDeskOf(scene, true)
  const look = async () => {
    const seen = await desk.overview('east', (await issued(scene)).numberKey)
    const { open } = await desk.refused.shown(seen)
    return { seen, open, refused: { seen, waiting: open[0]?.waiting as never } }
  }
  scene.mishaps.push(refuse, refuse)
  await createLife(scene.parts).rekey(await issued(scene), 'clerk')
  await scene.sender.run()
  const first = await look()
  expect(first.open).toMatchObject([{ resend: true, resign: false }])
  await desk.refused.resend(first.refused, CLERK)
  await scene.sender.idle()
  const second = await look()
  expect(await desk.refused.drop(second.refused, CLERK, '契約者が旧キーを見つけた')).toBe('dropped')
  expect(await keys(scene)).toEqual([])
  const { trail } = await desk.refused.shown((await look()).seen)
  expect(trail).toMatchObject([
    { seq: 0, event: 'rekey', deed: 'resent' },
    { seq: 0, event: 'rekey', deed: 'dropped', reason: '契約者が旧キーを見つけた' },
  ])
})

const lost = async (deed: () => Promise<never>): Promise<never> => {
  await deed()
  throw new Fault('store_unavailable', 'the answer was lost')
}

const rekeys = ({ told }: Scene) => told.filter(({ event }) => event === 'rekey')

/** A sender whose mails are rows: what does not commit sends none. */
function mailing({ parts: { ports, signingKeys } }: Scene) {
  let serial = 0
  return createSender({
    ports,
    signingKeys,
    async tell() {
      const row = { issuer: 'x', series: `mail-${randomUUID()}`, serial: ++serial }
      return [ports.store.db.insertInto('numberGiven').values(row).compile()]
    },
  })
}

const mails = async (scene: Scene) =>
  (await scene.rows<{ series: string }>('numberGiven')).filter(({ series }) =>
    series.startsWith('mail-'),
  )

/** Whether the key that the desk has is the one that opens the guarantee at the platform. */
async function opens({ ports: { sealer, platform } }: Scene, { issuer, ...row }: Issued) {
  const { contractNumber, sealedKey } = row
  const key = { issuer, contractNumber, sealedKey: sealedKey as Uint8Array }
  const authKey = await openAuthKey(sealer, key)
  expect(await platform.shares.list({ issuer, contractNumber, authKey })).toEqual([])
}

test('of two senders the slower one puts no earlier key into the place of a newer one', async () => {
  const scene = await lived()
  const life = createLife(scene.parts)
  const faster = mailing(scene)
  let newest: Issued | undefined
  scene.mishaps.push(async (deed) => {
    const answer = await deed()
    await faster.run()
    scene.world.clock.pass(1000)
    await life.rekey(await issued(scene), 'clerk')
    await faster.run()
    newest = await issued(scene)
    return answer
  })
  await life.rekey(await issued(scene), 'clerk')
  await mailing(scene).run()
  expect((await keys(scene)).map(({ state }) => state)).toEqual(['arrived', 'arrived'])
  expect(await issued(scene)).toEqual(newest)
  await opens(scene, await issued(scene))
  expect(await mails(scene)).toHaveLength(2)
})

test('of two who drop at once a key that had been taken, one is told that it had; the mail goes once', async () => {
  const scene = await lived()
  const desk = await lifeDeskOf(scene, false)
  scene.mishaps.push(lost, refuse)
  await createLife(scene.parts).rekey(await issued(scene), 'clerk')
  await scene.sender.run()
  await later(scene)
  const seen = await desk.overview('east', (await issued(scene)).numberKey)
  const waiting = (await desk.refused.shown(seen)).open[0]?.waiting as never
  const refusals = createRefusals({ ...scene.parts, deliver: mailing(scene).deliver })
  const by = { madeBy: 'clerk', madeByName: '花子', approvedBy: null, approvedByName: null }
  const drop = () =>
    refusals.drop({ seen, waiting }, { ...by, reason: '不要' }).catch(({ code }) => code)
  expect((await Promise.all([drop(), drop()])).sort()).toEqual(['arrived', 'state_conflict'])
  expect((await keys(scene)).map(({ state }) => state)).toEqual(['arrived'])
  await opens(scene, await issued(scene))
  expect(await mails(scene)).toHaveLength(1)
})

test('a key that the platform had taken in a try whose answer was lost is recognised, not dropped', async () => {
  const scene = await lived()
  const desk = await lifeDeskOf(scene, false)
  const before = await issued(scene)
  scene.mishaps.push(lost, refuse)
  await createLife(scene.parts).rekey(before, 'clerk')
  await scene.sender.run()
  await later(scene)
  const seen = await desk.overview('east', before.numberKey)
  const waiting = (await desk.refused.shown(seen)).open[0]?.waiting as never
  const { platform } = scene.ports
  const asked = platform.opens
  platform.opens = async () => {
    throw new Fault('store_unavailable', 'down')
  }
  await expect(desk.refused.drop({ seen, waiting }, CLERK, '不要')).rejects.toMatchObject({
    code: 'store_unavailable',
  })
  platform.opens = asked
  expect(await desk.refused.drop({ seen, waiting }, CLERK, '不要')).toBe('arrived')
  const after = await issued(scene)
  expect(after.sealedKey).not.toEqual(before.sealedKey)
  await opens(scene, after)
  expect((await keys(scene)).map(({ state }) => state)).toEqual(['arrived'])
  expect(rekeys(scene)).toHaveLength(1)
})

test('a proposal to drop what turns out to have arrived ends with it, and one left over can be withdrawn', async () => {
  const scene = await newScene(true)
  const desk = await lifeDeskOf(scene, true)
  await scene.issue(await scene.apply([line()]))
  scene.mishaps.push(async (deed) => {
    await deed()
    throw new Fault('store_unavailable', 'the answer was lost')
  }, refuse)
  await scene.sender.run()
  await later(scene)
  const { numberKey } = await issued(scene)
  const look = () => desk.overview('east', numberKey)
  const waiting = (await desk.refused.shown(await look())).open[0]?.waiting as never
  expect(await desk.refused.drop({ seen: await look(), waiting }, CLERK, '不要')).toBe('asked')
  const seen = await look()
  const proposal = String(seen.proposal?.id)
  expect((await desk.refused.shown(seen)).stale).toBeUndefined()
  expect(await desk.refused.agree({ seen, waiting }, APPROVER, proposal)).toBe('arrived')
  const after = await look()
  expect([after.proposal, after.ended.map(({ deed }) => deed)]).toEqual([undefined, ['overtaken']])

  // As a process leaves it that ends between the two.
  const left = { ...after, proposal: seen.proposal }
  expect((await desk.refused.shown(left)).stale).toBe(seen.proposal?.id)
})

test('a refused key is not put into the place of a newer one: only dropping is left', async () => {
  const scene = await lived()
  const life = createLife(scene.parts)
  const desk = await lifeDeskOf(scene, false)
  scene.mishaps.push(refuse)
  await life.rekey(await issued(scene), 'clerk')
  await scene.sender.run()
  await life.rekey(await issued(scene), 'clerk')
  const early = await desk.overview('east', (await issued(scene)).numberKey)
  await scene.sender.run()
  scene.world.clock.pass(1000)
  const late = await desk.overview('east', early.issued.numberKey)
  const { open } = await desk.refused.shown(late)
  expect(open).toMatchObject([{ resend: false }])
  const waiting = open[0]?.waiting as never
  for (const seen of [late, early]) {
    await expect(desk.refused.resend({ seen, waiting }, CLERK)).rejects.toMatchObject({
      code: 'state_conflict',
    })
  }
  expect((await keys(scene)).map(({ state }) => state)).toEqual(['refused', 'arrived'])
  const by = { madeBy: 'clerk', madeByName: '花子', approvedBy: null, approvedByName: null }
  expect(await refusalsOf(scene).drop({ seen: late, waiting }, { ...by, reason: '不要' })).toBe(
    'dropped',
  )
  expect((await keys(scene)).map(({ state }) => state)).toEqual(['arrived'])
})

test('while a change is refused and waits for a second person, a key that is known is replaced all the same', async () => {
  const scene = await lived()
  const life = createLife(scene.parts)
  const desk = await lifeDeskOf(scene, true)
  const { numberKey, certificate } = await issued(scene)
  const look = () => desk.overview('east', numberKey)
  const wish = {
    event: 'amend' as const,
    certificate: { ...JSON.parse(certificate), guaranteedAmount: 15_000_000 },
    reason: '設計変更',
  }
  scene.mishaps.push(refuse)
  await life.carryOut(await life.plan('east', numberKey, wish), { madeBy: 'clerk' })
  await scene.sender.run()
  const waiting = (await desk.refused.shown(await look())).open[0]?.waiting as never
  await desk.refused.drop({ seen: await look(), waiting }, CLERK, '不要')
  expect(eventsOf(await look())).toEqual(['rekey'])
  await expect(life.plan('east', numberKey, wish), 'nothing else').rejects.toMatchObject({
    code: 'state_conflict',
  })
  await life.rekey(await issued(scene), 'clerk')
  await scene.sender.run()
  expect((await keys(scene)).map(({ state }) => state)).toEqual(['arrived'])
  await opens(scene, await issued(scene))
})

test('near twin, the first record is on its way: nothing can be done, and the page says so', async () => {
  const scene = await newScene()
  await scene.issue(await scene.apply([line()]))
  const desk = await lifeDeskOf(scene, false)
  const seen = await desk.overview('east', (await issued(scene)).numberKey)
  expect(eventsOf(seen)).toEqual([])
  const page = String(lifeView('/life', seen, undefined, String))
  expect(page).toContain('到着するまで、次の手続はできません')
  expect(page).toContain('今できる手続はありません')
  await expect(createLife(scene.parts).rekey(seen.issued, 'clerk')).rejects.toMatchObject({
    code: 'state_conflict',
  })
})
