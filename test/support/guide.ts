import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished } from 'vitest'

const root = join(import.meta.dirname, '..', '..')

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

/** The text of a page under docs/. */
export function readGuide(name: string): string {
  return readFileSync(join(root, 'docs', name), 'utf8')
}

/** All shell blocks of a guide, in order: those of its reader and those of the operator. */
export function commandsOf(guide: string): string {
  const blocks = [...guide.matchAll(/^```sh(?: operator)?\n([\s\S]*?)^```$/gm)]
  return blocks.map(([, lines]) => lines).join('\n')
}

/** Runs commands as the guide's reader would, with what `# →` promises held against each. */
export function runCommands(commands: string, cwd: string, env: Record<string, string> = {}) {
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

/** What the shell printed in a folder: the first thing to see when a guide fails. */
export function printedIn(folder: string): string {
  return readFileSync(join(folder, 'printed'), 'utf8')
}

export function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'akashi-guide-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** That no command and no promise of a guide is passed over by the two above. */
export function expectNothingPassedOver(guide: string): void {
  const commands = commandsOf(guide)
  expect(commands.match(/# → /g)?.length).toBe(guide.match(/# → /g)?.length)
  expect(guide.match(/^```sh/gm)?.length).toBe(guide.match(/^```[a-z]/gm)?.length)
}
