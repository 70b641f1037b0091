import { expect, onTestFinished, test } from 'vitest'
import { newKey } from '../platform/world.ts'
import { startServer } from '../support/server.ts'
import { Client } from './client.ts'
import { newFolder } from './folder.ts'
import { diceOf, LONG, PATIENCE, SEED, tell } from './plan.ts'
import { add, rowOf, UNHARMED } from './reckon.ts'

const MILLISECONDS = LONG ? 60_000 : 1500

test('two servers on one file under load fork nothing, lose nothing, double nothing, and both answer', {
  timeout: PATIENCE,
}, async (context) => {
  const folder = newFolder()
  const signer = await newKey()
  await folder.register(signer)
  const servers = await Promise.all([startServer(folder.env), startServer(folder.env)])
  onTestFinished(async () => void (await Promise.all(servers.map((server) => server.kill()))))
  const origins = servers.map(({ origin }) => origin)
  const dice = diceOf(SEED)
  const clients = Array.from({ length: 6 }, (_, i) => new Client(`${10_000 + i}`, signer, dice))
  const end = Date.now() + MILLISECONDS
  // Each goes from one server to the other with every request.
  await Promise.all(clients.map((client) => client.work(origins, () => Date.now() > end)))
  await Promise.all(clients.map((client) => client.inspect()))
  for (const { origin } of servers) expect((await fetch(`${origin}/readyz`)).status).toBe(200)

  const acknowledged = clients.flatMap((client) => client.acknowledged)
  const surprises = clients.flatMap((client) => client.surprises)
  const found = await folder.reckon(acknowledged)
  const answers = clients.reduce((sum, client) => sum + client.answers, 0)
  const row = { ...rowOf('two servers write to one file', `${SEED}`), times: answers, answers }
  add(row, found)
  tell(context, row)
  expect({ found, surprises }).toEqual({ found: UNHARMED, surprises: [] })
  expect(acknowledged.length).toBeGreaterThan(10)
  expect(await Promise.all(servers.map((server) => server.stop()))).toEqual([0, 0])
})
