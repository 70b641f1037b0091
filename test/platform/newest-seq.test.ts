import { expect, test } from 'vitest'
import { behind } from './behind.ts'
import { codeOf } from './fault-of.ts'
import { fsckOf } from './lost.ts'
import { AUTH_KEY, NUMBER, newWorld, payload } from './world.ts'

/** Two guarantees, of three versions and of one, in a database as it was before the count. */
async function earlier() {
  const world = await newWorld()
  await world.issue({}, {})
  const single = await world.sign(payload({ sub: '12345-000003' }))
  await world.platform.intake({ record: single, authKey: AUTH_KEY })
  const db = behind(world)
  db.exec(`ALTER TABLE guarantee DROP COLUMN newestSeq;
    DELETE FROM d1_migrations WHERE name = '0010_newest_seq.sql'`)
  return { world, db }
}

test('the migration counts the versions that an earlier database has', async () => {
  const { world, db } = await earlier()
  const started = await world.reopen()
  const counts = db.prepare('SELECT numberKey, newestSeq FROM guarantee ORDER BY 1').raw().all()
  expect(counts).toEqual([
    ['12345000003', 1],
    ['12345678901', 3],
  ])
  expect((await started.lookup()).verdict).toBe('verified')
  expect(await fsckOf(started)).toEqual([])
})

test('an issuer goes on after the migration, and the count with it', async () => {
  const { world, db } = await earlier()
  const { platform, sign, lookup } = await world.reopen()
  const { sha256: prev } = await platform.ownHead('east', NUMBER)
  const next = (seq: number) => sign(payload({ seq, prev, event: 'amend' }))
  expect(await codeOf(platform.intake({ record: await next(5) }))).toBe('seq_conflict')
  await platform.intake({ record: await next(4) })
  const count = 'SELECT newestSeq FROM guarantee WHERE numberKey = ?'
  expect(db.prepare(count).pluck().get('12345678901')).toBe(4)
  expect(await lookup()).toMatchObject({ verdict: 'verified', status: { seq: 4 } })
})
