import { expect, test } from 'vitest'
import type { LifeEvent } from '../../../src/desk/issue/life-events.ts'
import type { LifeFields } from '../../../src/desk/issue/life-form.ts'
import type { Preview } from '../../../src/desk/issue/life-preview.ts'
import { textOf } from '../print/reading.ts'
import { billFirst, issued, lifeDeskOf, line, newScene, previewed } from './scene.ts'

const BY = { madeBy: 'clerk' }

/** A guarantee on paper in the hands of its company. */
async function onPaper() {
  const scene = await newScene()
  await scene.issue(await scene.apply([line({ format: 'paper' })]))
  await billFirst(scene)
  scene.world.clock.pass(1000)
  const desk = await lifeDeskOf(scene, false)
  const { numberKey } = await issued(scene)
  const seen = () => desk.overview('east', numberKey)
  async function preview(event: LifeEvent, fields: LifeFields): Promise<Preview> {
    return (await previewed(desk, numberKey, event, fields)).shown
  }
  async function go(event: LifeEvent, fields: LifeFields = {}): Promise<void> {
    await desk.carryOut(await seen(), await preview(event, fields), BY)
    scene.world.clock.pass(1000)
  }
  /** Each set: event, what it is worth, its numbers. */
  const sets = async () =>
    (await seen()).paper.sets.map(({ step, standing, sheets }) =>
      [step.event, standing, ...sheets.map(({ copy, sheet }) => copy + sheet)].join(' '),
    )
  const print = async (seq: number) => desk.printSheets(await seen(), seq, 'clerk', false)
  return { scene, desk, seen, preview, go, sets, print }
}

const FIRST = '正ES-000001 副ES-000001-2'
const SECOND = '正ES-000002 副ES-000002-2'
const RAISED = { guaranteedAmount: '22,400,000', contractPrice: '56,000,000' }

test('of two clerks who make sheets anew at once one does, and the other is told', async () => {
  const { scene, desk, seen, preview, sets } = await onPaper()
  const now = await seen()
  const shown = await preview('reissue', {})
  const both = await Promise.allSettled([
    desk.carryOut(now, shown, BY),
    desk.carryOut(now, shown, { madeBy: 'other' }),
  ])
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  expect(both.find((one) => one.status === 'rejected')).toMatchObject({
    reason: { code: 'state_conflict' },
  })
  expect(await sets()).toEqual([`issue void ${FIRST}`, `reissue valid ${SECOND}`])
  expect(await scene.rows('paperSheet')).toHaveLength(4)
})

test('void sheets are never printed, those that hold are the same file each time', async () => {
  const { scene, go, print } = await onPaper()
  const first = await print(1)
  scene.world.clock.pass(60_000)
  expect(Buffer.from((await print(1)).pdf).equals(Buffer.from(first.pdf))).toBe(true)
  await go('reissue')
  await expect(print(1)).rejects.toMatchObject({ code: 'state_conflict' })
  await expect(print(3)).rejects.toMatchObject({ code: 'not_found' })
  const anew = textOf((await print(2)).pdf)
  expect(anew).toContain('再発行')
  expect(anew.replace(/\s/g, '')).toContain('証書番号ES-000001、ES-000001-2）は無効です')
  expect(anew).toContain('株式会社髙橋建設')
  expect(await scene.rows('paperPrint')).toHaveLength(3)
})

test('a 変更 stands beside the sheets before it, costs the difference, and can be taken back', async () => {
  const { scene, go, sets, print } = await onPaper()
  await go('amend', RAISED)
  expect(await sets()).toEqual([`issue amended ${FIRST}`, `amend valid ${SECOND}`])
  expect(await scene.rows('premiumStatement')).toMatchObject([{}, { type: 'charge', yen: 4800 }])
  expect(textOf((await print(2)).pdf)).toContain('第1回')
  expect(textOf((await print(1)).pdf)).toContain('変更前（最新ではありません）')
  await go('cancel_amendment')
  expect(await sets()).toEqual([`issue valid ${FIRST}`, `amend void ${SECOND}`])
  expect(JSON.parse((await issued(scene)).certificate).guaranteedAmount).toBe(20_000_000)
})

test('each deed on paper is told with its sheets, those that it makes and those that it voids', async () => {
  const { scene, go } = await onPaper()
  await go('reissue')
  await go('amend', RAISED)
  await go('cancel')
  const told = scene.done.map(({ event, sheet, voided }) => [event, sheet, ...voided])
  expect(told).toEqual([
    ['issue', 'ES-000001'],
    ['reissue', 'ES-000002', 'ES-000001', 'ES-000001-2'],
    ['amend', 'ES-000003'],
    ['cancel', undefined],
  ])
})

test('a 訂正 takes the place of all; a 変更取消 behind it makes new sheets', async () => {
  const { go, sets } = await onPaper()
  await go('amend', RAISED)
  await go('correct', { worksPlace: '静岡県富士市𠮷原 﨑地内' })
  const third = '正ES-000003 副ES-000003-2'
  expect(await sets()).toEqual([
    `issue void ${FIRST}`,
    `amend void ${SECOND}`,
    `correct valid ${third}`,
  ])
  await go('cancel_amendment')
  expect((await sets()).slice(2)).toEqual([
    `correct void ${third}`,
    'cancel_amendment valid 正ES-000004 副ES-000004-2',
  ])
})

test('after a 解約 only taking it back is left', async () => {
  const { scene, go, sets, print } = await onPaper()
  await go('cancel', { stage: 'after_advance_paid' })
  expect((await issued(scene)).state).toBe('cancelled')
  expect(await sets()).toEqual([`issue ended ${FIRST}`])
  expect(textOf((await print(1)).pdf)).toContain('解約済')
  for (const event of ['amend', 'correct', 'reissue', 'release', 'rekey', 'to_paper'] as const) {
    await expect(go(event, RAISED), event).rejects.toMatchObject({ code: 'state_conflict' })
  }
  await go('cancel_amendment')
  expect((await issued(scene)).state).toBe('in_force')
  expect(await sets()).toEqual([`issue valid ${FIRST}`])
})

test('a switch to paper is taken back before its sheets are made, never after', async () => {
  const scene = await newScene()
  await scene.issue(await scene.apply([line()]))
  await scene.sender.run()
  const desk = await lifeDeskOf(scene, false)
  const { numberKey } = await issued(scene)
  const go = async (event: LifeEvent) => {
    const seen = await desk.overview('east', numberKey)
    await desk.carryOut(seen, await desk.preview(seen, event, { reason: '発注者の求め' }), BY)
    await scene.sender.run()
  }
  await go('to_paper')
  await expect(go('reissue')).rejects.toMatchObject({ code: 'state_conflict' })
  await go('cancel_amendment')
  expect((await issued(scene)).state).toBe('in_force')
  await go('to_paper')
  const clerk = { user: 'clerk' } as Parameters<typeof desk.makeSheets>[1]
  const seen = await desk.overview('east', numberKey)
  await Promise.all([desk.makeSheets(seen, clerk), desk.makeSheets(seen, clerk)])
  expect(await scene.rows('paperSheet')).toHaveLength(2)
  expect(new Set(scene.done.map(({ event }) => event))).toEqual(new Set(['switched']))
  await expect(go('cancel_amendment')).rejects.toMatchObject({ code: 'state_conflict' })
})
