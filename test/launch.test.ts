import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'

const SOURCES = join(import.meta.dirname, '..', 'src')
const THIS_NODE = realpathSync(process.execPath)

/** Makes the launcher, and nothing else, believe that it runs on another Node. */
const pretend = (version: string): string =>
  `--import=data:text/javascript,${encodeURIComponent(
    `if (process.argv[1]?.endsWith('launch.mjs'))
       Object.defineProperty(process.versions, 'node', { value: '${version}' })`,
  )}`

// As the real entries do; the launcher must not be part of what they wait for.
const ENTRY = `import './refuse-old-node.ts'
const seen: { argv: string[]; node: string; path: string; pid: number } = {
  argv: process.argv.slice(2), node: process.execPath, path: process.env.PATH ?? '', pid: process.pid,
}
const [how, code] = seen.argv
if (how === 'exit') {
  console.log(JSON.stringify(seen))
  process.exit(Number(code))
}
if (how === 'serve') {
  let signals = 0
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const)
    process.on(signal, () => {
      signals++
      setTimeout(() => { console.log(signal, signals); process.exit(0) }, 200)
    })
}
console.log(JSON.stringify(seen))
setInterval(() => {}, 1000)
`

let clone: string
let bin: string

beforeEach(() => {
  clone = mkdtempSync(join(tmpdir(), 'akashi-launch-'))
  bin = join(clone, 'bin')
  mkdirSync(join(clone, 'src'))
  mkdirSync(bin)
  for (const name of ['launch.mjs', 'node-version.mjs', 'refuse-old-node.ts'])
    copyFileSync(join(SOURCES, name), join(clone, 'src', name))
  writeFileSync(join(clone, 'src', 'entry.mts'), ENTRY)
  writeFileSync(
    join(clone, 'package.json'),
    '{"type":"module","scripts":{"start":"exec node src/launch.mjs src/entry.mts serve"}}',
  )
})

/** What a test has started; nothing of it may outlive the test, even one that failed. */
const started: number[] = []

afterEach(() => {
  for (const pid of started.splice(0)) if (isAlive(pid)) process.kill(pid, 'SIGKILL')
  rmSync(clone, { recursive: true, force: true })
})

function script(name: string, body: string): string {
  const path = join(bin, name)
  writeFileSync(path, `#!/bin/sh\n${body}\n`)
  chmodSync(path, 0o755)
  return path
}

/** The launcher on the Node of that version, with only what the test put in `bin` on PATH. */
function launch(version: string, args: string[]) {
  const { status, stdout, stderr } = spawnSync(
    THIS_NODE,
    [pretend(version), 'src/launch.mjs', 'src/entry.mts', ...args],
    { cwd: clone, env: { PATH: bin }, encoding: 'utf8' },
  )
  return { status, stderr, seen: stdout ? JSON.parse(stdout) : undefined }
}

describe('which Node runs the entry', () => {
  test.each(['22.18.0', '24.0.0', '26.10.0'])('%s itself, in the same process', (version) => {
    const { status, seen } = launch(version, ['exit', '0'])
    expect(status).toBe(0)
    expect(realpathSync(seen.node)).toBe(THIS_NODE)
  })

  test.each(['14.21.3', '20.20.2', '22.17.1'])('%s looks for a newer one on PATH', (version) => {
    script('node', 'echo 18.0.0')
    mkdirSync(join(clone, 'newer'))
    symlinkSync(THIS_NODE, join(clone, 'newer', 'node'))
    bin = [bin, join(clone, 'newer')].join(delimiter)
    const { seen, stderr } = launch(version, ['exit', '0'])
    expect(realpathSync(seen.node)).toBe(THIS_NODE)
    expect(stderr).toBe('')
    expect(seen.path.split(delimiter)[0]).toBe(join(clone, 'newer'))
  })

  test('without one on PATH it asks npm once and remembers the answer', () => {
    script('npm', `echo "$@" >> ${clone}/asked; echo ${THIS_NODE}`)
    expect(launch('20.20.2', ['exit', '0']).seen.node).toBe(THIS_NODE)
    expect(launch('20.20.2', ['exit', '0']).seen.node).toBe(THIS_NODE)
    expect(readFileSync(join(clone, 'asked'), 'utf8')).toBe(
      'exec --yes --ignore-scripts=false --package=node@24.21.0 -- node -p process.execPath\n',
    )
    expect(readFileSync(join(clone, '.node', 'path'), 'utf8')).toBe(`${THIS_NODE}\n`)
  })

  test('what is remembered is checked each time and fetched again when it is gone', () => {
    script('npm', `echo ${THIS_NODE}`)
    mkdirSync(join(clone, '.node'))
    writeFileSync(join(clone, '.node', 'path'), `${script('stale', 'echo 20.1.0')}\n`)
    expect(launch('20.20.2', ['exit', '0']).seen.node).toBe(THIS_NODE)
    writeFileSync(join(clone, '.node', 'path'), '/nowhere/node\n')
    expect(launch('20.20.2', ['exit', '0']).seen.node).toBe(THIS_NODE)
  })

  test.each([
    ['npm fails', 'echo offline >&2; exit 1'],
    ['npm answers with an old Node', 'echo ./bin/old'],
  ])('one sentence when none can be had: %s', (_case, body) => {
    script('old', 'echo 20.20.2')
    script('npm', body)
    const { status, seen, stderr } = launch('20.20.2', ['exit', '0'])
    expect(status).toBe(1)
    expect(seen).toBeUndefined()
    expect(stderr.trim().split('\n').at(-1)).toBe(
      'Akashi needs Node 22.18 or newer and this is 20.20.2: install a newer one (https://nodejs.org) and try again.',
    )
    expect(existsSync(join(clone, '.node', 'path'))).toBe(false)
  })

  test.each(['24.0.0', '20.20.2'])('under %s what it compiles is kept for the next', (version) => {
    symlinkSync(THIS_NODE, join(bin, 'node'))
    launch(version, ['exit', '0'])
    expect(readdirSync(join(clone, '.node', 'compiled'), { recursive: true })).not.toEqual([])
  })

  test('where nothing can be kept it runs all the same', () => {
    writeFileSync(join(clone, '.node'), 'a file where the folder would be')
    const { status, stderr } = launch('24.0.0', ['exit', '3'])
    expect([status, stderr]).toEqual([3, ''])
  })

  test('without an entry it says how it is used', () => {
    const { status, stderr } = spawnSync(THIS_NODE, [join(clone, 'src', 'launch.mjs')], {
      encoding: 'utf8',
    })
    expect(status).toBe(2)
    expect(stderr).toMatch(/^Usage: /)
  })
})

describe.each(['20.20.2', '24.21.0'])('on Node %s', (version) => {
  beforeEach(() => symlinkSync(THIS_NODE, join(bin, 'node')))

  test('arguments arrive as they are and the exit code comes back', () => {
    const { status, seen } = launch(version, ['exit', '7', '--a b', '', '$HOME'])
    expect(status).toBe(7)
    expect(seen.argv).toEqual(['exit', '7', '--a b', '', '$HOME'])
  })

  test.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)(
    '%s ends the entry in order',
    async (name) => {
      const { launcher, seen } = await serve(version, 'serve')
      launcher.kill(name)
      launcher.kill(name)
      expect(await exitOf(launcher)).toEqual([0, null])
      expect(isAlive(seen.pid)).toBe(false)
    },
  )

  test('SIGTERM to the entry itself ends the launcher too', async () => {
    const { launcher, seen } = await serve(version, 'serve')
    process.kill(seen.pid, 'SIGTERM')
    expect(await exitOf(launcher)).toEqual([0, null])
  })

  test('SIGTERM to npm ends npm, launcher and entry with exit code 0', async () => {
    const env = { ...process.env, NODE_OPTIONS: pretend(version), PATH: pathWithThisNode() }
    const { launcher: npm, seen } = await ready(
      spawn('npm', ['start', '--silent'], {
        cwd: clone,
        env,
        stdio: ['ignore', 'pipe', 'inherit'],
      }),
    )
    npm.kill('SIGTERM')
    expect(await exitOf(npm)).toEqual([0, null])
    expect(isAlive(seen.pid)).toBe(false)
  })
})

test('an entry that a signal kills gives 128 + n through the launcher', async () => {
  symlinkSync(THIS_NODE, join(bin, 'node'))
  const { launcher, seen } = await serve('20.20.2', 'hang')
  launcher.kill('SIGTERM')
  expect(await exitOf(launcher)).toEqual([143, null])
  expect(isAlive(seen.pid)).toBe(false)
})

test.each([
  ['22.17.1', 1, /^Akashi needs Node 22\.18 or newer and this is 22\.17\.1: .*\n$/],
  ['22.18.0', 0, /^$/],
])('an entry on Node %s ends with %i', (version, code, said) => {
  const lie = `Object.defineProperty(process.versions, 'node', { value: '${version}' })`
  const { status, stderr } = spawnSync(
    THIS_NODE,
    [`--import=data:text/javascript,${encodeURIComponent(lie)}`, 'src/refuse-old-node.ts'],
    { cwd: clone, encoding: 'utf8' },
  )
  expect(status).toBe(code)
  expect(stderr).toMatch(said)
})

function pathWithThisNode(): string {
  return [dirname(THIS_NODE), process.env.PATH].join(delimiter)
}

function serve(version: string, how: string) {
  const args = [pretend(version), 'src/launch.mjs', 'src/entry.mts', how]
  const options = { cwd: clone, env: { PATH: bin }, stdio: ['ignore', 'pipe', 'inherit'] } as const
  return ready(spawn(THIS_NODE, args, { ...options, stdio: [...options.stdio] }))
}

/** Waits for the entry's first line. */
async function ready(launcher: ChildProcess) {
  const [first] = await once(launcher.stdout as NodeJS.ReadableStream, 'data')
  const seen = JSON.parse(String(first))
  started.push(launcher.pid as number, seen.pid)
  return { launcher, seen }
}

async function exitOf(child: ChildProcess): Promise<unknown[]> {
  return child.exitCode === null ? once(child, 'exit') : [child.exitCode, child.signalCode]
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
