import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, onTestFinished, test } from 'vitest'
import { readConfig } from '../../src/config.ts'
import { PLATFORM } from '../platform/world.ts'
import { startAndLook } from './damaged.ts'
import { diceOf, LONG, PATIENCE, SEED, tell } from './plan.ts'
import { rowOf } from './reckon.ts'
import { newSound } from './sound.ts'

const FLIPS = LONG ? 5000 : 60

test('one bit changed anywhere in the file of the database is refused, or changes nothing shown', {
  timeout: PATIENCE,
}, async (context) => {
  const { world, sound } = await newSound()
  // Closed, so that the file is whole without its journal.
  await (await world.reopen()).opened.close()
  const folder = mkdtempSync(join(dirname(world.dataDir), 'akashi-flipped-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const bytes = readFileSync(join(world.dataDir, 'akashi.db'))
  // Pages are half empty; where nothing stands, nothing can be damaged.
  const places = [...bytes.keys()].filter((at) => bytes[at] !== 0)
  const config = readConfig({ DATA_DIR: folder, PUBLIC_ORIGIN: PLATFORM })
  const dice = diceOf(SEED)
  const row = rowOf('a bit changed in the file of the database', `${SEED}`)
  const problems: string[] = []
  let internal = 0
  for (; row.times < FLIPS; row.times++) {
    rmSync(folder, { recursive: true, force: true })
    cpSync(world.dataDir, folder, { recursive: true })
    const [at, bit] = [dice.pick(places), dice.below(8)]
    const flipped = Buffer.from(bytes)
    flipped[at] = (flipped[at] as number) ^ (1 << bit)
    writeFileSync(join(folder, 'akashi.db'), flipped)
    const seen = await startAndLook(config, world.clock, sound)
    row.answers += seen.answers
    row.wrong += seen.wrong.length
    problems.push(...seen.wrong.map((sentence) => `bit ${bit} of byte ${at}: ${sentence}`))
    internal += seen.internal.length > 0 ? 1 : 0
  }
  tell(context, row)
  if (LONG) console.log({ internal })
  expect(problems).toEqual([])
})

test('a version that its index misses is missed by the look-up, and fsck names the index', async () => {
  const { world, sound } = await newSound()
  await (await world.reopen()).opened.close()
  const file = join(world.dataDir, 'akashi.db')
  const bytes = readFileSync(file)
  const at = bytes.indexOf('east12345678901', startOfIndex(file, ['issuer', 'numberKey', 'seq']))
  // Cells are added from the end of a page: the first one is the newest.
  bytes[at + 'east'.length] = 'x'.charCodeAt(0)
  writeFileSync(file, bytes)
  const config = readConfig({ DATA_DIR: world.dataDir, PUBLIC_ORIGIN: PLATFORM })
  const { wrong, internal, fsck } = await startAndLook(config, world.clock, sound)
  expect({ wrong, internal }).toEqual({ wrong: [], internal: [] })
  expect(fsck).toBeGreaterThan(0)
})

/** The place in the file of the first page of an index of `version` over these columns. */
function startOfIndex(file: string, columns: string[]): number {
  const db = new Database(file, { readonly: true })
  const names = (db.pragma('index_list(version)') as { name: string }[]).map(({ name }) => name)
  const index = names.find((name) => {
    const own = db.pragma(`index_info(${name})`) as { name: string }[]
    return own.map((column) => column.name).join() === columns.join()
  })
  const page = db.prepare('SELECT rootpage FROM sqlite_master WHERE name = ?').pluck().get(index)
  const size = db.pragma('page_size', { simple: true }) as number
  db.close()
  return ((page as number) - 1) * size
}
