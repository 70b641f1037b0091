import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { load } from './load.ts'
import type { BenchSettings } from './settings.ts'

const root = join(import.meta.dirname, '../..')
/** Clock ticks of /proc/PID/stat in a second, on every Linux that Node runs on. */
const TICKS = 100
const READY_WITHIN = 60_000

/** A server in a process of its own, so that its CPU time and memory are its own too. */
export interface Measured {
  port: number
  /** Seconds of CPU that the process has used, in user mode and in the kernel, all threads. */
  cpu(): number
  /** Bytes resident now. */
  memory(): number
  stop(): Promise<void>
}

/**
 * Starts a TypeScript entry of the repository and waits until it takes connections.
 * @param entry path from the root of the repository
 */
async function startServer(
  entry: string,
  port: number,
  { args = [], env = {} }: { args?: string[]; env?: Record<string, string> } = {},
): Promise<Measured> {
  const child = spawn(
    process.execPath,
    [join(root, 'src/launch.mjs'), join(root, entry), ...args],
    {
      cwd: root,
      env: { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', ...env },
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  )
  await taking(port, child)
  const pid = child.pid as number
  return {
    port,
    cpu: () => cpuOf(pid),
    memory: () => memoryOf(pid),
    async stop() {
      if (child.exitCode !== null) return
      child.kill('SIGTERM')
      await once(child, 'exit')
    },
  }
}

/** The product's own server on a data folder. */
export function startAkashi(dataDir: string, port: number): Promise<Measured> {
  return startServer('src/node.ts', port, {
    env: { DATA_DIR: dataDir, PORT: String(port), DEMO: '0' },
  })
}

/** The floor over answers that the product gave, by name; `dataDir` where look-ups are asked of it. */
export async function startFloor(
  { port, folder }: BenchSettings,
  answers: Record<string, unknown>,
  dataDir?: string,
): Promise<Measured> {
  const at = port()
  const file = join(folder, `answers-${at}.json`)
  writeFileSync(file, JSON.stringify(answers))
  const database = dataDir === undefined ? [] : [join(dataDir, 'akashi.db')]
  return startServer('test/bench/floor.ts', at, { args: [String(at), file, ...database] })
}

/**
 * Answers per second of the server's CPU under a load.
 * @param next as {@link load}
 */
export async function perCpuSecond(
  server: Measured,
  next: () => Buffer | undefined,
  connections: number,
): Promise<number> {
  const before = server.cpu()
  const { answers, refused } = await load(server.port, connections, next)
  if (refused > 0) throw new Error(`${refused} of ${answers} answers were refusals`)
  return answers / (server.cpu() - before)
}

async function taking(port: number, child: ChildProcess): Promise<void> {
  const end = performance.now() + READY_WITHIN
  while (performance.now() < end && child.exitCode === null) {
    if (await connects(port)) return
    await setTimeout(5)
  }
  throw new Error(`nothing takes connections on ${port}`)
}

function connects(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => resolve(socket.end() !== undefined))
    socket.once('error', () => resolve(false))
  })
}

function cpuOf(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  // The name of the process, which may hold spaces, ends at the last parenthesis (proc(5)).
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11]) + Number(fields[12])) / TICKS
}

function memoryOf(pid: number): number {
  const kilobytes = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
  return Number(kilobytes) * 1024
}
