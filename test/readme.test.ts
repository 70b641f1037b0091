import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { freePort } from './support/server.ts'

const root = join(import.meta.dirname, '..')
const readme = readFileSync(join(root, 'README.md'), 'utf8')

/** What a clone holds, without what it makes itself. */
const CLONE = ['package.json', 'src', 'db', 'docs', 'public']

/** The shell lines of the README that follow a heading. */
function blockAfter(heading: string): string {
  const block = readme.slice(readme.indexOf(heading)).match(/```sh\n([\s\S]*?)```/)?.[1]
  if (!block) throw new Error(`the README has no commands under ${heading}`)
  return block
}

test('the README’s commands lead from an empty folder to a verified receipt, and to a desk with its people', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'akashi-readme-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  for (const name of CLONE) cpSync(join(root, name), join(folder, name), { recursive: true })
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
  const port = await freePort()
  const script = [
    'set -e',
    // The README's server runs beside the shell that started it; here it ends with it.
    "trap 'kill $!; wait $!' EXIT",
    blockAfter('## A first record of your own'),
    blockAfter('## The desk'),
  ].join('\n')
  const { PATH = '', HOME = '' } = process.env
  const run = spawnSync('bash', ['-c', script], {
    cwd: folder,
    env: { PATH, HOME, PORT: String(port), NPM_CONFIG_UPDATE_NOTIFIER: 'false' },
    encoding: 'utf8',
    timeout: 150_000,
  })
  expect(`${run.stdout}${run.stderr}`).toContain('receipt: valid')
  expect(run.stdout.match(/\/invitation#/g)).toHaveLength(3)
  expect(run.status).toBe(0)
}, 180_000)

test('every file that the README names is there', () => {
  const links = [...readme.matchAll(/\]\((?!https?:)([^)#]+)\)/g)].map(([, path]) => path as string)
  expect(links.length).toBeGreaterThan(8)
  expect(links.filter((path) => !existsSync(join(root, path)))).toEqual([])
})

test('the README keeps to 200 lines', () => {
  expect(readme.split('\n').length).toBeLessThanOrEqual(200)
})
