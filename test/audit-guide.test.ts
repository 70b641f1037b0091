import { expect, onTestFinished, test } from 'vitest'
import {
  commandsOf,
  expectNothingPassedOver,
  newFolder,
  printedIn,
  readGuide,
  runCommands,
} from './support/guide.ts'
import { startServer } from './support/server.ts'

const guide = readGuide('audit.md')

test('every command of the guide for auditors does what it says, on the sample data', async () => {
  const server = await startServer()
  onTestFinished(async () => void (await server.stop()))
  const commands = commandsOf(guide).replaceAll(':8787', `:${server.port}`)
  const folder = newFolder()
  const { status } = runCommands(commands, folder, { DATA_DIR: server.dataDir })
  expect([printedIn(folder), status]).toEqual([expect.any(String), 0])
}, 180_000)

test('no command and no promise of the guide is passed over', () => {
  expectNothingPassedOver(guide)
})
