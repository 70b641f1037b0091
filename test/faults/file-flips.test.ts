import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
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
    if (LONG && seen.hidden.length > 0) console.log(`byte ${at}`, seen.hidden, seen.fsck)
    if (LONG && seen.internal.length > 0) console.log(`byte ${at}`, seen.internal)
  }
  tell(context, row)
  expect(problems).toEqual([])
})
