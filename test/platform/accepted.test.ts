import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { createAcceptGuard } from '../../src/platform/fsck/accept-guard.ts'
import { acceptClock } from '../../src/platform/log/clock-accepted.ts'
import { behind, changed } from './behind.ts'
import { codeOf } from './fault-of.ts'
import { newKey, newWorld, type World } from './world.ts'

const DAY = 86_400_000

async function addKey({ platform }: World): Promise<string> {
  return platform.issuers.keyAdd('east', (await newKey()).publicJwk)
}

function acceptGuard({ ports, opened }: World): Promise<number> {
  return createAcceptGuard(ports, opened.settings)()
}

describe('the guard, when the operator accepts the database', () => {
  test('a lost guard stops appends, an accepted one lets them through', async () => {
    const world = await newWorld()
    rmSync(join(world.dataDir, 'guard.note'))
    expect(await codeOf(addKey(world))).toBe('log_rollback_detected')
    expect(await acceptGuard(world)).toBe(1)
    await addKey(world)
  })

  test('a log with a fault of its own is not accepted, and the guard stays as it was', async () => {
    const world = await newWorld()
    const db = behind(world)
    const hash = db.prepare('SELECT hash FROM logNode WHERE id = 0').pluck().get() as Uint8Array
    db.prepare('UPDATE logNode SET hash = ? WHERE id = 0').run(changed(hash, 3))
    const before = await world.ports.guard.read()
    expect(await codeOf(acceptGuard(world))).toBe('state_conflict')
    expect(await world.ports.guard.read()).toEqual(before)
  })

  test('an empty database is accepted over a guard that knew entries', async () => {
    const world = await newWorld()
    const guard = await world.ports.guard.read()
    const env = { DATA_DIR: join(world.dataDir, 'empty') }
    const empty = await world.reopen({ env })
    await empty.ports.guard.write(guard.state === 'kept' ? guard.note : '')
    const add = async () => {
      await empty.platform.issuers.add({ id: 'a', iss: 'https://a.example', name: 'a' })
      return empty.platform.issuers.keyAdd('a', (await newKey()).publicJwk)
    }
    expect(await codeOf(add())).toBe('log_rollback_detected')
    expect(await acceptGuard(empty)).toBe(0)
    await empty.platform.issuers.keyAdd('a', (await newKey()).publicJwk)
  })
})

describe('the clock, when the operator accepts it', () => {
  test('a start after 400 days of silence waits for it; a start after 399 does not', async () => {
    const world = await newWorld()
    world.clock.pass(399 * DAY)
    await addKey(await world.another())
    world.clock.pass(401 * DAY)
    const late = await world.another()
    expect(await codeOf(addKey(late))).toBe('clock_jump')
    await acceptClock(late.ports)
    await addKey(late)
  })

  test('an acceptance from before the last entry says nothing of a later silence', async () => {
    const world = await newWorld()
    await acceptClock(world.ports)
    world.clock.pass(1000)
    await addKey(world)
    world.clock.pass(401 * DAY)
    expect(await codeOf(addKey(await world.another()))).toBe('clock_jump')
  })

  test('a jump within a run waits for it; an earlier acceptance does not count', async () => {
    const world = await newWorld()
    world.clock.pass(1000)
    await acceptClock(world.ports)
    world.clock.turn(11 * 60_000)
    expect(await codeOf(addKey(world))).toBe('clock_jump')
    expect(await codeOf(addKey(world))).toBe('clock_jump')
    world.clock.pass(1000)
    await acceptClock(world.ports)
    await addKey(world)
    world.clock.turn(11 * 60_000)
    expect(await codeOf(addKey(world))).toBe('clock_jump')
  })

  test('a clock that somebody turned back in time again needs no acceptance', async () => {
    const world = await newWorld()
    world.clock.turn(11 * 60_000)
    expect(await codeOf(addKey(world))).toBe('clock_jump')
    world.clock.turn(-11 * 60_000)
    await addKey(world)
    world.clock.pass(1000)
    await acceptClock(world.ports)
    world.clock.turn(11 * 60_000)
    expect(await codeOf(addKey(world))).toBe('clock_jump')
  })

  test('after an entry from a wrong future, entries share its time until the clock catches up', async () => {
    const world = await newWorld()
    world.clock.pass(DAY)
    await addKey(world)
    world.clock.pass(-DAY)
    const node = await world.another()
    expect(await codeOf(addKey(node))).toBe('clock_behind')
    await acceptClock(node.ports)
    await addKey(node)
    const again = await world.another()
    await addKey(again)
    const entries = behind(world)
      .prepare('SELECT entry FROM logEntry ORDER BY position')
      .pluck()
      .all()
    const times = entries.map((entry) => /^arrived (.*)$/m.exec(String(entry))?.[1])
    expect(new Set(times.slice(-3)).size).toBe(1)
    expect(times).toEqual(times.toSorted())
  })

  test('an acceptance of before that entry does not speak of it', async () => {
    const world = await newWorld()
    await acceptClock(world.ports)
    world.clock.pass(DAY)
    await addKey(world)
    world.clock.pass(-DAY)
    expect(await codeOf(addKey(await world.another()))).toBe('clock_behind')
  })
})
