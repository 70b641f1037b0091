import { copyFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { instant } from '../../src/base/time.ts'
import type { Receipt } from '../../src/log/bundle.ts'
import { createFsck } from '../../src/platform/fsck/fsck.ts'
import { createReopen } from '../../src/platform/keeping/reopen.ts'
import { copySqlite, endsWith } from '../../src/store/sqlite-file.ts'
import { checkReceipt } from '../../src/verifier/check.ts'
import { AUTH_KEY, newWorld, payload, type World } from './world.ts'

/** A first record with the receipt that was given for it. */
export interface Taken {
  record: string
  receipt: Receipt
}

/** Takes in a guarantee of this number. */
export async function take(world: World, sub: string, bearer?: string): Promise<Taken> {
  const record = await world.sign(payload({ sub, iat: Math.floor(world.clock.now() / 1000) }))
  const { receipt } = await world.platform.intake({ record, authKey: AUTH_KEY }, bearer)
  world.clock.pass(1000)
  return { record, receipt }
}

export function backUp({ dataDir }: World, name = 'backup.db'): string {
  const backup = join(dataDir, name)
  copySqlite(join(dataDir, 'akashi.db'), backup)
  return backup
}

/** The entries of the log, in hex. */
export async function entriesOf({ ports }: World): Promise<string[]> {
  const rows = await ports.store.db.selectFrom('logEntry').selectAll().orderBy('position').execute()
  return rows.map(({ entry }) => Buffer.from(entry).toString('hex'))
}

/** The same folder, started again with this database in the place of its own. */
export function putBack(world: World, backup: string): Promise<World> {
  return world.reopen({
    meanwhile() {
      const path = join(world.dataDir, 'akashi.db')
      for (const part of ['-wal', '-shm']) rmSync(path + part, { force: true })
      copyFileSync(backup, path)
    },
  })
}

export function reopenLog({ ports, opened }: World, backup: string) {
  return createReopen(ports, opened.settings)((head) => endsWith(backup, head))
}

/**
 * The log: 0 a key, 1 and 2 the sample, 3 another guarantee; then a backup; then 4, which is lost
 * with the database. The backup is in its place.
 */
export async function lossScene() {
  const before = await newWorld()
  await before.issue({})
  const kept = await take(before, '12345-000002')
  const seen = await before.lookup()
  const backup = backUp(before)
  const lost = await take(before, '12345-000003')
  const seenPast = await before.lookup()
  const newest = backUp(before, 'newest.db')
  const entries = await entriesOf(before)
  const world = await putBack(before, backup)
  return { world, kept, lost, backup, newest, entries, seen, seenPast }
}

/** The scene after its log was reopened and its server started again. */
export async function reopenedScene() {
  const scene = await lossScene()
  const reopening = await reopenLog(scene.world, scene.backup)
  return { ...scene, reopening, world: await scene.world.reopen() }
}

/** What the offline verifier says of a receipt under the platform's trust document of now. */
export async function judged(world: World, { receipt, record }: Taken): Promise<string[]> {
  const { verifyJws, verifyEd25519 } = world.ports
  const tools = { verifyJws, verifyEd25519, now: instant(world.clock.now()) }
  const trust = await world.platform.trust()
  const { outcome, findings } = await checkReceipt(receipt, record, trust, tools)
  const bad = findings.filter(({ severity }) => severity === 'invalid' || severity === 'untrusted')
  return [outcome, ...bad.map(({ code }) => code)]
}

/** What fsck tells, `table at` each. */
export async function fsckOf({ ports, opened }: World): Promise<string[]> {
  const found: string[] = []
  await createFsck(ports, opened.settings)(({ table, at }) => found.push(`${table} ${at ?? ''}`))
  return found
}
