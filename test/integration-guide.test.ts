import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { startServer } from './support/server.ts'
import { toolPath } from './support/tools.ts'

const root = join(import.meta.dirname, '..')
const guide = readFileSync(join(root, 'docs/integration.md'), 'utf8')

/** Reads what the shell has printed since the last time; its last line has to be the one given. */
const PREAMBLE = `set -eu
akashi() { "$NODE" "$BIN" "$@"; }
mark=0
expect() {
  said=$(tail -c "+$((mark + 1))" printed | tail -n 1 | sed 's/ *$//')
  mark=$(wc -c < printed)
  [ "$said" = "$1" ] && return
  echo "printed: $said"; echo "expected: $1"; exit 1
}
`

/** All shell blocks of the guide, in order: those of the company and those of the operator. */
function commandsOf(text: string): string {
  const blocks = [...text.matchAll(/^```sh(?: operator)?\n([\s\S]*?)^```$/gm)]
  return blocks.map(([, lines]) => lines).join('\n')
}

/** Runs commands as a company's programmer would, with what `# →` promises held against each. */
function run(commands: string, cwd: string, env: Record<string, string> = {}) {
  const script = commands
    .replaceAll('npm exec -- akashi', 'akashi')
    .replace(/ +# → ?(.*)$/gm, (_, text: string) => `\nexpect '${text}'`)
  const { PATH = '', HOME = '' } = process.env
  const node = { NODE: process.execPath, BIN: join(root, 'src/akashi.mjs') }
  return spawnSync('sh', ['-c', `exec > printed 2>&1\n${PREAMBLE}${script}`], {
    cwd,
    env: { PATH, HOME, LANG: 'C', ...node, ...env },
    encoding: 'utf8',
    timeout: 120_000,
  })
}

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'akashi-guide-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

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
  const { status } = run(commands + TWINS, folder, { DATA_DIR: server.dataDir })
  expect([readFileSync(join(folder, 'printed'), 'utf8'), status]).toEqual([expect.any(String), 0])
}, 180_000)

test('a command that does something else fails', () => {
  const folder = newFolder()
  expect(run('echo 200   # → 200', folder).status).toBe(0)
  expect(run('echo 200   # → 201', folder).status).toBe(1)
  expect(run('echo one; true   # → \n', folder).status).toBe(1)
  expect(run('false\necho 200   # → 200', folder).status).toBe(1)
})

test('no command and no promise of the guide is passed over', () => {
  const commands = commandsOf(guide)
  expect(commands.match(/# → /g)?.length).toBe(guide.match(/# → /g)?.length)
  expect(guide.match(/^```sh/gm)?.length).toBe(guide.match(/^```[a-z]/gm)?.length)
})
