import { expect, test } from 'vitest'
import { parseEntry } from '../../src/log/entry.ts'
import { acceptClock } from '../../src/platform/log/clock-accepted.ts'
import { codeOf } from '../platform/fault-of.ts'
import { AUTH_KEY, certificate, newWorld, payload, type World } from '../platform/world.ts'
import { type Dice, diceOf, LONG, PATIENCE, SEED, tell } from './plan.ts'
import { type Acknowledged, add, reckon, rowOf, UNHARMED } from './reckon.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const STEPS = LONG ? 1500 : 40

/** A company that sends one guarantee after the other to whatever world it is given. */
function newCompany() {
  const acknowledged: Acknowledged[] = []
  let count = 0
  return {
    acknowledged,
    async submit({ platform, sign }: World): Promise<void> {
      const sub = `12345-${String(count++).padStart(6, '0')}`
      const claims = payload({ sub, iat: 0, certificate: certificate({ contractNumber: sub }) })
      const record = await sign(claims)
      const { receipt } = await platform.intake({ record, authKey: AUTH_KEY })
      acknowledged.push({ record, authKey: AUTH_KEY, receipt })
    },
  }
}

type Company = ReturnType<typeof newCompany>

/** Times of arrival in the order of the log. */
async function arrivals({ ports: { store } }: World): Promise<string[]> {
  const rows = await store.db.selectFrom('logEntry').selectAll().orderBy('position').execute()
  return rows.map(({ entry }) => parseEntry(entry)?.arrived ?? 'no entry')
}

async function expectUnharmed(world: World, { acknowledged }: Company) {
  const all = await arrivals(world)
  expect(all).toEqual(all.toSorted())
  const here = { ports: world.ports, settings: world.opened.settings }
  const found = await reckon(here, world.platform, acknowledged)
  expect(found).toEqual(UNHARMED)
  return found
}

test('an hour back and a year ahead are refused while it runs, and look-ups go on', async () => {
  const world = await newWorld()
  const company = newCompany()
  await world.issue()
  for (const [by, code] of [
    [-HOUR, 'clock_behind'],
    [365 * DAY, 'clock_jump'],
  ] as const) {
    world.clock.turn(by)
    expect(await codeOf(company.submit(world))).toBe(code)
    const { checks } = await world.lookup()
    expect(checks.slice(0, 3).map(({ result }) => result)).toEqual(['pass', 'pass', 'pass'])
    world.clock.turn(-by)
    await company.submit(world)
  }
  await expectUnharmed(world, company)
})

test('a start a year ahead goes on, and once the clock is right again the log waits for a word', async () => {
  const company = newCompany()
  const before = await newWorld()
  await company.submit(before)
  before.clock.pass(365 * DAY)
  const ahead = await before.reopen()
  await company.submit(ahead)
  ahead.clock.pass(-365 * DAY)
  const right = await ahead.reopen()
  expect(await codeOf(company.submit(right))).toBe('clock_behind')
  await acceptClock(right.ports)
  await company.submit(right)
  await expectUnharmed(right, company)
})

/** Something that happens to a clock, a machine or an operator. */
async function happen(world: World, dice: Dice): Promise<World> {
  const by = dice.pick([1000, 60_000, HOUR, DAY, 365 * DAY, 500 * DAY]) * (dice.below(2) * 2 - 1)
  switch (dice.below(5)) {
    case 0:
      world.clock.turn(by)
      return world
    case 1:
      world.clock.pass(Math.abs(by))
      return world
    case 2:
      return world.reopen()
    case 3:
      await acceptClock(world.ports)
      return world
    default:
      world.clock.pass(1000)
      return world
  }
}

test('whatever happens to the clock, arrivals never go back and every receipt holds', {
  timeout: PATIENCE,
}, async (context) => {
  const dice = diceOf(SEED)
  const company = newCompany()
  const row = rowOf('the clock turned back or ahead, restarts and acceptances between', `${SEED}`)
  let world = await newWorld()
  for (; row.times < STEPS; row.times++) {
    world = await happen(world, dice)
    await company.submit(world).catch((error: { code?: string }) => {
      expect(['clock_behind', 'clock_jump']).toContain(error.code)
    })
  }
  world = await world.reopen()
  await acceptClock(world.ports)
  row.answers = company.acknowledged.length
  expect(row.answers).toBeGreaterThan(STEPS / 8)
  add(row, await expectUnharmed(world, company))
  tell(context, row)
})
