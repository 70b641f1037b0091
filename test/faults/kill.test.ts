import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { readConfig } from '../../src/config.ts'
import { openNode } from '../../src/open.ts'
import { systemClock } from '../../src/outside/clock.ts'
import { createPlatform } from '../../src/platform/platform.ts'
import { newKey, PLATFORM, type Signer } from '../platform/world.ts'
import { killStarting, startServer } from '../support/server.ts'
import { Client } from './client.ts'
import { type Dice, diceOf, LONG, PATIENCE, SEED, tell } from './plan.ts'
import { type Acknowledged, add, type Reckoning, reckon, rowOf } from './reckon.ts'

const KILLS = LONG ? 1000 : 30
/** Kills of one database: fsck and every receipt are gone through after each. */
const PER_LIFE = LONG ? 20 : 15
const CLIENTS = 6
/** Milliseconds within which a server that begins, or has begun, is killed. */
const STARTING = 350
const WORKING = 250

/** The folder of one database, as a server and a look behind it open it. */
function newFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'akashi-kill-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const env = { DATA_DIR: join(folder, 'data'), PUBLIC_ORIGIN: PLATFORM }
  return {
    env: { ...env, NODE_COMPILE_CACHE: join(tmpdir(), 'akashi-compiled') },

    /** What an operator registers before the first record. */
    async register(signer: Signer): Promise<void> {
      const opened = await openNode(readConfig(env), systemClock, false)
      const { issuers, owners } = createPlatform(opened.ports, opened.settings, PLATFORM)
      const east = { id: 'east', iss: 'https://east.example.jp', name: 'あかし東' }
      await issuers.add(east, signer.publicJwk)
      await owners.add({
        name: '富士市長',
        aliases: [],
        start: { date: '2025-11-14', basis: 'contract_date' },
        kinds: ['advance_payment'],
        issuerClasses: ['surety_company'],
        departments: [],
      })
      await opened.close()
    },

    /** Beside the running server, which has just started. */
    async reckon(acknowledged: readonly Acknowledged[]): Promise<Reckoning> {
      const opened = await openNode(readConfig(env), systemClock, false)
      const platform = createPlatform(opened.ports, opened.settings, PLATFORM)
      try {
        return await reckon(opened, platform, acknowledged)
      } finally {
        await opened.close()
      }
    },
  }
}

type Folder = ReturnType<typeof newFolder>

/** Starts, which may take some kills, then everybody works until the next one. */
async function killOnce(folder: Folder, clients: Client[], dice: Dice): Promise<Reckoning> {
  if (dice.below(6) === 0) await killStarting(folder.env, dice.below(STARTING))
  const server = await startServer(folder.env)
  const found = await folder.reckon(clients.flatMap(({ acknowledged }) => acknowledged))
  await Promise.all(clients.map((client) => client.settle(server.origin)))
  await Promise.all(clients.map((client) => client.inspect()))
  const work = clients.map((client) => client.work(server.origin, () => false))
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
    await client.settle(server.origin)
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
