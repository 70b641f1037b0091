import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createHealth } from '../../src/platform/log/health.ts'
import { behind } from './behind.ts'
import { newKey, newWorld, type World } from './world.ts'

const of = ({ ports, opened }: World, free = 0.5) =>
  createHealth(ports, opened.settings, async () => free)

test('a platform that can do its work says so, with the length of its log', async () => {
  const world = await newWorld()
  await world.issue()
  expect(await of(world)()).toEqual({
    status: 'ok',
    checks: { database: 'ok', log: 'ok', guard: 'ok', disk: 'ok' },
    log: { origin: 'hosho.example.lg.jp/akashi', size: 2 },
  })
  expect(world.reports).toEqual([])
})

test('a disk with less than a twentieth free is not enough', async () => {
  const world = await newWorld()
  expect(await of(world, 0.05)()).toMatchObject({ status: 'ok' })
  expect(await of(world, 0.0499)()).toMatchObject({
    status: 'failed',
    checks: { disk: 'failed', log: 'ok' },
  })
})

test('a lost guard, a damaged head and a database without tables are each told', async () => {
  const lost = await newWorld()
  rmSync(join(lost.dataDir, 'guard.note'))
  expect(await of(lost)()).toMatchObject({
    status: 'failed',
    checks: { guard: 'failed', log: 'ok' },
  })

  const damaged = await newWorld()
  await damaged.issue()
  behind(damaged).exec('UPDATE logNode SET hash = zeroblob(32)')
  expect(await of(damaged)()).toMatchObject({ checks: { log: 'failed', database: 'ok' } })

  const empty = await newWorld()
  behind(empty).exec('ALTER TABLE setting RENAME TO elsewhere')
  expect(await of(empty)()).toMatchObject({ checks: { database: 'failed', log: 'ok' } })
  expect(empty.reports.map(({ event }) => event)).toEqual(['not_ready'])
})

test('a guard that lags behind what was answered is tried again, and told while that fails', async () => {
  const world = await newWorld()
  const { guard } = world.ports
  let full = true
  const retry = async () => {
    if (full) throw new Error('ENOSPC')
  }
  const health = createHealth(
    { ...world.ports, guard: { ...guard, retry } },
    world.opened.settings,
    async () => 0.5,
  )
  expect(await health()).toMatchObject({
    status: 'failed',
    checks: { guard: 'failed', log: 'ok', disk: 'ok' },
  })
  expect(world.reports).toEqual([{ event: 'not_ready', facts: { error: 'Error: ENOSPC' } }])
  full = false
  expect((await health()).status).toBe('ok')
})

test('while the log grows it stays ready', async () => {
  const world = await newWorld()
  const health = of(world)
  const grows = Array.from({ length: 10 }, async () =>
    world.platform.issuers.keyAdd('east', (await newKey()).publicJwk),
  )
  const seen = await Promise.all([...grows.map((one) => one.then(health)), health(), health()])
  expect(seen.map(({ status }) => status)).toEqual(seen.map(() => 'ok'))
})
