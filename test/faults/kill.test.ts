import { expect, test } from 'vitest'
import { newKey } from '../platform/world.ts'
import { killStarting, startServer } from '../support/server.ts'
import { Client } from './client.ts'
import { type Folder, newFolder } from './folder.ts'
import { type Dice, diceOf, LONG, PATIENCE, SEED, tell } from './plan.ts'
import { add, type Reckoning, rowOf } from './reckon.ts'

const KILLS = LONG ? 1000 : 30
/** Kills of one database: fsck and every receipt are gone through after each. */
const PER_LIFE = LONG ? 20 : 15
const CLIENTS = LONG ? 6 : 4
/** Milliseconds within which a server that begins, or has begun, is killed. */
const STARTING = 350
const WORKING = LONG ? 250 : 150

/** Starts, which may take some kills, then everybody works until the next one. */
async function killOnce(folder: Folder, clients: Client[], dice: Dice): Promise<Reckoning> {
  if (dice.below(6) === 0) await killStarting(folder.env, dice.below(STARTING))
  const server = await startServer(folder.env)
  const found = await folder.reckon(clients.flatMap(({ acknowledged }) => acknowledged))
  await Promise.all(clients.map((client) => client.settle([server.origin])))
  await Promise.all(clients.map((client) => client.inspect()))
  const work = clients.map((client) => client.work([server.origin], () => false))
  await new Promise((resolve) => setTimeout(resolve, dice.below(WORKING)))
  await server.kill()
  await Promise.all(work)
  return found
}

async function live(seed: number, kills: number) {
  const dice = diceOf(seed)
  const folder = newFolder()
  const signer = await newKey()
  for (let i = dice.below(3); i > 0; i--) await killStarting(folder.env, dice.below(STARTING))
  await folder.register(signer)
  const names = Array.from({ length: CLIENTS }, (_, i) => `${10_000 + i}`)
  const clients = names.map((name) => new Client(name, signer, dice))
  const found: Reckoning[] = []
  for (let i = 0; i < kills; i++) found.push(await killOnce(folder, clients, dice))
  const server = await startServer(folder.env)
  for (const client of clients) {
    await client.settle([server.origin])
    await client.tryOldKey()
  }
  const acknowledged = clients.flatMap((client) => client.acknowledged)
  found.push(await folder.reckon(acknowledged))
  expect(await server.stop()).toBe(0)
  const surprises = clients.flatMap((client) => client.surprises)
  return { found, surprises, acknowledged: acknowledged.length }
}

test('a server killed by SIGKILL at any moment loses nothing, doubles nothing, and goes on', {
  timeout: PATIENCE,
}, async (context) => {
  const row = rowOf('the server ended by kill -9', '')
  for (let seed = SEED; row.times < KILLS; seed++) {
    const { found, surprises, acknowledged } = await live(seed, PER_LIFE)
    row.times += PER_LIFE
    row.answers += acknowledged
    row.wrong += surprises.length
    for (const one of found) add(row, one)
    tell(context, { ...row, seeds: `${SEED} to ${seed}` })
    if (LONG) console.log(`seed ${seed}: ${row.times} kills, ${row.answers} records acknowledged`)
    expect({ seed, found: found.filter(isHarm), surprises }).toEqual({
      seed,
      found: [],
      surprises: [],
    })
  }
})

function isHarm(found: Reckoning): boolean {
  return Object.values(found).some((list) => list.length > 0)
}
