import { describe, expect, test } from 'vitest'
import { codeOf } from './fault-of.ts'
import { AUTH_KEY, newWorld, payload, START, type World } from './world.ts'

const MINUTE = 60_000
const DAY = 86_400_000

async function submit(world: World, sub: string) {
  return world.platform.intake({
    record: await world.sign(payload({ sub, iat: 0 })),
    authKey: AUTH_KEY,
  })
}

describe('the clock of the server', () => {
  test('two seconds behind the last entry stamps as that entry; behind by more it stamps nothing', async () => {
    const world = await newWorld()
    world.clock.turn(-2000)
    const { receipt } = await submit(world, '12345-000001')
    expect(receipt.arrivedAt).toBe(new Date(START).toISOString())
    world.clock.turn(-1)
    expect(await codeOf(submit(world, '12345-000002'))).toBe('clock_behind')
    world.clock.turn(3000)
    expect((await submit(world, '12345-000002')).receipt.arrivedAt).toBe(
      new Date(START + 999).toISOString(),
    )
  })

  test('turned by more than ten minutes while we run, it stamps nothing', async () => {
    const world = await newWorld()
    world.clock.turn(10 * MINUTE)
    expect(await submit(world, '12345-000001')).toMatchObject({ fresh: true })
    world.clock.turn(1)
    expect(await codeOf(submit(world, '12345-000002'))).toBe('clock_jump')
    world.clock.turn(-1)
    expect(await submit(world, '12345-000002')).toMatchObject({ fresh: true })
  })

  test('that goes on as clocks do may show any time', async () => {
    const world = await newWorld()
    world.clock.pass(800 * DAY)
    expect(await submit(world, '12345-000001')).toMatchObject({ fresh: true })
  })

  test('400 days past the last entry at a start stamps nothing; a day less is a long holiday', async () => {
    const world = await newWorld()
    world.clock.pass(400 * DAY)
    const holiday = await world.reopen()
    expect(await submit(holiday, '12345-000001')).toMatchObject({ fresh: true })
    holiday.clock.pass(400 * DAY + 1)
    const silent = await holiday.reopen()
    expect(await codeOf(submit(silent, '12345-000002'))).toBe('clock_jump')
    expect(
      (
        await silent.platform.lookup.byPair(
          { contractNumber: '12345-000001', authKey: AUTH_KEY },
          {},
        )
      ).checks[2]?.result,
    ).toBe('pass')
  })

  test('whatever it does, the log never runs backwards', async () => {
    const world = await newWorld()
    for (const [i, by] of [-1500, 900, -400, 30, -1000, 5].entries()) {
      world.clock.turn(by)
      await submit(world, `12345-00000${i}`)
    }
    const rows = await world.ports.store.db
      .selectFrom('logEntry')
      .select('entry')
      .orderBy('position')
      .execute()
    const arrived = rows.map(
      ({ entry }) => /arrived (\S+)/.exec(Buffer.from(entry).toString())?.[1],
    )
    expect(arrived).toEqual([...arrived].sort())
  })
})
