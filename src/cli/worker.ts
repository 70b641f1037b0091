import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Command } from 'commander'
import { type Answer, answering, CouldNotCheck, leaf, type Shell } from './command.ts'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const HOST = '127.0.0.1'
const PORT = '8787'

/** Keeps wrangler to this machine, and from asking: no statistics, no update check. */
const OFFLINE = {
  CI: '1',
  CLOUDFLARE_CF_FETCH_ENABLED: 'false',
  WRANGLER_HIDE_BANNER: 'true',
  WRANGLER_SEND_ERROR_REPORTS: 'false',
  WRANGLER_SEND_METRICS: 'false',
}

/** `akashi worker`: what is deployed to Cloudflare, run here, with databases under `.wrangler`. */
export function workerCommand(program: Command, shell: Shell): void {
  leaf(program, 'worker', 'worker', ['worker'], shell).action(answering(worker))
}

async function worker(): Promise<Answer> {
  const origin = `http://${HOST}:${PORT}`
  const env = {
    ...process.env,
    ...OFFLINE,
    DATABASE_URL: `d1:${join(ROOT, 'wrangler.toml')}`,
    DATA_DIR: join(ROOT, '.wrangler', 'data'),
    PUBLIC_ORIGIN: process.env.PUBLIC_ORIGIN ?? origin,
  }
  // wrangler tells of each statement: that is shown only when one has failed.
  const run = (args: readonly string[], told: 'inherit' | 'pipe' = 'inherit') => {
    const { status, stdout, stderr } = spawnSync(process.execPath, args, {
      cwd: ROOT,
      env,
      stdio: ['inherit', told, told],
      encoding: 'utf8',
    })
    if (status === 0) return
    const said = `${stdout ?? ''}${stderr ?? ''}`
    throw new CouldNotCheck(`${args.slice(1).join(' ')} ended with ${status}. ${said}`.trim())
  }
  const wrangler = wranglerBin()
  for (const database of ['DB', 'GUARD']) {
    run([wrangler, 'd1', 'migrations', 'apply', database, '--local'], 'pipe')
  }
  if (!existsSync(join(ROOT, '.dev.vars'))) {
    run([join(ROOT, 'src', 'akashi.mjs'), 'secrets', '--to', '.dev.vars'])
  }
  const vars = ['--var', `PUBLIC_ORIGIN:${env.PUBLIC_ORIGIN}`]
  const dev = spawn(process.execPath, [wrangler, 'dev', '--ip', HOST, '--port', PORT, ...vars], {
    cwd: ROOT,
    env,
    stdio: 'inherit',
  })
  // Ctrl-C reaches wrangler by itself; its end is ours.
  process.on('SIGINT', () => {})
  process.on('SIGTERM', () => void dev.kill('SIGTERM'))
  await once(dev, 'exit')
  return { json: {}, lines: [] }
}

function wranglerBin(): string {
  try {
    const { resolve } = createRequire(import.meta.url)
    return join(dirname(resolve('wrangler/package.json')), 'bin', 'wrangler.js')
  } catch {
    throw new CouldNotCheck('wrangler is not installed. Run npm ci without --omit=dev.')
  }
}
