import { expect, test } from 'vitest'
import { dayInTokyo, instant } from '../../../src/base/time.ts'
import { createInbox } from '../../../src/desk/underwrite/inbox.ts'
import { line } from '../issue/scene.ts'
import { newDesk } from './desk.ts'

const WEEK = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const

test('days count from 受付日 of the newest sending, and from that itself where no office says', async () => {
  const { scene } = await newDesk()
  const { store, clock } = scene.ports
  const id = await scene.apply([line()], 'submitted')
  scene.world.clock.pass(4 * 86_400_000)
  const again = instant(clock.now())
  const first = store.db.selectFrom('applicationRevision').selectAll().compile()
  const [sent] = await store.all(first)
  const revision = { ...(sent as NonNullable<typeof sent>), revision: 2, at: again }
  await store.commit([store.db.insertInto('applicationRevision').values(revision).compile()])
  scene.world.clock.pass(3 * 86_400_000)
  const { branches } = await scene.parts.company.profileOf('east')
  const shizuoka = branches.find(({ id }) => id === 'shizuoka')
  const always = { openDays: [...WEEK], cutoffTime: '23:59', closedDates: [] as string[] }
  const office = { ...(shizuoka as NonNullable<typeof shizuoka>), ...always }
  const inbox = createInbox(scene.ports)
  const days = async (offices: (typeof office)[]) => {
    const { rows } = await inbox('east', { tab: 'new', page: 1 }, offices)
    return rows.map((row) => [row.id, row.days, row.since])
  }
  expect(await days([])).toEqual([[id, 3, 'sending']])
  expect(await days([office])).toEqual([[id, 3, 'reception']])
  const closed = { ...office, closedDates: [dayInTokyo(again)] }
  expect(await days([closed]), 'received on the next day').toEqual([[id, 2, 'reception']])
})
