import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface RunningServer {
  /** `http://127.0.0.1:PORT`, without a slash at the end. */
  origin: string
  port: number
  pid: number
  dataDir: string
  /** All that the process has printed so far. */
  output(): string
  /** SIGTERM, then the exit code (128 + n when the signal n ended it); the data folder is removed. */
  stop(): Promise<number>
  /** SIGKILL: nothing more is written, nothing is closed. */
  kill(): Promise<void>
}

const sources = join(import.meta.dirname, '..', '..', 'src')
const COMMAND = [process.execPath, join(sources, 'launch.mjs'), join(sources, 'node.ts')]
const START_LIMIT_MS = 30_000

/**
 * Starts the product as a user does, as a process of its own, on a free port of loopback and an
 * empty data folder, and waits until it has printed its address.
 *
 * @param env settings; `HOST`, `PORT` and `DATA_DIR` need not be among them. Nothing of the caller's own
 *   environment but PATH and HOME reaches the server. `DATA_DIR` given here is kept by `stop`
 * @param within a program with its arguments that runs what is put behind them, in its own process
 * @throws Error with the output when the process ends or says nothing for 30 s
 */
export async function startServer(
  env: Record<string, string> = {},
  within: readonly string[] = [],
): Promise<RunningServer> {
  const port = Number(env.PORT ?? (await freePort()))
  const dataDir = env.DATA_DIR ?? (await mkdtemp(join(tmpdir(), 'akashi-')))
  const child = spawnServer({ ...env, PORT: String(port), DATA_DIR: dataDir }, within)
  const printed: string[] = []
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => printed.push(text))
  const output = (): string => printed.join('')
  const stop = async (): Promise<number> => {
    const code = await end(child)
    if (env.DATA_DIR === undefined) await rm(dataDir, { recursive: true, force: true })
    return code
  }
  try {
    await untilPrinted(child, output, `http://127.0.0.1:${port}`)
  } catch (error) {
    await stop()
    throw error
  }
  const pid = child.pid as number
  const kill = async (): Promise<void> => {
    child.kill('SIGKILL')
    if (!hasEnded(child)) await once(child, 'exit')
  }
  return { origin: `http://127.0.0.1:${port}`, port, pid, dataDir, output, stop, kill }
}

/** Starts the product and ends it by SIGKILL after some milliseconds, wherever it is then. */
export async function killStarting(env: Record<string, string>, after: number): Promise<void> {
  const child = spawnServer({ ...env, PORT: String(await freePort()) }, [])
  const ended = once(child, 'exit')
  setTimeout(() => child.kill('SIGKILL'), after)
  await ended
}

function spawnServer(env: Record<string, string>, within: readonly string[]) {
  const { PATH = '', HOME = '' } = process.env
  const [command = '', ...args] = [...within, ...COMMAND]
  return spawn(command, args, {
    env: { PATH, HOME, HOST: '127.0.0.1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

async function untilPrinted(child: ChildProcess, output: () => string, text: string) {
  const deadline = Date.now() + START_LIMIT_MS
  while (!output().includes(text)) {
    if (hasEnded(child)) {
      const how = child.signalCode ?? child.exitCode
      throw new Error(`the server ended while starting (${how}):\n${output()}`)
    }
    if (Date.now() > deadline) throw new Error(`the server did not print ${text}:\n${output()}`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

async function end(child: ChildProcess): Promise<number> {
  if (!hasEnded(child)) {
    child.kill('SIGTERM')
    await once(child, 'exit')
  }
  return child.exitCode ?? 128 + 15
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null
}

export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  await once(probe, 'close')
  if (address === null || typeof address === 'string') throw new Error('no free port on loopback')
  return address.port
}
