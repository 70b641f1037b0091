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
import { toolPath } from './support/tools.ts'

const guide = readGuide('integration.md')

/** What the guide's own check of a receipt must refuse. */
const TWINS = `
cp "$NUMBER-2.receipt.json" twin.receipt.json
cp "$NUMBER-1.jws" twin.jws
check_receipt twin || :   # → another record
cp "$NUMBER-2.jws" twin.jws
check_receipt twin > /dev/null
sed 's/index [0-9]*/index 1/' "$NUMBER-2.receipt.json" > twin.receipt.json
check_receipt twin || :   # → not in the tree
cp "$NUMBER-2.receipt.json" twin.receipt.json
sed 's/"vkey":"\\([^+]*+[^+]*+\\)......../"vkey":"\\1AAAAAAAA/' trust.json > other.json
mv other.json trust.json
check_receipt twin || :   # → not signed by the log
`

test('every command of the integration guide does what the guide says it does', async () => {
  toolPath('openssl')
  const server = await startServer({ DEMO: '0' })
  onTestFinished(async () => void (await server.stop()))
  const commands = commandsOf(guide).replaceAll(':8787', `:${server.port}`)
  const folder = newFolder()
  const { status } = runCommands(commands + TWINS, folder, { DATA_DIR: server.dataDir })
  expect([printedIn(folder), status]).toEqual([expect.any(String), 0])
}, 180_000)

test('a command that does something else fails', () => {
  const folder = newFolder()
  expect(runCommands('echo 200   # → 200', folder).status).toBe(0)
  expect(runCommands('echo 200   # → 201', folder).status).toBe(1)
  expect(runCommands('echo one; true   # → \n', folder).status).toBe(1)
  expect(runCommands('false\necho 200   # → 200', folder).status).toBe(1)
})

test('no command and no promise of the guide is passed over', () => {
  expectNothingPassedOver(guide)
})
