import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { freePort } from './server.ts'
import { WRANGLER_ENV } from './wrangler-env.ts'

const ROOT = join(import.meta.dirname, '..', '..')
const WRANGLER = join(ROOT, 'node_modules', 'wrangler', 'bin', 'wrangler.js')
const START_LIMIT_MS = 120_000

/** A folder in which somebody runs wrangler, with databases of its own. */
export function newWranglerFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'akashi-worker-'))
  // The very configuration of the root; only its paths lead there.
  const toml = readFileSync(join(ROOT, 'wrangler.toml'), 'utf8')
  const config = join(folder, 'wrangler.toml')
  writeFileSync(
    config,
    toml.replace(
      /^(main|directory|migrations_dir) = "(.+)"$/gm,
      (_, name, path) => `${name} = "${join(ROOT, path)}"`,
    ),
  )
  const { PATH = '', HOME = '' } = process.env
  // Its log files, and what it remembers, stay in the folder as well.
  const env = { PATH, HOME, XDG_CONFIG_HOME: join(folder, 'config'), ...WRANGLER_ENV }
  mkdirSync(env.XDG_CONFIG_HOME)
  return {
    folder,
    config,
    env,

    /** Runs wrangler to its end. @returns stdout @throws Error with its output */
    run: async (...args: string[]) =>
      (await promisify(execFile)(process.execPath, [WRANGLER, ...args], { cwd: folder, env }))
        .stdout,

    /** `wrangler dev` on a free port of loopback. */
    async dev(...args: string[]) {
      const port = await freePort()
      const origin = `http://127.0.0.1:${port}`
      const child = spawn(
        process.execPath,
        [WRANGLER, 'dev', '--ip', '127.0.0.1', '--port', String(port), ...args],
        { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] },
      )
      let output = ''
      for (const stream of [child.stdout, child.stderr])
        stream.on('data', (text) => (output += text))
      await ready(child, () => output)
      return {
        origin,
        output: () => output,
        async stop() {
          const ended = once(child, 'exit')
          child.kill('SIGTERM')
          await ended
        },
      }
    },
  }
}

async function ready(child: ChildProcess, output: () => string): Promise<void> {
  const end = performance.now() + START_LIMIT_MS
  while (!output().includes('Ready on')) {
    if (child.exitCode !== null || performance.now() > end) {
      child.kill('SIGKILL')
      throw new Error(`wrangler dev did not start:\n${output()}`)
    }
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
