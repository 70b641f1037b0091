import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { codeOf } from './fault-of.ts'
import { AUTH_KEY, newWorld, payload, type World } from './world.ts'

const guardOf = ({ dataDir }: World) => join(dataDir, 'guard.note')

async function submit(world: World, sub: string) {
  return world.platform.intake({ record: await world.sign(payload({ sub })), authKey: AUTH_KEY })
}

/** A closed database and its guard, kept elsewhere; both can be put back. */
function keep(world: World, name: string) {
  const copy = (from: string, to: string) =>
    copyFileSync(join(world.dataDir, from), join(world.dataDir, to))
  copy('akashi.db', `${name}.db`)
  copy('guard.note', `${name}.note`)
  return {
    database: () => copy(`${name}.db`, 'akashi.db'),
    guard: () => copy(`${name}.note`, 'guard.note'),
  }
}

describe('a database that is not the one that was answered from', () => {
  test('an old backup put back takes nothing new, and still answers look-ups', async () => {
    let world = await newWorld()
    await world.issue()
    let backup = { database: () => {}, guard: () => {} }
    world = await world.reopen({ meanwhile: () => (backup = keep(world, 'backup')) })
    await submit(world, '12345-000001')
    const restored = await world.reopen({ meanwhile: () => backup.database() })
    expect(await codeOf(submit(restored, '12345-000002'))).toBe('log_rollback_detected')
    expect((await restored.lookup()).verdict).toBe('verified')
    // The backup with the guard of its own time is a whole older world, which nobody can tell.
    const both = await restored.reopen({ meanwhile: () => backup.guard() })
    expect(await submit(both, '12345-000002')).toMatchObject({ fresh: true })
  })

  test('another history of the same length is told from the one that was answered', async () => {
    let world = await newWorld()
    let start = { database: () => {}, guard: () => {} }
    world = await world.reopen({ meanwhile: () => (start = keep(world, 'start')) })
    await submit(world, '12345-000001')
    let first = start
    const fork = await world.reopen({
      meanwhile: () => {
        first = keep(world, 'first')
        start.database()
        start.guard()
      },
    })
    await submit(fork, '12345-000002')
    const mixed = await fork.reopen({ meanwhile: () => first.guard() })
    expect(await codeOf(submit(mixed, '12345-000003'))).toBe('log_rollback_detected')
    const whole = await mixed.reopen({ meanwhile: () => first.database() })
    expect(await submit(whole, '12345-000003')).toMatchObject({ fresh: true })
  })

  test('a database ahead of the guard is the normal end of a crash', async () => {
    let world = await newWorld()
    await world.issue()
    const older = readFileSync(guardOf(world), 'utf8')
    await submit(world, '12345-000001')
    world = await world.reopen({ meanwhile: () => writeFileSync(guardOf(world), older) })
    expect(await submit(world, '12345-000002')).toMatchObject({ fresh: true })
  })

  test('without a guard, or with one that says nothing, an old log is not written to', async () => {
    for (const spoil of [
      (path: string) => rmSync(path),
      (path: string) => writeFileSync(path, ''),
      (path: string) => writeFileSync(path, 'not a checkpoint\n'),
      (path: string) => {
        rmSync(path)
        mkdirSync(path)
      },
    ]) {
      const world = await newWorld()
      await world.issue()
      spoil(guardOf(world))
      expect(await codeOf(submit(world, '12345-000001'))).toBe('log_rollback_detected')
      expect((await world.lookup()).verdict).toBe('verified')
    }
  })

  test('a new database needs no guard', async () => {
    const world = await newWorld()
    expect(readFileSync(guardOf(world), 'utf8')).toMatch(/^hosho\.example\.lg\.jp\/akashi\n1\n/)
  })
})
