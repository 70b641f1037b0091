import { copyFileSync, cpSync, mkdtempSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { createAcceptGuard } from '../../src/platform/fsck/accept-guard.ts'
import { createFsck } from '../../src/platform/fsck/fsck.ts'
import { codeOf } from '../platform/fault-of.ts'
import { AUTH_KEY, newWorld, payload, type World } from '../platform/world.ts'
import { LONG, PATIENCE, tell } from './plan.ts'
import { type Acknowledged, add, reckon, rowOf, UNHARMED } from './reckon.ts'

const TIMES = LONG ? 50 : 2
const FILES = ['akashi.db', 'akashi.db-wal', 'akashi.db-shm']

async function submit(world: World, count: number): Promise<Acknowledged[]> {
  const done: Acknowledged[] = []
  for (let i = 0; i < count; i++) {
    const { jti } = payload()
    const sub = `12345-${jti.slice(-6)}`
    const record = await world.sign(payload({ sub, jti }))
    const { receipt } = await world.platform.intake({ record, authKey: AUTH_KEY })
    done.push({ record, authKey: AUTH_KEY, receipt })
  }
  return done
}

/** A database copied while it was in use is put back over a newer one, and all that follows. */
async function putBack() {
  const world = await newWorld()
  const backup = mkdtempSync(join(dirname(world.dataDir), 'akashi-backup-'))
  onTestFinished(() => rmSync(backup, { recursive: true, force: true }))
  await world.issue()
  const kept = await submit(world, 5)
  cpSync(world.dataDir, backup, { recursive: true })
  const lost = await submit(world, 5)
  const old = await world.reopen({
    meanwhile() {
      for (const file of FILES) rmSync(join(world.dataDir, file), { force: true })
      for (const file of FILES.slice(0, 2)) {
        copyFileSync(join(backup, file), join(world.dataDir, file))
      }
    },
  })
  const here = { ports: old.ports, settings: old.opened.settings }
  expect(await codeOf(submit(old, 1))).toBe('log_rollback_detected')
  expect((await old.lookup()).verdict).toBe('verified')
  const told: string[] = []
  await createFsck(here.ports, here.settings)(({ table }) => told.push(table))
  expect(told).toEqual(['guard'])

  await createAcceptGuard(old.ports, old.opened.settings)()
  const again = await submit(old, 3)
  const found = await reckon(here, old.platform, [...kept, ...again])
  return { found, kept: kept.length + again.length, gone: await reckon(here, old.platform, lost) }
}

test('an old backup put back takes nothing new until it is accepted, and still answers', {
  timeout: PATIENCE,
}, async (context) => {
  const row = rowOf('an old backup put back over a newer database', '')
  for (; row.times < TIMES; row.times++) {
    const { found, kept, gone } = await putBack()
    row.answers += kept
    add(row, found)
    expect(found).toEqual(UNHARMED)
    // What was answered after the backup the operator has given up; its receipts say so for ever.
    expect(gone.lost).toHaveLength(5)
    expect(gone.broken.filter((text) => text.endsWith('forked'))).not.toEqual([])
  }
  tell(context, row)
})
