import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

/** A disk of its own for some processes, that can be filled to the last byte. */
export interface SmallDisk {
  /** A folder on it, as the processes put behind `within` see it. */
  folder: string
  /** The same folder for everybody else; no SQLite here, which follows links by itself. */
  outside: string
  /** Arguments that run what is put behind them where the disk is. */
  within: readonly string[]
  fill(): void
  makeRoom(): void
}

const SIZE = '8m'

/**
 * A file system in memory, mounted in a namespace of its own: for root, or for anybody where the
 * kernel lets users have one. Undefined where it lets nobody.
 */
export async function smallDisk(): Promise<SmallDisk | undefined> {
  const folder = mkdtempSync(join(tmpdir(), 'akashi-disk-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  for (const user of [[], ['--user', '--map-root-user']]) {
    const holder = spawn('unshare', [...user, '--mount', 'sh', '-c', HOLD, 'sh', folder], {
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    if (!(await isReady(holder))) continue
    onTestFinished(() => void holder.kill())
    const { pid } = holder
    const outside = `/proc/${pid}/root${folder}`
    const filler = join(outside, 'filler')
    const enter = user.length > 0 ? ['--user', '--preserve-credentials'] : []
    return {
      folder,
      outside,
      within: ['nsenter', '--target', `${pid}`, ...enter, '--mount', '--'],
      fill: () => fill(filler),
      makeRoom: () => rmSync(filler),
    }
  }
  return undefined
}

/** Mounts, says so, and keeps the namespace for as long as it lives. */
const HOLD = `mount -t tmpfs -o size=${SIZE},mode=700 tmpfs "$1" && echo ready && exec sleep 100000`

async function isReady(holder: ChildProcess): Promise<boolean> {
  const ended = once(holder, 'exit').catch(() => {})
  const said = once(holder.stdout as NonNullable<ChildProcess['stdout']>, 'data')
  const [first] = (await Promise.race([said, ended.then(() => [''])])) as [Buffer | string]
  return String(first).startsWith('ready')
}

function fill(path: string): void {
  const file = openSync(path, 'a')
  try {
    for (const size of [2 ** 20, 4096, 1]) {
      try {
        for (;;) writeSync(file, Buffer.alloc(size, 'x'))
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error
      }
    }
  } finally {
    closeSync(file)
  }
}

/** Lets a process write no file any more, or all again: a full disk where none can be had. */
export function forbidWriting(pid: number, forbidden: boolean): void {
  const limit = forbidden ? '0:unlimited' : 'unlimited'
  const { status, stderr } = spawnSync('prlimit', ['--pid', `${pid}`, `--fsize=${limit}`])
  if (status !== 0) throw new Error(`prlimit failed: ${stderr}`)
}
